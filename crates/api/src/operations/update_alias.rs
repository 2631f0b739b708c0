//! UpdateAlias.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Points an alias to another key of the same kind.
#[derive(Debug, Clone, Copy)]
pub struct UpdateAlias;

impl Operation for UpdateAlias {
    const NAME: &'static str = "UpdateAlias";
    const READ_ONLY: bool = false;
    type Input = UpdateAliasInput;
    type Output = Nothing;
}

/// What UpdateAlias takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct UpdateAliasInput {
    /// `alias/…`
    pub alias_name: String,
    /// Key ID or key ARN; not an alias.
    pub target_key_id: String,
}
