//! What other services keep beside the keys.

use std::ops::Bound;

use serde::{Deserialize, Serialize};
use waxseal_api::Secret;

use super::{State, record};

/// A record of another service, such as a bucket. It stands here so that a world stays one value with one write-set; what
/// is in it, its service knows.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceRecord {
    /// Unique among all of them; begins with the name of its kind and a slash.
    pub name: String,
    /// What anyone may read of it, as JSON text.
    pub value: String,
    /// A key that the service holds for a while, or for good.
    #[serde(skip)]
    pub secret: Option<Secret>,
}

impl ResourceRecord {
    /// The body of its record, and the secret in it.
    pub(super) fn stored(&self) -> (String, Option<Secret>) {
        (record::json(self), self.secret.as_ref().map(Secret::duplicate))
    }
}

impl State {
    /// A record of another service.
    pub fn resource(&self, name: &str) -> Option<&ResourceRecord> {
        self.resources.get(name)
    }

    /// The records of other services whose names begin like this, in order of name.
    pub fn resources<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a ResourceRecord> {
        let from = (Bound::Included(prefix), Bound::Unbounded);
        let records = self.resources.range::<str, _>(from).map(|(_, record)| record);
        records.take_while(move |record| record.name.starts_with(prefix))
    }
}
