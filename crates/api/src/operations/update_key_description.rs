//! UpdateKeyDescription.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Replaces a key's description.
#[derive(Debug, Clone, Copy)]
pub struct UpdateKeyDescription;

impl Operation for UpdateKeyDescription {
    const NAME: &'static str = "UpdateKeyDescription";
    const READ_ONLY: bool = false;
    type Input = UpdateKeyDescriptionInput;
    type Output = Nothing;
}

/// What UpdateKeyDescription takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct UpdateKeyDescriptionInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// Up to 8,192 characters. Not secret.
    pub description: String,
}
