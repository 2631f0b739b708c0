//! PutKeyPolicy.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::operation::{Nothing, Operation};

/// Replaces a key's policy.
#[derive(Debug, Clone, Copy)]
pub struct PutKeyPolicy;

impl Operation for PutKeyPolicy {
    const NAME: &'static str = "PutKeyPolicy";
    const READ_ONLY: bool = false;
    type Input = PutKeyPolicyInput;
    type Output = Nothing;
}

/// What PutKeyPolicy takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct PutKeyPolicyInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// `default`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub policy_name: Option<String>,
    /// The key policy, as JSON text.
    pub policy: String,
    /// Accept a policy under which the caller could never change the policy again.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub bypass_policy_lockout_safety_check: Option<bool>,
}
