//! Keys about the KMS key, or about the one that is to be made.

use waxseal_api::{Timestamp, types::Origin};

use super::{Conditions, maybe, one};
use crate::state::KeyRecord;

impl Conditions<'_, '_> {
    /// The values of `kms:<name>`, in lower case.
    pub(super) fn of_key(&self, name: &str) -> Option<Vec<String>> {
        match self.wish.key {
            Some(key) => self.of_this_key(key, name),
            None if self.wish.action == "kms:CreateKey" => self.of_new_key(name),
            None => None,
        }
    }

    fn of_this_key(&self, key: &KeyRecord, name: &str) -> Option<Vec<String>> {
        Some(match name {
            "keyspec" | "customermasterkeyspec" => one(key.key_spec),
            "keyusage" | "customermasterkeyusage" => one(key.key_usage),
            "keyorigin" => one(key.origin),
            "multiregion" => one(key.arn.key_id.is_multi_region()),
            "multiregionkeytype" => {
                maybe(key.multi_region.as_ref().map(|_| if key.is_replica() { "REPLICA" } else { "PRIMARY" }))
            }
            "resourcealiases" => self.cx.view.aliases_of(&key.arn).map(ToString::to_string).collect(),
            "trailingdayswithoutkeyusage" => {
                let used = self.cx.view.usage(&key.arn).map_or(key.creation_date, |usage| usage.timestamp);
                let days = self.cx.now.as_millis().saturating_sub(used.as_millis()) / Timestamp::DAY;
                one(days)
            }
            _ => return None,
        })
    }

    /// What CreateKey asks for, with its defaults.
    fn of_new_key(&self, name: &str) -> Option<Vec<String>> {
        let given =
            |member: &str| self.cx.members.get(member).and_then(|value| Some(value.as_str()?.to_owned()));
        let or = |given: Option<String>, default: &str| one(given.unwrap_or_else(|| default.to_owned()));
        let multi_region =
            self.cx.members.get("MultiRegion").and_then(serde_json::Value::as_bool) == Some(true);
        Some(match name {
            "keyspec" | "customermasterkeyspec" => {
                or(given("KeySpec").or_else(|| given("CustomerMasterKeySpec")), "SYMMETRIC_DEFAULT")
            }
            "keyusage" | "customermasterkeyusage" => or(given("KeyUsage"), "ENCRYPT_DECRYPT"),
            "keyorigin" => or(given("Origin"), Origin::AwsKms.into()),
            "multiregion" => one(multi_region),
            "multiregionkeytype" => maybe(multi_region.then_some("PRIMARY")),
            _ => return None,
        })
    }
}
