//! ListGrants.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{operation::Operation, types::GrantListEntry};

/// Lists the grants of a key, 50 a page (100 at most).
#[derive(Debug, Clone, Copy)]
pub struct ListGrants;

impl Operation for ListGrants {
    const NAME: &'static str = "ListGrants";
    const READ_ONLY: bool = true;
    type Input = ListGrantsInput;
    type Output = ListGrantsOutput;
}

/// What ListGrants takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListGrantsInput {
    /// At most this many; see the operation for its default and largest value.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub limit: Option<i64>,
    /// Where the last page ended: its `NextMarker`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub marker: Option<String>,
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// Only this one.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_id: Option<String>,
    /// Only those of this principal.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grantee_principal: Option<String>,
    /// Only those of this service.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grantee_service_principal: Option<String>,
}

/// What ListGrants returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListGrantsOutput {
    /// In order of grant ID.
    pub grants: Vec<GrantListEntry>,
    /// What to give as `Marker` for the next page.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub next_marker: Option<String>,
    /// Whether there is a next page.
    pub truncated: bool,
}
