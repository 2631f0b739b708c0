//! Sign.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{EnumValue, MessageType, SigningAlgorithm},
};

/// Signs a message or its digest.
#[derive(Debug, Clone, Copy)]
pub struct Sign;

impl Operation for Sign {
    const NAME: &'static str = "Sign";
    const READ_ONLY: bool = true;
    type Input = SignInput;
    type Output = SignOutput;
}

/// What Sign takes.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct SignInput {
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// The message, or its digest: 1 to 4,096 bytes.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub message: Secret,
    /// Whether `Message` is the message or its digest; `RAW` when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "MessageType", optional))]
    pub message_type: Option<EnumValue<MessageType>>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// The algorithm; it has to fit the key.
    #[cfg_attr(feature = "typescript", tsify(type = "SigningAlgorithm"))]
    pub signing_algorithm: EnumValue<SigningAlgorithm>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What Sign returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct SignOutput {
    /// The key ARN.
    pub key_id: String,
    /// The signature; DER for ECDSA.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub signature: Blob,
    /// The algorithm; it has to fit the key.
    pub signing_algorithm: SigningAlgorithm,
}
