//! GetKeyLastUsage.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{operation::Operation, time::Timestamp, types::KeyLastUsageData};

/// Returns when a key was last used for a cryptographic operation.
#[derive(Debug, Clone, Copy)]
pub struct GetKeyLastUsage;

impl Operation for GetKeyLastUsage {
    const NAME: &'static str = "GetKeyLastUsage";
    const READ_ONLY: bool = true;
    type Input = GetKeyLastUsageInput;
    type Output = GetKeyLastUsageOutput;
}

/// What GetKeyLastUsage takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyLastUsageInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
}

/// What GetKeyLastUsage returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyLastUsageOutput {
    /// The key ARN.
    pub key_id: String,
    /// The last one, where there was one.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_last_usage: Option<KeyLastUsageData>,
    /// Uses before this time are not known.
    #[cfg_attr(feature = "typescript", tsify(type = "Date"))]
    pub tracking_start_date: Timestamp,
    /// When the key was made.
    #[cfg_attr(feature = "typescript", tsify(type = "Date"))]
    pub key_creation_date: Timestamp,
}
