//! GenerateMac.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{EnumValue, MacAlgorithm},
};

/// Computes a message authentication code (HMAC) under a KMS key.
#[derive(Debug, Clone, Copy)]
pub struct GenerateMac;

impl Operation for GenerateMac {
    const NAME: &'static str = "GenerateMac";
    const READ_ONLY: bool = true;
    type Input = GenerateMacInput;
    type Output = GenerateMacOutput;
}

/// What GenerateMac takes.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateMacInput {
    /// 1 to 4,096 bytes.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub message: Secret,
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// The algorithm; it has to fit the key.
    #[cfg_attr(feature = "typescript", tsify(type = "MacAlgorithm"))]
    pub mac_algorithm: EnumValue<MacAlgorithm>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What GenerateMac returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateMacOutput {
    /// The message authentication code.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub mac: Blob,
    /// The algorithm; it has to fit the key.
    pub mac_algorithm: MacAlgorithm,
    /// The key ARN.
    pub key_id: String,
}
