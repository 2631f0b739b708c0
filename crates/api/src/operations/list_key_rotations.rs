//! ListKeyRotations.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    operation::Operation,
    types::{EnumValue, IncludeKeyMaterial, RotationsListEntry},
};

/// Lists the rotations of a key, 100 a page (1,000 at most).
#[derive(Debug, Clone, Copy)]
pub struct ListKeyRotations;

impl Operation for ListKeyRotations {
    const NAME: &'static str = "ListKeyRotations";
    const READ_ONLY: bool = true;
    type Input = ListKeyRotationsInput;
    type Output = ListKeyRotationsOutput;
}

/// What ListKeyRotations takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListKeyRotationsInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// Whether to list materials that no rotation brought; `ROTATIONS_ONLY` when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "IncludeKeyMaterial", optional))]
    pub include_key_material: Option<EnumValue<IncludeKeyMaterial>>,
    /// At most this many; see the operation for its default and largest value.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub limit: Option<i64>,
    /// Where the last page ended: its `NextMarker`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub marker: Option<String>,
}

/// What ListKeyRotations returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListKeyRotationsOutput {
    /// From the newest to the oldest.
    pub rotations: Vec<RotationsListEntry>,
    /// What to give as `Marker` for the next page.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub next_marker: Option<String>,
    /// Whether there is a next page.
    pub truncated: bool,
}
