//! DisableKey.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Keeps a key but refuses its use to everyone.
#[derive(Debug, Clone, Copy)]
pub struct DisableKey;

impl Operation for DisableKey {
    const NAME: &'static str = "DisableKey";
    const READ_ONLY: bool = false;
    type Input = DisableKeyInput;
    type Output = Nothing;
}

/// What DisableKey takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DisableKeyInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
}
