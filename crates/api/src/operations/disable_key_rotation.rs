//! DisableKeyRotation.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Ends the automatic rotation of a key.
#[derive(Debug, Clone, Copy)]
pub struct DisableKeyRotation;

impl Operation for DisableKeyRotation {
    const NAME: &'static str = "DisableKeyRotation";
    const READ_ONLY: bool = false;
    type Input = DisableKeyRotationInput;
    type Output = Nothing;
}

/// What DisableKeyRotation takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DisableKeyRotationInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
}
