//! ReplicateKey.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    operation::Operation,
    types::{KeyMetadata, Tag},
};

/// Makes a replica of a multi-Region key in another Region.
#[derive(Debug, Clone, Copy)]
pub struct ReplicateKey;

impl Operation for ReplicateKey {
    const NAME: &'static str = "ReplicateKey";
    const READ_ONLY: bool = false;
    type Input = ReplicateKeyInput;
    type Output = ReplicateKeyOutput;
}

/// What ReplicateKey takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ReplicateKeyInput {
    /// The primary key: its key ID or key ARN.
    pub key_id: String,
    /// Where to.
    pub replica_region: String,
    /// The replica's key policy, as JSON text; the default policy when absent.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub policy: Option<String>,
    /// Accept a policy under which the caller could never change the policy again.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub bypass_policy_lockout_safety_check: Option<bool>,
    /// Up to 8,192 characters. Not secret.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub description: Option<String>,
    /// Labels.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub tags: Option<Vec<Tag>>,
}

/// What ReplicateKey returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ReplicateKeyOutput {
    /// The replica.
    pub replica_key_metadata: KeyMetadata,
    /// Its key policy, as JSON text.
    pub replica_policy: String,
    /// Its labels.
    pub replica_tags: Vec<Tag>,
}
