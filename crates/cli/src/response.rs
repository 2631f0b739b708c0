//! A service's answer as the command line shows it: members in the model's order, points in time as dates.

use crate::{
    json,
    model::{ServiceModel, Shape},
    time,
    value::Value,
};

/// The output of an operation. Members that the model does not know are left out.
pub(crate) fn output(model: &ServiceModel, shape: Option<&str>, value: &Value) -> Value {
    shape.map_or(Value::Map(Vec::new()), |shape| read(model, shape, value))
}

fn read(model: &ServiceModel, name: &str, value: &Value) -> Value {
    match (model.shape(name), value) {
        (Shape::Struct(members), value @ Value::Map(_)) => {
            let given = members.iter().filter_map(|member| {
                let value = value.get(member.name).filter(|value| **value != Value::Null)?;
                Some((member.name.to_owned(), read(model, member.shape, value)))
            });
            Value::Map(given.collect())
        }
        (Shape::List(item, _), Value::List(items)) => {
            Value::List(items.iter().map(|value| read(model, item, value)).collect())
        }
        (Shape::Map(_, item), Value::Map(given)) => {
            let read = |(key, value): &(String, Value)| (key.clone(), read(model, item, value));
            Value::Map(given.iter().map(read).collect())
        }
        (Shape::Time, Value::Int(seconds)) => Value::Text(time::shown(*seconds as f64)),
        (Shape::Time, Value::Float(seconds)) => Value::Text(time::shown(*seconds)),
        (Shape::Text(..), Value::Text(text)) if name == "policyDocumentType" => document(text),
        (_, value) => value.clone(),
    }
}

/// IAM's policies come as JSON text and are shown as JSON.
fn document(text: &str) -> Value {
    json::parse(text).unwrap_or_else(|_| Value::from(text))
}
