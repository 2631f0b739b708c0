//! What the client checks before it calls: names, types and least lengths. Everything else is the service's to say.

use crate::{
    model::{Member, ServiceModel, Shape},
    time,
    value::Value,
};

/// Everything that is wrong with an input, a line each; empty when nothing is.
pub(crate) fn input(model: &ServiceModel, shape: &Shape, value: &Value) -> Vec<String> {
    let mut check = Check { model, found: Vec::new() };
    check.value(shape, value, "");
    check.found
}

struct Check<'a> {
    model: &'a ServiceModel,
    found: Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, shape: &Shape, value: &Value, name: &str) {
        let shown = name.strip_prefix('.').unwrap_or(name);
        match (shape, value) {
            (Shape::Struct(members), Value::Map(given)) => self.members(members, given, name),
            (Shape::List(item, least), Value::List(items)) => {
                self.least("length", *least, items.len() as i64, shown);
                for (n, value) in items.iter().enumerate() {
                    self.value(self.model.shape(item), value, &format!("{name}[{n}]"));
                }
            }
            (Shape::Map(key_shape, item), Value::Map(given)) => {
                for (key, value) in given {
                    let key_value = Value::from(key.as_str());
                    self.value(self.model.shape(key_shape), &key_value, &format!("{name} (key: {key})"));
                    self.value(self.model.shape(item), value, &format!("{name}.{key}"));
                }
            }
            (Shape::Text(least, _), Value::Text(text)) => {
                self.least("length", *least, text.chars().count() as i64, shown);
            }
            (Shape::Int(least), Value::Int(number)) => self.least("value", *least, *number, shown),
            (Shape::Int(least), Value::Bool(yes)) => self.least("value", *least, i64::from(*yes), shown),
            (Shape::Blob(_) | Shape::Raw | Shape::File, Value::Bytes(_) | Value::Text(_))
            | (Shape::Bool, Value::Bool(_)) => {}
            (Shape::Time, Value::Int(_) | Value::Float(_)) => {}
            (Shape::Time, Value::Text(text)) if time::read(text).is_some() => {}
            (shape, value) => self.mismatch(shape, value, shown),
        }
    }

    fn members(&mut self, members: &[Member], given: &[(String, Value)], name: &str) {
        let place = Some(name.trim_start_matches('.')).filter(|place| !place.is_empty()).unwrap_or("input");
        for member in members.iter().filter(|member| member.required) {
            if given.iter().all(|(name, _)| name != member.name) {
                self.found.push(format!("Missing required parameter in {place}: \"{}\"", member.name));
            }
        }
        let known: Vec<&str> = members.iter().map(|member| member.name).collect();
        for (unknown, _) in given.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            let known = known.join(", ");
            self.found.push(format!("Unknown parameter in {place}: \"{unknown}\", must be one of: {known}"));
        }
        for (member_name, value) in given {
            if let Some(member) = members.iter().find(|member| member.name == member_name) {
                self.value(self.model.shape(member.shape), value, &format!("{name}.{member_name}"));
            }
        }
    }

    fn least(&mut self, what: &str, least: Option<i64>, value: i64, name: &str) {
        let min = if what == "length" { "valid min length" } else { "valid min value" };
        if let Some(least) = least.filter(|least| value < *least) {
            self.found.push(format!("Invalid {what} for parameter {name}, value: {value}, {min}: {least}"));
        }
    }

    fn mismatch(&mut self, shape: &Shape, value: &Value, name: &str) {
        let valid = match shape {
            Shape::Struct(_) | Shape::Map(..) => "<class 'dict'>",
            Shape::List(..) => "<class 'list'>, <class 'tuple'>",
            Shape::Int(_) => "<class 'int'>",
            Shape::Text(..) => "<class 'str'>",
            Shape::Blob(_) | Shape::Raw | Shape::File => {
                "<class 'bytes'>, <class 'bytearray'>, file-like object"
            }
            Shape::Bool => "<class 'bool'>",
            Shape::Time => "<class 'datetime.datetime'>, timestamp-string",
        };
        let (value, kind) = (value.shown(), value.type_name());
        let text =
            format!("Invalid type for parameter {name}, value: {value}, type: {kind}, valid types: {valid}");
        self.found.push(text);
    }
}

/// The input as it goes on the wire: points in time as seconds, text that is bytes as bytes, everything else as it is.
pub(crate) fn on_the_wire(model: &ServiceModel, shape: &Shape, value: Value) -> Value {
    match (shape, value) {
        (Shape::Struct(members), Value::Map(given)) => {
            let of = |name: &str| members.iter().find(|member| member.name == name);
            let given = given.into_iter().map(|(name, value)| match of(&name) {
                Some(member) => {
                    let value = on_the_wire(model, model.shape(member.shape), value);
                    (name, value)
                }
                None => (name, value),
            });
            Value::Map(given.collect())
        }
        (Shape::Time, Value::Text(text)) => {
            time::read(&text).map_or(Value::Text(text), |seconds| Value::Int(seconds.floor() as i64))
        }
        (Shape::Raw | Shape::File, Value::Text(text)) => Value::Bytes(text.into_bytes()),
        (_, value) => value,
    }
}
