//! UntagResource.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Takes labels off a key.
#[derive(Debug, Clone, Copy)]
pub struct UntagResource;

impl Operation for UntagResource {
    const NAME: &'static str = "UntagResource";
    const READ_ONLY: bool = false;
    type Input = UntagResourceInput;
    type Output = Nothing;
}

/// What UntagResource takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct UntagResourceInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// The labels to take away.
    pub tag_keys: Vec<String>,
}
