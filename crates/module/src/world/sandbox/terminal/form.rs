//! What a form for an operation needs to know, out of the tables of the command line.

use waxseal_api::{
    Service,
    sandbox::{Field, Form, Kind, Offer, Request},
};
use waxseal_cli::{
    Config, OUTFILE, Shell, Step,
    model::{self, Member, OperationModel, ServiceModel, Shape},
    sketch,
};

/// What there are forms for.
pub(super) fn offers() -> Vec<Offer> {
    let names = |model: &ServiceModel| model.operations.iter().map(|it| it.name.to_owned()).collect();
    let offer = |model: &ServiceModel| Offer { service: model.service, operations: names(model) };
    model::services().iter().map(offer).collect()
}

/// The form of an operation; None if there is none.
pub(super) fn form(service: Service, operation: &str) -> Option<Form> {
    let model = model::of(service)?;
    let operation = model.named(operation)?;
    let fields = model.members(operation).iter().map(|member| field(model, operation, member));
    let outfile = model.has_outfile(operation).then(outfile);
    Some(Form {
        service,
        operation: operation.name.to_owned(),
        words: model::words(operation.name).unwrap_or_default().to_owned(),
        fields: fields.chain(outfile).collect(),
    })
}

/// Where the bytes of an answer go.
fn outfile() -> Field {
    let words = "The file of the terminal that the bytes are written into.".to_owned();
    Field { name: OUTFILE.to_owned(), kind: Kind::Text, required: true, words }
}

fn field(model: &ServiceModel, operation: &OperationModel, member: &Member) -> Field {
    let words = model::words(&format!("{}.{}", operation.name, member.name));
    Field {
        name: member.name.to_owned(),
        kind: kind(model, member),
        required: member.required,
        words: words.unwrap_or_default().to_owned(),
    }
}

fn kind(model: &ServiceModel, member: &Member) -> Kind {
    let choices = |shape: &Shape| match shape {
        Shape::Text(_, choices) => Some(choices.iter().map(ToString::to_string).collect::<Vec<_>>()),
        _ => None,
    };
    let shape = model.shape(member.shape);
    if let Some(choices) = choices(shape) {
        let long = ["Policy", "PolicyDocument", "Certificate"].iter().any(|end| member.name.ends_with(end));
        return match choices.is_empty() {
            true if long => Kind::LongText,
            true => Kind::Text,
            false => Kind::Choice(choices),
        };
    }
    match shape {
        Shape::Int(_) => Kind::Number,
        Shape::Bool => Kind::Switch,
        Shape::Blob(_) => Kind::Blob,
        Shape::List(item, _) => match choices(model.shape(item)) {
            Some(choices) if choices.is_empty() => Kind::Texts,
            Some(choices) => Kind::Choices(choices),
            None => Kind::Json(sketch(model, member.shape)),
        },
        Shape::Struct(_) | Shape::Map(..) => Kind::Json(sketch(model, member.shape)),
        Shape::File => Kind::File(String::new()),
        Shape::Raw => Kind::File("fileb://".to_owned()),
        Shape::Text(..) | Shape::Time => Kind::Text,
    }
}

const NO_CALL: &str = "This line makes no call of a service.";

/// The request that a line would make first, whoever would make it; or why it makes none.
pub(super) fn request(shell: &Shell, line: &str) -> Result<Request, String> {
    if ["$(", "`", "<("].iter().any(|sign| line.contains(sign)) {
        return Err("A form has one command, without others in it.".to_owned());
    }
    let mut shell = Shell { naming: true, ..shell.clone() };
    let mut config = Config::default();
    for profile in shell.config.profiles() {
        let region = shell.config.get(profile, "region").unwrap_or("us-east-1");
        config.set(profile, "region", region);
    }
    shell.config = config;
    match shell.enter(line).step() {
        Step::Call(call) => {
            let (service, operation, body) = (call.service, call.operation.to_owned(), call.body);
            Ok(Request { service, operation, body })
        }
        Step::Work(_) => Err(NO_CALL.to_owned()),
        Step::Done(outcome) if outcome.stderr.trim().is_empty() => Err(NO_CALL.to_owned()),
        Step::Done(outcome) => Err(outcome.stderr.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use waxseal_cli::command_of;

    use super::*;

    #[test]
    fn every_operation_has_a_form_with_words() {
        let mut forms = 0;
        for offer in offers() {
            for operation in offer.operations {
                let form = form(offer.service, &operation).unwrap();
                assert!(!form.words.is_empty(), "{operation}");
                forms += 1;
            }
        }
        assert!(forms >= 113, "{forms}");
        assert_eq!(form(Service::Kms, "Nothing"), None);
    }

    #[test]
    fn fields_are_of_the_kinds_that_the_contract_has() {
        let kind = |operation: &str, name: &str| {
            let form = form(Service::Kms, operation).unwrap();
            form.fields.into_iter().find(|field| field.name == name).unwrap().kind
        };
        assert_eq!(kind("Encrypt", "KeyId"), Kind::Text);
        assert_eq!(kind("Encrypt", "Plaintext"), Kind::Blob);
        assert_eq!(kind("Encrypt", "GrantTokens"), Kind::Texts);
        assert_eq!(kind("Encrypt", "DryRun"), Kind::Switch);
        assert_eq!(kind("Encrypt", "EncryptionContext"), Kind::Json("{\"KeyName\":\"\"}".to_owned()));
        assert_eq!(kind("PutKeyPolicy", "Policy"), Kind::LongText);
        assert_eq!(kind("ScheduleKeyDeletion", "PendingWindowInDays"), Kind::Number);
        assert!(
            matches!(kind("CreateKey", "KeySpec"), Kind::Choice(specs) if specs.contains(&"RSA_2048".to_owned()))
        );
        assert!(matches!(kind("CreateGrant", "Operations"), Kind::Choices(_)));
    }

    #[test]
    fn files_are_named() {
        let fields = |operation: &str| form(Service::S3, operation).unwrap().fields;
        let kind = |operation: &str, name: &str| {
            fields(operation)
                .into_iter()
                .find(|field| field.name == name)
                .map(|field| (field.kind, field.required))
        };
        assert_eq!(kind("PutObject", "Body"), Some((Kind::File(String::new()), false)));
        assert_eq!(kind("GetObject", "SSECustomerKey"), Some((Kind::File("fileb://".to_owned()), false)));
        assert_eq!(kind("GetObject", "outfile"), Some((Kind::Text, true)));
        assert_eq!(kind("PutObject", "outfile"), None);
        let shell = super::super::desk::fresh();
        for (line, body) in [
            (
                "aws s3api put-object --bucket b --key k --body letter",
                r#"{"Body":"letter","Bucket":"b","Key":"k"}"#,
            ),
            (
                "aws s3api get-object --bucket b --key k --sse-customer-key fileb://key out",
                r#"{"Bucket":"b","Key":"k","SSECustomerKey":"fileb://key","outfile":"out"}"#,
            ),
        ] {
            let read = request(&shell, line).unwrap();
            let sorted = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(sorted(&read.body), sorted(body), "{line}");
            let again = command_of(read.service, &read.operation, &read.body).unwrap();
            assert_eq!(request(&shell, &again), Ok(read), "{again}");
        }
        let missing = request(&shell, "aws s3api get-object --bucket b --key k").unwrap_err();
        assert!(missing.contains("outfile"), "{missing}");
    }

    #[test]
    fn a_command_leads_back_to_the_request_that_it_was_made_of() {
        let mut shell = super::super::desk::fresh();
        shell.config.set("app", "role_arn", "arn:aws:iam::111122223333:role/app");
        shell.config.set("app", "source_profile", "default");
        for (operation, body) in [
            ("ListKeys", "{}"),
            (
                "CreateKey",
                r#"{"Description":"it's \"mine\"","Tags":[{"TagKey":"a","TagValue":"b"}],"MultiRegion":true}"#,
            ),
            (
                "Encrypt",
                r#"{"KeyId":"alias/a","Plaintext":"aGk=","EncryptionContext":{"a":"b"},"GrantTokens":["x y","z"]}"#,
            ),
            ("ScheduleKeyDeletion", r#"{"KeyId":"-","PendingWindowInDays":7}"#),
        ] {
            let line = command_of(Service::Kms, operation, body).unwrap();
            for line in [format!("{line} --profile app"), line] {
                let read = request(&shell, &line).unwrap();
                assert_eq!((read.operation.as_str(), read.body.as_str()), (operation, body), "{line}");
            }
        }
        for (line, expect) in
            [("ls", "no call"), ("aws kms nothing", "nothing"), ("echo $(aws kms list-keys)", "one command")]
        {
            let complaint = request(&shell, line).unwrap_err();
            assert!(complaint.contains(expect), "{line}: {complaint}");
        }
    }
}
