//! CreateAlias.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Gives a key another name, unique in its account and Region.
#[derive(Debug, Clone, Copy)]
pub struct CreateAlias;

impl Operation for CreateAlias {
    const NAME: &'static str = "CreateAlias";
    const READ_ONLY: bool = false;
    type Input = CreateAliasInput;
    type Output = Nothing;
}

/// What CreateAlias takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CreateAliasInput {
    /// `alias/…`, not `alias/aws/…`.
    pub alias_name: String,
    /// Key ID or key ARN; not an alias.
    pub target_key_id: String,
}
