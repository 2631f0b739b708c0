//! DescribeCustomKeyStores.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{operation::Operation, types::CustomKeyStoresListEntry};

/// Lists the custom key stores of the caller's account and Region.
#[derive(Debug, Clone, Copy)]
pub struct DescribeCustomKeyStores;

impl Operation for DescribeCustomKeyStores {
    const NAME: &'static str = "DescribeCustomKeyStores";
    const READ_ONLY: bool = true;
    type Input = DescribeCustomKeyStoresInput;
    type Output = DescribeCustomKeyStoresOutput;
}

/// What DescribeCustomKeyStores takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DescribeCustomKeyStoresInput {
    /// Only this one; this or the name.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub custom_key_store_id: Option<String>,
    /// Only this one; this or the ID.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub custom_key_store_name: Option<String>,
    /// At most this many; see the operation for its default and largest value.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub limit: Option<i64>,
    /// Where the last page ended: its `NextMarker`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub marker: Option<String>,
}

/// What DescribeCustomKeyStores returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DescribeCustomKeyStoresOutput {
    /// In order of ID.
    pub custom_key_stores: Vec<CustomKeyStoresListEntry>,
    /// What to give as `Marker` for the next page.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub next_marker: Option<String>,
    /// Whether there is a next page.
    pub truncated: bool,
}
