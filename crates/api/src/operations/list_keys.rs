//! ListKeys.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    operation::Operation,
    types::{EnumValue, KeyListEntry, ResourceOwner},
};

/// Lists the keys of the caller's account and Region, 100 a page (1,000 at most).
#[derive(Debug, Clone, Copy)]
pub struct ListKeys;

impl Operation for ListKeys {
    const NAME: &'static str = "ListKeys";
    const READ_ONLY: bool = true;
    type Input = ListKeysInput;
    type Output = ListKeysOutput;
}

/// What ListKeys takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListKeysInput {
    /// At most this many; see the operation for its default and largest value.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub limit: Option<i64>,
    /// Where the last page ended: its `NextMarker`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub marker: Option<String>,
    /// Whose keys to list; the caller's when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "ResourceOwner[]", optional))]
    pub resource_owners: Option<Vec<EnumValue<ResourceOwner>>>,
}

/// What ListKeys returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListKeysOutput {
    /// In no order that means anything.
    pub keys: Vec<KeyListEntry>,
    /// What to give as `Marker` for the next page.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub next_marker: Option<String>,
    /// Whether there is a next page.
    pub truncated: bool,
}
