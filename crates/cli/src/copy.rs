//! A request as a command.

use waxseal_api::Service;

use crate::{
    aws, json,
    model::{self, Member, OperationModel, ServiceModel, Shape, dashed},
    value::Value,
};

/// The command that makes this call: `aws kms create-key --description 'A key'`. None if the operation is unknown, the body
/// is no JSON object of its members, or a file has a name that no command can say.
///
/// A member whose bytes are in a file has the word of its option in the body: `"Body": "letter"`,
/// `"SSECustomerKey": "fileb://key"`; and an answer that goes into a file has that file's name as `"outfile"`.
pub fn command_of(service: Service, operation: &str, body: &str) -> Option<String> {
    let model = model::of(service)?;
    let operation = model.named(operation)?;
    let Ok(Value::Map(given)) = json::parse(body) else { return None };
    let command = format!("aws {} {}", model.command(), dashed(operation.name));
    let member = |name: &str| model.members(operation).iter().find(|member| member.name == name);
    let is_file = |name: &str| {
        name == aws::OUTFILE || member(name).is_some_and(|member| aws::names_a_file(model, member))
    };
    let (mut files, given): (Vec<_>, Vec<_>) = given.into_iter().partition(|(name, _)| is_file(name));
    let mut out = command.clone();
    for (name, value) in &given {
        let member = member(name)?;
        if !is_an_option(model, operation, member, value) {
            out = whole(command, operation, &Value::Map(given));
            break;
        }
        out.push_str(&option(model, member, value)?);
    }
    files.sort_by_key(|(name, _)| name == aws::OUTFILE);
    for (name, value) in &files {
        out.push_str(&file(model, operation, name, value.as_text()?)?);
    }
    Some(out)
}

/// What names a file: an option, or the word at the end.
fn file(model: &ServiceModel, operation: &OperationModel, name: &str, word: &str) -> Option<String> {
    if name != aws::OUTFILE {
        return Some(argument(&dashed(name), word));
    }
    // A word that looks like an option cannot stand by itself.
    let sayable = model.has_outfile(operation) && !word.starts_with('-');
    sayable.then(|| format!(" {}", quoted(word)))
}

/// What a value of a shape looks like, in JSON, to fill in.
pub fn sketch(model: &ServiceModel, shape: &'static str) -> String {
    aws::sketch(model, shape).compact()
}

/// Whether an option can say it. Texts that look like a file's name cannot be said, and neither can members whose option
/// means something else, as that of a list's length does.
fn is_an_option(model: &ServiceModel, operation: &OperationModel, member: &Member, value: &Value) -> bool {
    let names_a_file = |text: &str| text.starts_with("file://") || text.starts_with("fileb://");
    let scalar = value.as_text().is_none_or(|text| !names_a_file(text));
    let name = format!("--{}", dashed(member.name));
    scalar && aws::options(model, operation).members.iter().any(|(option, _)| *option == name)
}

/// All of it as JSON, and a list's page alone.
fn whole(command: String, operation: &OperationModel, body: &Value) -> String {
    let paging = if operation.page.is_some() { " --no-paginate" } else { "" };
    format!("{command}{paging}{}", argument("cli-input-json", &body.compact()))
}

fn option(model: &ServiceModel, member: &Member, value: &Value) -> Option<String> {
    let name = dashed(member.name);
    let shape = model.shape(member.shape);
    Some(match (shape, value) {
        (Shape::Bool, Value::Bool(true)) => format!(" --{name}"),
        (Shape::Bool, Value::Bool(false)) => format!(" --no-{name}"),
        (Shape::List(item, _), Value::List(items)) if matches!(model.shape(item), Shape::Text(..)) => {
            match words(items) {
                Some(words) => format!(" --{name}{words}"),
                None => argument(&name, &value.compact()),
            }
        }
        (Shape::Struct(_) | Shape::Map(..) | Shape::List(..), value) => argument(&name, &value.compact()),
        (_, Value::Text(text)) => argument(&name, text),
        (_, Value::Int(_) | Value::Float(_)) => argument(&name, &value.compact()),
        _ => return None,
    })
}

/// An option and its value. One that looks like an option has to be joined.
fn argument(name: &str, value: &str) -> String {
    if value.starts_with('-') {
        format!(" --{name}={}", quoted(value))
    } else {
        format!(" --{name} {}", quoted(value))
    }
}

/// Items as words, if none of them could be taken for something else.
fn words(items: &[Value]) -> Option<String> {
    let word = |item: &Value| {
        let text = item.as_text()?;
        let special = ["-", "[", "{", "file://", "fileb://"].iter().any(|prefix| text.starts_with(prefix));
        let plain = !special && !text.is_empty() && text.trim() == text;
        plain.then(|| format!(" {}", quoted(text)))
    };
    if items.is_empty() { None } else { items.iter().map(word).collect() }
}

/// In single quotes, where the shell would read something else.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@+%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
