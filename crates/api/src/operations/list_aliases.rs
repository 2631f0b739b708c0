//! ListAliases.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{operation::Operation, types::AliasListEntry};

/// Lists the aliases of the caller's account and Region, 50 a page (100 at most).
#[derive(Debug, Clone, Copy)]
pub struct ListAliases;

impl Operation for ListAliases {
    const NAME: &'static str = "ListAliases";
    const READ_ONLY: bool = true;
    type Input = ListAliasesInput;
    type Output = ListAliasesOutput;
}

/// What ListAliases takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListAliasesInput {
    /// Only those of this key: key ID or key ARN.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_id: Option<String>,
    /// At most this many; see the operation for its default and largest value.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub limit: Option<i64>,
    /// Where the last page ended: its `NextMarker`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub marker: Option<String>,
}

/// What ListAliases returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListAliasesOutput {
    /// In order of name.
    pub aliases: Vec<AliasListEntry>,
    /// What to give as `Marker` for the next page.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub next_marker: Option<String>,
    /// Whether there is a next page.
    pub truncated: bool,
}
