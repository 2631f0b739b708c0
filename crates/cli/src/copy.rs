//! A request as a command.

use waxseal_api::Service;

use crate::{
    json,
    model::{self, Member, ServiceModel, Shape, dashed},
    value::Value,
};

/// The command that makes this call: `aws kms create-key --description 'A key'`. None if the operation is unknown or
/// the body is no JSON object of its members.
pub fn command_of(service: Service, operation: &str, body: &str) -> Option<String> {
    let model = model::service(service.into())?;
    let operation = model.named(operation)?;
    let Ok(Value::Map(given)) = json::parse(body) else { return None };
    let mut out = format!("aws {service} {}", dashed(operation.name));
    for (name, value) in &given {
        let member = model.members(operation).iter().find(|member| member.name == name)?;
        out.push_str(&option(model, member, value)?);
    }
    Some(out)
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

/// An option and its value. One that looks like an option or names a file has to be joined or cannot be said.
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
        let plain = !text.starts_with(['-', '[', '{']) && !text.is_empty() && text.trim() == text;
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
