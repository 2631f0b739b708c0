//! RevokeGrant.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::operation::{Nothing, Operation};

/// Ends a grant, from the side of the key's administrators.
#[derive(Debug, Clone, Copy)]
pub struct RevokeGrant;

impl Operation for RevokeGrant {
    const NAME: &'static str = "RevokeGrant";
    const READ_ONLY: bool = false;
    type Input = RevokeGrantInput;
    type Output = Nothing;
}

/// What RevokeGrant takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct RevokeGrantInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// The grant's ID.
    pub grant_id: String,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}
