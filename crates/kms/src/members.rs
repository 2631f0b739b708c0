//! The members of a request's body, read without knowing its shape.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use serde_json::{Map, Value};

/// Which members a body has, and the values of those that may be written down. Other values, such as a plaintext, are
/// passed over without being copied.
#[derive(Debug, Default)]
pub(crate) struct Members(BTreeMap<String, Option<Value>>);

impl Members {
    /// Reads a JSON object. `recorded` names the members whose values may be written down.
    ///
    /// # Errors
    /// The body is not a JSON object.
    pub(crate) fn read(body: &str, recorded: &[&str]) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(body);
        let members = Recorded(recorded).deserialize(&mut reader)?;
        reader.end().map(|()| members)
    }

    /// The value of a member that may be written down.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)?.as_ref()
    }

    /// The members of this list that the body does not have, in lower camel case.
    pub(crate) fn missing(&self, required: &[&str]) -> Vec<String> {
        required.iter().filter(|name| !self.0.contains_key(**name)).map(|name| lower_first(name)).collect()
    }

    /// What an audit record tells of the request: its recorded members, with defaults where nothing was given.
    pub(crate) fn parameters(self, defaults: &[(&str, &str)]) -> Option<Value> {
        let mut given: Map<String, Value> =
            self.0.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        for (name, value) in defaults {
            given.entry(*name).or_insert_with(|| (*value).into());
        }
        (!given.is_empty()).then(|| lower_camel(Value::Object(given)))
    }
}

/// All names in lower camel case, as audit records have them, but for the caller's own in an encryption context.
pub(crate) fn lower_camel(value: Value) -> Value {
    match value {
        Value::Object(members) => members.into_iter().map(lower_member).collect::<Map<_, _>>().into(),
        Value::Array(items) => items.into_iter().map(lower_camel).collect::<Vec<_>>().into(),
        other => other,
    }
}

fn lower_member((name, value): (String, Value)) -> (String, Value) {
    let value = if name.contains("EncryptionContext") { value } else { lower_camel(value) };
    (lower_first(&name), value)
}

/// `KeyId` → `keyId`, `AWSAccountId` → `aWSAccountId`, which is what CloudTrail writes.
fn lower_first(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(rest).collect()
}

struct Recorded<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Recorded<'_> {
    type Value = Members;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Members, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Recorded<'_> {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the members of a request")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = if self.0.contains(&name.as_str()) {
                map.next_value::<Option<Value>>()?.map(Some)
            } else {
                map.next_value::<Option<IgnoredAny>>()?.map(|_| None)
            };
            members.extend(value.map(|value| (name, value)));
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BODY: &str = r#"{
        "KeyId": "alias/docs",
        "Plaintext": "c2VjcmV0",
        "EncryptionContext": {"Purpose": "Test"},
        "Tags": [{"TagKey": "A"}],
        "Limit": null
    }"#;

    #[test]
    fn only_what_may_be_written_down_is_kept() {
        let members = Members::read(BODY, &["KeyId", "EncryptionContext", "Tags", "Limit"]).unwrap();
        let expect = json!({
            "keyId": "alias/docs",
            "encryptionContext": {"Purpose": "Test"},
            "tags": [{"tagKey": "A"}],
            "encryptionAlgorithm": "SYMMETRIC_DEFAULT",
        });
        let defaults = [("EncryptionAlgorithm", "SYMMETRIC_DEFAULT"), ("KeyId", "not this")];
        assert_eq!(members.parameters(&defaults), Some(expect));
    }

    #[test]
    fn null_is_missing() {
        let members = Members::read(BODY, &[]).unwrap();
        assert_eq!(members.missing(&["KeyId", "Plaintext", "Limit", "Marker"]), ["limit", "marker"]);
    }

    #[test]
    fn nothing_to_tell() {
        assert_eq!(Members::read("{}", &["KeyId"]).unwrap().parameters(&[]), None);
    }
}
