//! `--generate-cli-skeleton`: what an input or an output looks like.

use crate::{
    model::{OperationModel, ServiceModel, Shape, words},
    render,
    value::Value,
};

/// An input to fill in: empty texts, the first value of a choice, zeros.
pub(crate) fn input(model: &ServiceModel, operation: &OperationModel) -> Value {
    shape(model, operation.input)
}

/// A value of a shape, to fill in.
pub(crate) fn shape(model: &ServiceModel, shape: &'static str) -> Value {
    Sketch { model, names: false, stack: Vec::new() }.of(shape, "")
}

/// An output whose texts are the names of its members.
pub(crate) fn output(model: &ServiceModel, shape: &'static str) -> Value {
    Sketch { model, names: true, stack: Vec::new() }.of(shape, "")
}

/// An input as YAML, each member with what it is.
pub(crate) fn yaml(model: &ServiceModel, operation: &OperationModel) -> String {
    let mut out = String::new();
    let input = input(model, operation);
    for member in model.members(operation) {
        let Some(value) = input.get(member.name) else { continue };
        let part = render::yaml(&Value::Map(vec![(member.name.to_owned(), value.clone())]));
        let need = if member.required { "[REQUIRED] " } else { "" };
        let words = words(&format!("{}.{}", operation.name, member.name)).unwrap_or_default();
        let comment = format!(" # {need}{words}");
        let (first, rest) = part.split_once('\n').unwrap_or((&part, ""));
        out.push_str(&format!("{first}{}\n{rest}", comment.trim_end()));
    }
    out
}

struct Sketch<'a> {
    model: &'a ServiceModel,
    names: bool,
    stack: Vec<&'static str>,
}

impl Sketch<'_> {
    fn of(&mut self, name: &'static str, member: &str) -> Value {
        if self.stack.contains(&name) {
            return Value::Map(Vec::new());
        }
        self.stack.push(name);
        let value = self.shape(name, member);
        self.stack.pop();
        value
    }

    fn shape(&mut self, name: &str, member: &str) -> Value {
        let model = self.model;
        match model.shape(name) {
            Shape::Struct(members) => {
                let members =
                    members.iter().map(|member| (member.name.to_owned(), self.of(member.shape, member.name)));
                Value::Map(members.collect())
            }
            Shape::List(item, _) => Value::List(vec![self.of(item, item)]),
            Shape::Map(_, item) => Value::Map(vec![("KeyName".to_owned(), self.of(item, item))]),
            Shape::Int(_) => Value::Int(0),
            Shape::Text(..) if self.names => Value::from(member),
            Shape::Text(_, choices) => Value::from(choices.first().copied().unwrap_or_default()),
            Shape::Blob(_) if self.names => Value::from("blob"),
            Shape::Blob(_) => Value::from(""),
            Shape::Bool => Value::Bool(true),
            Shape::Time => Value::from("1970-01-01T00:00:00"),
            Shape::Raw | Shape::File => Value::from(""),
        }
    }
}
