//! RotateKeyOnDemand.

use serde::{Deserialize, Serialize};

use crate::operation::Operation;

/// Gives a key new material now.
#[derive(Debug, Clone, Copy)]
pub struct RotateKeyOnDemand;

impl Operation for RotateKeyOnDemand {
    const NAME: &'static str = "RotateKeyOnDemand";
    const READ_ONLY: bool = false;
    type Input = RotateKeyOnDemandInput;
    type Output = RotateKeyOnDemandOutput;
}

/// What RotateKeyOnDemand takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct RotateKeyOnDemandInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
}

/// What RotateKeyOnDemand returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct RotateKeyOnDemandOutput {
    /// The key ARN.
    pub key_id: String,
}
