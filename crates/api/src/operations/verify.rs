//! Verify.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{EnumValue, MessageType, SigningAlgorithm},
};

/// Verifies a signature.
#[derive(Debug, Clone, Copy)]
pub struct Verify;

impl Operation for Verify {
    const NAME: &'static str = "Verify";
    const READ_ONLY: bool = true;
    type Input = VerifyInput;
    type Output = VerifyOutput;
}

/// What Verify takes.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct VerifyInput {
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// The message, or its digest.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub message: Secret,
    /// Whether `Message` is the message or its digest; `RAW` when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "MessageType", optional))]
    pub message_type: Option<EnumValue<MessageType>>,
    /// The signature; DER for ECDSA.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub signature: Blob,
    /// The algorithm; it has to fit the key.
    #[cfg_attr(feature = "typescript", tsify(type = "SigningAlgorithm"))]
    pub signing_algorithm: EnumValue<SigningAlgorithm>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What Verify returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct VerifyOutput {
    /// The key ARN.
    pub key_id: String,
    /// Always true: a signature that does not verify is refused.
    pub signature_valid: bool,
    /// The algorithm; it has to fit the key.
    pub signing_algorithm: SigningAlgorithm,
}
