//! EnableKeyRotation.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::operation::{Nothing, Operation};

/// Has a key rotate by itself. Called again, it changes the period.
#[derive(Debug, Clone, Copy)]
pub struct EnableKeyRotation;

impl Operation for EnableKeyRotation {
    const NAME: &'static str = "EnableKeyRotation";
    const READ_ONLY: bool = false;
    type Input = EnableKeyRotationInput;
    type Output = Nothing;
}

/// What EnableKeyRotation takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct EnableKeyRotationInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// 90 to 2,560; 365 when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub rotation_period_in_days: Option<i64>,
}
