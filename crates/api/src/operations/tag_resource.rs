//! TagResource.

use serde::{Deserialize, Serialize};

use crate::{
    operation::{Nothing, Operation},
    types::Tag,
};

/// Puts labels on a key; the value of a label that is there already is replaced.
#[derive(Debug, Clone, Copy)]
pub struct TagResource;

impl Operation for TagResource {
    const NAME: &'static str = "TagResource";
    const READ_ONLY: bool = false;
    type Input = TagResourceInput;
    type Output = Nothing;
}

/// What TagResource takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct TagResourceInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// Labels.
    pub tags: Vec<Tag>,
}
