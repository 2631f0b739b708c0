//! ListKeyPolicies.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::operation::Operation;

/// Lists the names of a key's policies, of which there is one.
#[derive(Debug, Clone, Copy)]
pub struct ListKeyPolicies;

impl Operation for ListKeyPolicies {
    const NAME: &'static str = "ListKeyPolicies";
    const READ_ONLY: bool = true;
    type Input = ListKeyPoliciesInput;
    type Output = ListKeyPoliciesOutput;
}

/// What ListKeyPolicies takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListKeyPoliciesInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// At most this many; see the operation for its default and largest value.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub limit: Option<i64>,
    /// Where the last page ended: its `NextMarker`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub marker: Option<String>,
}

/// What ListKeyPolicies returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListKeyPoliciesOutput {
    /// `["default"]`.
    pub policy_names: Vec<String>,
    /// What to give as `Marker` for the next page.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub next_marker: Option<String>,
    /// Whether there is a next page.
    pub truncated: bool,
}
