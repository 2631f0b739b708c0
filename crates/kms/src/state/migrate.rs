//! Records of earlier versions, brought to the form of today.

use serde::Deserialize;
use serde_json::{Value, json};

use super::KeyRecord;

/// What every version tells of itself; the first one nothing.
#[derive(Deserialize)]
struct Form {
    #[serde(default = "first")]
    version: u8,
}

fn first() -> u8 {
    1
}

/// Reads a key's record of any version.
///
/// # Errors
/// It is not one, or newer than this code.
pub(super) fn key(body: &str) -> Result<KeyRecord, String> {
    let told = |error: serde_json::Error| error.to_string();
    match serde_json::from_str(body).map_err(told)? {
        Form { version: KeyRecord::VERSION } => serde_json::from_str(body).map_err(told),
        Form { version: 1 } => {
            let mut record: Value = serde_json::from_str(body).map_err(told)?;
            second(&mut record);
            // Through text once more, so that there is one reader of records and not two.
            serde_json::from_str(&record.to_string()).map_err(told)
        }
        Form { version } => Err(format!("it was written by a newer version, {version}")),
    }
}

/// Version 1 had a list of material IDs, and only keys of customers.
fn second(record: &mut Value) {
    let created = record["creationDate"].clone();
    let Some(members) = record.as_object_mut() else { return };
    members.insert("version".to_owned(), 2.into());
    members.insert("keyManager".to_owned(), "CUSTOMER".into());
    for (place, material) in
        members.get_mut("keyMaterials").and_then(Value::as_array_mut).into_iter().flatten().enumerate()
    {
        let rank = if place == 0 { json!("first") } else { json!({ "onDemand": created }) };
        *material = json!({ "id": material, "rank": rank });
    }
}
