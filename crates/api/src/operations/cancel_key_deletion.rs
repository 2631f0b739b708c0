//! CancelKeyDeletion.

use serde::{Deserialize, Serialize};

use crate::operation::Operation;

/// Rescues a key that waits for its deletion. It comes back disabled.
#[derive(Debug, Clone, Copy)]
pub struct CancelKeyDeletion;

impl Operation for CancelKeyDeletion {
    const NAME: &'static str = "CancelKeyDeletion";
    const READ_ONLY: bool = false;
    type Input = CancelKeyDeletionInput;
    type Output = CancelKeyDeletionOutput;
}

/// What CancelKeyDeletion takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CancelKeyDeletionInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
}

/// What CancelKeyDeletion returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CancelKeyDeletionOutput {
    /// The key ARN.
    pub key_id: String,
}
