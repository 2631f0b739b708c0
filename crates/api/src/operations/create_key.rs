//! CreateKey.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    operation::Operation,
    types::{CustomerMasterKeySpec, EnumValue, KeyMetadata, KeySpec, KeyUsage, Origin, Tag},
};

/// Makes a KMS key. Its spec, usage, origin and multi-Region property are fixed from then on.
#[derive(Debug, Clone, Copy)]
pub struct CreateKey;

impl Operation for CreateKey {
    const NAME: &'static str = "CreateKey";
    const READ_ONLY: bool = false;
    type Input = CreateKeyInput;
    type Output = CreateKeyOutput;
}

/// What CreateKey takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CreateKeyInput {
    /// The key policy, as JSON text; the default policy when absent.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub policy: Option<String>,
    /// Up to 8,192 characters. Not secret.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub description: Option<String>,
    /// What it is for; `ENCRYPT_DECRYPT` when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "KeyUsage", optional))]
    pub key_usage: Option<EnumValue<KeyUsage>>,
    /// The deprecated name of `KeySpec`.
    #[cfg_attr(feature = "typescript", tsify(type = "CustomerMasterKeySpec", optional))]
    pub customer_master_key_spec: Option<EnumValue<CustomerMasterKeySpec>>,
    /// What its material is; `SYMMETRIC_DEFAULT` when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "KeySpec", optional))]
    pub key_spec: Option<EnumValue<KeySpec>>,
    /// Where its material comes from; `AWS_KMS` when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "Origin", optional))]
    pub origin: Option<EnumValue<Origin>>,
    /// The custom key store to make it in.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub custom_key_store_id: Option<String>,
    /// Accept a policy under which the caller could never change the policy again.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub bypass_policy_lockout_safety_check: Option<bool>,
    /// Labels.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub tags: Option<Vec<Tag>>,
    /// Whether it can be replicated into other Regions; false when absent.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub multi_region: Option<bool>,
    /// The key's name in an external key store.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub xks_key_id: Option<String>,
}

/// What CreateKey returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CreateKeyOutput {
    /// The new key.
    pub key_metadata: KeyMetadata,
}
