//! GetKeyPolicy.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::operation::Operation;

/// Returns a key's policy.
#[derive(Debug, Clone, Copy)]
pub struct GetKeyPolicy;

impl Operation for GetKeyPolicy {
    const NAME: &'static str = "GetKeyPolicy";
    const READ_ONLY: bool = true;
    type Input = GetKeyPolicyInput;
    type Output = GetKeyPolicyOutput;
}

/// What GetKeyPolicy takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyPolicyInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// `default`, the only one.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub policy_name: Option<String>,
}

/// What GetKeyPolicy returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyPolicyOutput {
    /// The policy, as JSON text.
    pub policy: String,
    /// `default`.
    pub policy_name: String,
}
