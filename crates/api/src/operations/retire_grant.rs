//! RetireGrant.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::operation::{Nothing, Operation};

/// Ends a grant that is no longer needed, from the side that it was made for.
#[derive(Debug, Clone, Copy)]
pub struct RetireGrant;

impl Operation for RetireGrant {
    const NAME: &'static str = "RetireGrant";
    const READ_ONLY: bool = false;
    type Input = RetireGrantInput;
    type Output = Nothing;
}

/// What RetireGrant takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct RetireGrantInput {
    /// This, or the other two.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_token: Option<String>,
    /// The key ARN, with `GrantId`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_id: Option<String>,
    /// With `KeyId`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_id: Option<String>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}
