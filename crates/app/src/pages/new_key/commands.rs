//! The calls that make a key as commands of AWS's command line, for whoever wants to make one like it elsewhere.

use serde_json::Value;
use waxseal_api::Place;

use super::draft::Draft;

/// One after the other, a line each unless a text in it has several: who is named, the key, its alias.
pub(super) fn commands(draft: &Draft, place: &Place) -> String {
    let mut out = String::new();
    for person in draft.administrators.iter().chain(&draft.users) {
        let (operation, input) = person.creation(place);
        command(&mut out, "iam", operation, &input);
        out.push('\n');
    }
    let key = serde_json::to_string(&draft.create_key(place)).unwrap_or_default();
    out.push_str("KEY_ID=$(");
    command(&mut out, "kms", "CreateKey", &serde_json::from_str(&key).unwrap_or_default());
    out.push_str(" --query KeyMetadata.KeyId --output text)\naws kms create-alias --alias-name ");
    quoted(&mut out, &draft.alias_name());
    out + " --target-key-id $KEY_ID"
}

/// The command of a call whose members are texts and switches.
fn command(out: &mut String, service: &str, operation: &str, input: &Value) {
    out.push_str("aws ");
    out.push_str(service);
    out.push(' ');
    dashed(out, operation);
    let members = || input.as_object().into_iter().flatten();
    // The command line would read such a file.
    if members().any(|(_, value)| value.as_str().is_some_and(|text| text.starts_with("file"))) {
        out.push_str(" --cli-input-json ");
        return quoted(out, &input.to_string());
    }
    for (name, value) in members() {
        out.push_str(" --");
        dashed(out, name);
        if let Some(text) = value.as_str() {
            // A text that looks like an option has to be joined.
            out.push(if text.starts_with('-') { '=' } else { ' ' });
            quoted(out, text);
        }
    }
}

/// `CreateKey` → `create-key`
fn dashed(out: &mut String, name: &str) {
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
}

/// In single quotes, where the shell would read something else.
fn quoted(out: &mut String, text: &str) {
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"-_./:".contains(&c);
    if !text.is_empty() && text.bytes().all(plain) {
        return out.push_str(text);
    }
    out.push('\'');
    out.push_str(&text.replace('\'', "'\\''"));
    out.push('\'');
}

#[cfg(test)]
mod tests {
    use waxseal_cli::{Shell, Step};

    use super::*;
    use crate::{engine::place, pages::new_key::policy::Identity};

    const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

    /// The requests that the terminal makes of the commands, as operations and inputs.
    fn requests(text: &str) -> Vec<(String, Value)> {
        let mut shell = Shell::default();
        shell.config.set("default", "region", "us-east-1");
        let mut run = shell.enter(text);
        let mut requests = Vec::new();
        loop {
            match run.step() {
                Step::Call(call) => {
                    let answer = match call.operation {
                        "CreateKey" => format!(r#"{{"KeyMetadata":{{"KeyId":"{KEY}"}}}}"#),
                        _ => "{}".to_owned(),
                    };
                    requests.push((call.operation.to_owned(), serde_json::from_str(&call.body).unwrap()));
                    run.answer(Ok(answer));
                }
                Step::Work(work) => unreachable!("nothing here computes {work:?}"),
                Step::Done(outcome) => {
                    assert_eq!((&*outcome.stderr, outcome.exit), ("", 0), "{text}");
                    return requests;
                }
            }
        }
    }

    #[track_caller]
    fn check(draft: &Draft) {
        let named = draft.administrators.iter().chain(&draft.users).map(|it| it.creation(&place()));
        let mut expect: Vec<(String, Value)> = named.map(|(name, input)| (name.to_owned(), input)).collect();
        expect.push(("CreateKey".to_owned(), serde_json::to_value(draft.create_key(&place())).unwrap()));
        expect.push(("CreateAlias".to_owned(), serde_json::to_value(draft.create_alias(KEY)).unwrap()));
        assert_eq!(requests(&commands(draft, &place())), expect);
    }

    #[test]
    fn the_commands_make_the_requests_of_the_form() {
        let plain = Draft { alias: "docs".into(), ..Draft::default() };
        check(&plain);
        check(&Draft {
            description: "For letters.".into(),
            own: true,
            administrators: vec![Identity::role("admin")],
            users: vec![Identity::role("backup"), Identity::role("a+b=c,d.e@f_g-h")],
            ..plain.clone()
        });
        for description in [
            "it's \"mine\", $HOME `x` \\ !",
            "--dry-run",
            "-",
            "two\nlines",
            "file://nope",
            "fileb://nope",
            "filed away",
            "ä ß 🔑",
            " ",
            "{\"a\": 1}",
        ] {
            check(&Draft { description: description.into(), ..plain.clone() });
        }
    }
}
