//! Reading a step back.
//!
//! All kinds are read through one type that has the members of all, sorted by what they hold. A reader for each kind, as
//! serde derives them, would take 14 kB of the page's WebAssembly with brotli, a twentieth of it.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};

use super::{Item, Kind, Step};
use crate::types::EncryptionContext;

/// `{"kind": {members}}`. A member that is missing is read as empty.
impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneStep;
        impl<'de> Visitor<'de> for OneStep {
            type Value = Step;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a step")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Step, A::Error> {
                let (kind, members) = map.next_entry()?.ok_or_else(|| Error::missing_field("kind"))?;
                Ok(step(kind, members))
            }
        }
        deserializer.deserialize_map(OneStep)
    }
}

fn step(kind: Kind, mut members: Members) -> Step {
    match kind {
        Kind::Request => Step::Request {
            operation: members.text("operation"),
            length: members.number("length"),
            context: members.context,
        },
        Kind::KeyFound => Step::KeyFound { named: members.text("named"), key_arn: members.text("keyArn") },
        Kind::Permitted => Step::Permitted {
            principal: members.text("principal"),
            action: members.text("action"),
            resource: members.text("resource"),
            because: members.text("because"),
        },
        Kind::Denied => Step::Denied {
            principal: members.text("principal"),
            action: members.text("action"),
            resource: members.text("resource"),
            because: members.text("because"),
        },
        Kind::RandomMade => Step::RandomMade { item: members.item("item") },
        Kind::Encrypted => Step::Encrypted {
            key_arn: members.text("keyArn"),
            key_material_id: members.text("keyMaterialId"),
            input: members.item("input"),
            output: members.item("output"),
            context: members.context,
        },
        Kind::Decrypted => Step::Decrypted {
            key_arn: members.text("keyArn"),
            key_material_id: members.text("keyMaterialId"),
            input: members.item("input"),
            output: members.item("output"),
            context: members.context,
        },
        Kind::KeyUsed => Step::KeyUsed {
            key_arn: members.text("keyArn"),
            action: members.text("action"),
            algorithm: members.text("algorithm"),
            input: members.item("input"),
            output: take(&mut members.one_item, "output"),
        },
        Kind::Changed => Step::Changed { what: members.text("what"), resource: members.text("resource") },
        Kind::Reply => Step::Reply {
            operation: members.text("operation"),
            length: members.number("length"),
            items: members.items,
        },
        Kind::Refused => Step::Refused {
            operation: members.text("operation"),
            length: members.number("length"),
            code: members.text("code"),
            message: members.text("message"),
        },
        Kind::FileOpened => Step::FileOpened {
            name: members.text("name"),
            packed: members.number("packed") as u32,
            item: members.item("item"),
        },
        Kind::HeaderRead => Step::HeaderRead { item: members.item("item"), key_arns: members.key_arns },
        Kind::KeysDerived => Step::KeysDerived {
            data_key: members.item("dataKey"),
            content_key: members.item("contentKey"),
            commitment: members.item("commitment"),
        },
        Kind::HeaderWritten => Step::HeaderWritten {
            item: members.item("item"),
            encrypted_data_key: members.item("encryptedDataKey"),
        },
        Kind::HeaderVerified => Step::HeaderVerified { item: members.item("item") },
        Kind::FramesEncrypted => Step::FramesEncrypted {
            frames: members.number("frames") as u32,
            frame_length: members.number("frameLength") as u32,
            input: members.item("input"),
            output: members.item("output"),
        },
        Kind::FramesDecrypted => Step::FramesDecrypted {
            frames: members.number("frames") as u32,
            frame_length: members.number("frameLength") as u32,
            input: members.item("input"),
            output: members.item("output"),
        },
        Kind::Wiped => Step::Wiped { item: members.item("item") },
        Kind::Stored => Step::Stored { name: members.text("name"), item: members.item("item") },
    }
}

/// The members of a step, of whichever kind.
#[derive(Default)]
struct Members {
    texts: Vec<(String, String)>,
    numbers: Vec<(String, u64)>,
    one_item: Vec<(String, Item)>,
    items: Vec<Item>,
    key_arns: Vec<String>,
    context: EncryptionContext,
}

impl Members {
    fn text(&mut self, name: &str) -> String {
        take(&mut self.texts, name).unwrap_or_default()
    }

    fn number(&mut self, name: &str) -> u64 {
        take(&mut self.numbers, name).unwrap_or_default()
    }

    fn item(&mut self, name: &str) -> Item {
        take(&mut self.one_item, name).unwrap_or_default()
    }
}

fn take<T>(members: &mut Vec<(String, T)>, name: &str) -> Option<T> {
    let position = members.iter().position(|(other, _)| other == name)?;
    Some(members.swap_remove(position).1)
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the members of a step")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut all = Members::default();
                while let Some(name) = map.next_key::<String>()? {
                    match name.as_str() {
                        "context" => all.context = map.next_value()?,
                        "items" => all.items = map.next_value()?,
                        "keyArns" => all.key_arns = map.next_value()?,
                        "length" | "frames" | "frameLength" | "packed" => {
                            all.numbers.push((name, map.next_value()?))
                        }
                        "item" | "input" | "output" | "dataKey" | "contentKey" | "commitment"
                        | "encryptedDataKey" => {
                            all.one_item.extend(map.next_value::<Option<Item>>()?.map(|item| (name, item)));
                        }
                        _ => all.texts.push((name, map.next_value()?)),
                    }
                }
                Ok(all)
            }
        }
        deserializer.deserialize_map(All)
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;
    use crate::trace::{Bytes, Role};

    /// Members that are all there, each with a value of its own.
    fn full() -> Members {
        let texts = TEXTS.map(|name| (name.to_owned(), format!("the {name}"))).to_vec();
        let item =
            |length| Item { role: Role::Ciphertext, length, bytes: Bytes::Reply("Plaintext".to_owned()) };
        let one_item =
            ITEMS.iter().zip(1..).map(|(name, length)| ((*name).to_owned(), item(length))).collect();
        let numbers = NUMBERS.iter().zip(20..).map(|(name, number)| ((*name).to_owned(), number)).collect();
        let context = [("purpose".to_owned(), "test".to_owned())].into_iter().collect();
        Members {
            texts,
            numbers,
            one_item,
            items: vec![item(9), item(10)],
            key_arns: vec!["arn".to_owned()],
            context,
        }
    }

    const TEXTS: [&str; 13] = [
        "operation",
        "named",
        "keyArn",
        "principal",
        "action",
        "resource",
        "because",
        "keyMaterialId",
        "algorithm",
        "what",
        "code",
        "message",
        "name",
    ];
    const NUMBERS: [&str; 4] = ["length", "frames", "frameLength", "packed"];
    const ITEMS: [&str; 7] =
        ["item", "input", "output", "dataKey", "contentKey", "commitment", "encryptedDataKey"];

    #[test]
    fn every_kind_is_read_as_it_was_written() {
        for kind in Kind::VARIANTS {
            let step = step(*kind, full());
            let text = serde_json::to_string(&step).unwrap();
            assert!(!text.contains(r#""""#), "a member that the test does not know: {text}");
            assert_eq!(serde_json::from_str::<Step>(&text).unwrap(), step, "{text}");
        }
    }

    #[test]
    fn what_came_out_may_be_nothing() {
        let mut members = full();
        members.one_item.retain(|(name, _)| name != "output");
        let step = step(Kind::KeyUsed, members);
        let text = serde_json::to_string(&step).unwrap();
        assert!(text.contains(r#""output":null"#), "{text}");
        assert_eq!(serde_json::from_str::<Step>(&text).unwrap(), step);
    }

    #[test]
    fn what_is_no_step_is_refused() {
        for text in [
            "{}",
            "[]",
            r#""wiped""#,
            r#"{"nothing":{}}"#,
            r#"{"wiped":{"item":7}}"#,
            r#"{"wiped":{},"wiped":{}}"#,
        ] {
            assert!(serde_json::from_str::<Step>(text).is_err(), "{text}");
        }
    }
}
