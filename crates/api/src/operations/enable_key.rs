//! EnableKey.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Makes a disabled key usable again.
#[derive(Debug, Clone, Copy)]
pub struct EnableKey;

impl Operation for EnableKey {
    const NAME: &'static str = "EnableKey";
    const READ_ONLY: bool = false;
    type Input = EnableKeyInput;
    type Output = Nothing;
}

/// What EnableKey takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct EnableKeyInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
}
