//! DeleteAlias.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Takes a name away from a key. The key stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct DeleteAlias;

impl Operation for DeleteAlias {
    const NAME: &'static str = "DeleteAlias";
    const READ_ONLY: bool = false;
    type Input = DeleteAliasInput;
    type Output = Nothing;
}

/// What DeleteAlias takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DeleteAliasInput {
    /// `alias/…`
    pub alias_name: String,
}
