//! VerifyMac.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{EnumValue, MacAlgorithm},
};

/// Verifies a message authentication code.
#[derive(Debug, Clone, Copy)]
pub struct VerifyMac;

impl Operation for VerifyMac {
    const NAME: &'static str = "VerifyMac";
    const READ_ONLY: bool = true;
    type Input = VerifyMacInput;
    type Output = VerifyMacOutput;
}

/// What VerifyMac takes.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct VerifyMacInput {
    /// The message.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub message: Secret,
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// The algorithm; it has to fit the key.
    #[cfg_attr(feature = "typescript", tsify(type = "MacAlgorithm"))]
    pub mac_algorithm: EnumValue<MacAlgorithm>,
    /// The message authentication code.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub mac: Blob,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What VerifyMac returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct VerifyMacOutput {
    /// The key ARN.
    pub key_id: String,
    /// Always true: a code that does not verify is refused.
    pub mac_valid: bool,
    /// The algorithm; it has to fit the key.
    pub mac_algorithm: MacAlgorithm,
}
