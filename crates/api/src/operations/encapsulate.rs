//! Encapsulate.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{EncapsulationAlgorithm, EnumValue},
};

/// Makes a shared secret for the holder of the private key (ML-KEM, FIPS 203).
#[derive(Debug, Clone, Copy)]
pub struct Encapsulate;

impl Operation for Encapsulate {
    const NAME: &'static str = "Encapsulate";
    const READ_ONLY: bool = true;
    type Input = EncapsulateInput;
    type Output = EncapsulateOutput;
}

/// What Encapsulate takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct EncapsulateInput {
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// The algorithm: `ML_KEM`.
    #[cfg_attr(feature = "typescript", tsify(type = "EncapsulationAlgorithm"))]
    pub encapsulation_algorithm: EnumValue<EncapsulationAlgorithm>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What Encapsulate returns.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct EncapsulateOutput {
    /// The key ARN.
    pub key_id: String,
    /// The secret that both sides now have.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub shared_secret: Secret,
    /// The shared secret, encapsulated under the public key.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub shared_secret_ciphertext_blob: Blob,
    /// The algorithm: `ML_KEM`.
    pub encapsulation_algorithm: EncapsulationAlgorithm,
}
