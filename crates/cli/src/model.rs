//! What there is to say: services, operations and their shapes, read from the tables in `model/`.

use std::{collections::BTreeMap, sync::OnceLock};

use waxseal_api::Service;

/// One service's operations and shapes.
#[derive(Debug)]
pub struct ServiceModel {
    /// Which.
    pub service: Service,
    /// The version of its API, as `2014-11-01`.
    pub version: &'static str,
    /// By name, in alphabetical order.
    pub operations: Vec<OperationModel>,
    shapes: BTreeMap<&'static str, Shape>,
}

/// One operation.
#[derive(Debug)]
pub struct OperationModel {
    /// On the wire: `ReEncrypt`.
    pub name: &'static str,
    /// The shape of what it takes.
    pub input: &'static str,
    /// The shape of what it returns; None for nothing.
    pub output: Option<&'static str>,
    /// How a list goes on.
    pub page: Option<Page>,
}

/// The members by which a list is read page by page.
#[derive(Debug)]
pub struct Page {
    /// Where to go on from, in the input.
    pub input: &'static str,
    /// Where to go on from, in the output.
    pub output: &'static str,
    /// Whether there is more, in the output; `-` where a token alone says so.
    pub more: &'static str,
    /// How many at once, in the input.
    pub limit: &'static str,
    /// What is listed.
    pub results: Vec<&'static str>,
    /// What is told beside the list, of its first page.
    pub beside: Vec<&'static str>,
}

/// What a value looks like.
#[derive(Debug)]
pub enum Shape {
    /// Members by name.
    Struct(Vec<Member>),
    /// Items of one shape, at least so many.
    List(&'static str, Option<i64>),
    /// Values of one shape under keys of another.
    Map(&'static str, &'static str),
    /// A whole number, at least so much.
    Int(Option<i64>),
    /// Text of at least so many characters; one of these, where there are any.
    Text(Option<i64>, Vec<&'static str>),
    /// At least so many bytes.
    Blob(Option<i64>),
    /// Yes or no.
    Bool,
    /// A point in time.
    Time,
    /// Bytes that are given as text as they are.
    Raw,
    /// Bytes that are in a file.
    File,
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// On the wire: `KeyId`.
    pub name: &'static str,
    /// The name of its shape.
    pub shape: &'static str,
    /// Whether it has to be there.
    pub required: bool,
}

impl ServiceModel {
    /// An operation by the name that the command line has for it, such as `re-encrypt`.
    pub fn operation(&self, command: &str) -> Option<&OperationModel> {
        self.operations.iter().find(|operation| dashed(operation.name) == command)
    }

    /// What stands after `aws`; `aws s3` is something of its own.
    pub fn command(&self) -> &'static str {
        if self.service == Service::S3 { "s3api" } else { self.service.into() }
    }

    /// Whether an operation's output goes into a file.
    pub fn has_outfile(&self, operation: &OperationModel) -> bool {
        let output = operation.output.map(|shape| self.shape(shape));
        let is_file = |member: &Member| matches!(self.shape(member.shape), Shape::File);
        matches!(output, Some(Shape::Struct(members)) if members.iter().any(is_file))
    }

    /// An operation by its name on the wire.
    pub fn named(&self, name: &str) -> Option<&OperationModel> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// A shape by its name.
    pub fn shape(&self, name: &str) -> &Shape {
        self.shapes.get(name).unwrap_or(&NO_MEMBERS)
    }

    /// What an operation takes.
    pub fn members(&self, operation: &OperationModel) -> &[Member] {
        if let Shape::Struct(members) = self.shape(operation.input) { members } else { &[] }
    }
}

static NO_MEMBERS: Shape = Shape::Struct(Vec::new());

/// The services, in the order of the help.
pub fn services() -> &'static [ServiceModel] {
    static SERVICES: OnceLock<Vec<ServiceModel>> = OnceLock::new();
    SERVICES.get_or_init(|| {
        [
            (Service::CloudTrail, include_str!("model/cloudtrail.txt")),
            (Service::DynamoDb, include_str!("model/dynamodb.txt")),
            (Service::Ec2, include_str!("model/ec2.txt")),
            (Service::Iam, include_str!("model/iam.txt")),
            (Service::Kms, include_str!("model/kms.txt")),
            (Service::Lambda, include_str!("model/lambda.txt")),
            (Service::S3, include_str!("model/s3api.txt")),
            (Service::SecretsManager, include_str!("model/secretsmanager.txt")),
            (Service::Ssm, include_str!("model/ssm.txt")),
            (Service::Sts, include_str!("model/sts.txt")),
        ]
        .map(|(service, table)| read(service, table))
        .into()
    })
}

/// A service's model, by its command.
pub fn service(name: &str) -> Option<&'static ServiceModel> {
    services().iter().find(|model| model.command() == name)
}

/// The model of a service.
pub fn of(service: Service) -> Option<&'static ServiceModel> {
    services().iter().find(|model| model.service == service)
}

/// What the contract says of an operation (`Encrypt`) or of a member of its input (`Encrypt.KeyId`).
pub fn words(of: &str) -> Option<&'static str> {
    let lines = include_str!("model/words.txt").lines();
    lines.filter_map(|line| line.split_once('\t')).find(|(name, _)| *name == of).map(|(_, words)| words)
}

/// `KeyId` → `key-id`, `AWSAccountId` → `aws-account-id`.
pub fn dashed(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (n, &c) in chars.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| chars[n]);
        let word_begins = before.is_some_and(|before| !before.is_ascii_uppercase())
            || chars.get(n + 1).is_some_and(char::is_ascii_lowercase);
        if n > 0 && c.is_ascii_uppercase() && word_begins {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn read(service: Service, table: &'static str) -> ServiceModel {
    let mut model = ServiceModel { service, version: "", operations: Vec::new(), shapes: BTreeMap::new() };
    for line in table.lines() {
        let words: Vec<&'static str> = line.split(' ').collect();
        match words[..] {
            ["service", version] => model.version = version,
            ["op", name, input, output] => {
                let output = Some(output).filter(|shape| *shape != "-");
                model.operations.push(OperationModel { name, input, output, page: None });
            }
            ["page", name, input, output, more, limit, ref results @ ..] => {
                let (beside, results): (Vec<&'static str>, Vec<&'static str>) =
                    results.iter().partition(|key| key.starts_with('+'));
                let beside = beside.iter().map(|key| key.trim_start_matches('+')).collect();
                let page = Page { input, output, more, limit, results, beside };
                if let Some(operation) = model.operations.iter_mut().find(|operation| operation.name == name)
                {
                    operation.page = Some(page);
                }
            }
            [kind, name, ref detail @ ..] => _ = model.shapes.insert(name, shape(kind, detail)),
            _ => {}
        }
    }
    model
}

fn shape(kind: &str, detail: &[&'static str]) -> Shape {
    let least = |at: usize| detail.get(at).and_then(|text| text.parse().ok());
    let at = |at: usize| detail.get(at).copied().unwrap_or_default();
    match kind {
        "list" => Shape::List(at(0), least(1)),
        "map" => Shape::Map(at(0), at(1)),
        "int" => Shape::Int(least(0)),
        "str" => Shape::Text(least(0), detail.iter().skip(1).copied().collect()),
        "blob" => Shape::Blob(least(0)),
        "bool" => Shape::Bool,
        "time" => Shape::Time,
        "raw" => Shape::Raw,
        "file" => Shape::File,
        _ => Shape::Struct(detail.iter().filter_map(|text| member(text)).collect()),
    }
}

fn member(text: &'static str) -> Option<Member> {
    let (name, shape) = text.split_once(':')?;
    let required = name.ends_with('!');
    Some(Member { name: name.trim_end_matches('!'), shape, required })
}
