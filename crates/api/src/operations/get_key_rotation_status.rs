//! GetKeyRotationStatus.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{operation::Operation, time::Timestamp};

/// Returns whether and when a key rotates by itself.
#[derive(Debug, Clone, Copy)]
pub struct GetKeyRotationStatus;

impl Operation for GetKeyRotationStatus {
    const NAME: &'static str = "GetKeyRotationStatus";
    const READ_ONLY: bool = true;
    type Input = GetKeyRotationStatusInput;
    type Output = GetKeyRotationStatusOutput;
}

/// What GetKeyRotationStatus takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyRotationStatusInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
}

/// What GetKeyRotationStatus returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyRotationStatusOutput {
    /// Whether the key rotates by itself.
    pub key_rotation_enabled: bool,
    /// The key ARN.
    pub key_id: String,
    /// Days between rotations.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub rotation_period_in_days: Option<i64>,
    /// When it will rotate next.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub next_rotation_date: Option<Timestamp>,
    /// When the rotation began that is still running.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub on_demand_rotation_start_date: Option<Timestamp>,
}
