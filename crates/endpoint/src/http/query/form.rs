//! From a form to JSON.

use serde_json::{Map, Value};

/// The longest list that a form may give.
const LONGEST_LIST: usize = 1000;
/// How deep names may nest.
const DEEPEST: usize = 16;
/// The members that are numbers; all others are texts.
const NUMBERS: [&str; 3] = ["DurationSeconds", "MaxItems", "MaxSessionDuration"];

/// A call as a form tells it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) version: String,
    pub(super) input: Value,
}

impl Form {
    /// Reads a form. What nests too deep or lists too much is left out.
    pub(super) fn read(body: &[u8]) -> Self {
        let mut form = Self { input: Value::Object(Map::new()), ..Self::default() };
        for (name, value) in form_urlencoded::parse(body) {
            match &*name {
                "Action" => form.action = value.into_owned(),
                "Version" => form.version = value.into_owned(),
                _ => {
                    let path: Vec<&str> = name.split('.').take(DEEPEST).collect();
                    insert(&mut form.input, &path, &value);
                }
            }
        }
        form
    }
}

/// Puts a value where its name says; what is there of another kind is replaced.
fn insert(node: &mut Value, path: &[&str], text: &str) {
    match path {
        [] => *node = text.into(),
        ["member", index, rest @ ..] => {
            let Some(index) = index.parse().ok().filter(|index| (1..=LONGEST_LIST).contains(index)) else {
                return;
            };
            if let Some(list) = made(node, Value::is_array, Value::Array(Vec::new())).as_array_mut() {
                list.resize(list.len().max(index), Value::Null);
                insert(&mut list[index - 1], rest, text);
            }
        }
        [name] if NUMBERS.contains(name) && text.parse::<i64>().is_ok() => {
            insert_member(node, name, |member| *member = text.parse::<i64>().unwrap_or_default().into());
        }
        [name, rest @ ..] => insert_member(node, name, |member| insert(member, rest, text)),
    }
}

fn insert_member(node: &mut Value, name: &str, fill: impl FnOnce(&mut Value)) {
    if let Some(members) = made(node, Value::is_object, Value::Object(Map::new())).as_object_mut() {
        fill(members.entry(name).or_insert(Value::Null));
    }
}

/// The node, made what it has to be.
fn made(node: &mut Value, fits: fn(&Value) -> bool, otherwise: Value) -> &mut Value {
    if !fits(node) {
        *node = otherwise;
    }
    node
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(form: &str, input: Value) {
        let read = Form::read(format!("Action=CreateUser&Version=2010-05-08&{form}").as_bytes());
        assert_eq!((read.action.as_str(), read.version.as_str()), ("CreateUser", "2010-05-08"));
        assert_eq!(read.input, input, "{form}");
    }

    #[test]
    fn names_nest_and_lists_count_from_one() {
        check("", json!({}));
        check("UserName=a%20b%26c+d", json!({ "UserName": "a b&c d" }));
        check(
            "Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.2.Key=b",
            json!({ "Tags": [{ "Key": "a", "Value": "1" }, { "Key": "b" }] }),
        );
        check("TagKeys.member.1=a", json!({ "TagKeys": ["a"] }));
        check("MaxItems=5&UserName=5", json!({ "MaxItems": 5, "UserName": "5" }));
        check("MaxItems=many", json!({ "MaxItems": "many" }));
    }

    #[test]
    fn what_makes_no_sense_does_no_harm() {
        check("A.member.0=a&A.member.99999999999=a&B.member.x=a", json!({ "A": null, "B": null }));
        check("A=1&A.B=2", json!({ "A": { "B": "2" } }));
        check("A.B=2&A.member.1=x", json!({ "A": ["x"] }));
        let deep = vec!["a"; 100_000].join(".");
        assert!(Form::read(format!("{deep}=1").as_bytes()).input.is_object());
    }
}
