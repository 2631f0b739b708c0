//! Encrypt.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{EncryptionAlgorithm, EncryptionContext, EnumValue},
};

/// Encrypts up to 4,096 bytes under a KMS key.
#[derive(Debug, Clone, Copy)]
pub struct Encrypt;

impl Operation for Encrypt {
    const NAME: &'static str = "Encrypt";
    const READ_ONLY: bool = true;
    type Input = EncryptInput;
    type Output = EncryptOutput;
}

/// What Encrypt takes.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct EncryptInput {
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// 1 to 4,096 bytes.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub plaintext: Secret,
    /// Bound to the ciphertext as associated data.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encryption_context: Option<EncryptionContext>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Only `SYMMETRIC_DEFAULT` for symmetric keys.
    #[cfg_attr(feature = "typescript", tsify(type = "EncryptionAlgorithm", optional))]
    pub encryption_algorithm: Option<EnumValue<EncryptionAlgorithm>>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What Encrypt returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct EncryptOutput {
    /// At most 6,144 bytes; names its key.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub ciphertext_blob: Blob,
    /// The key ARN.
    pub key_id: String,
    /// The algorithm used.
    pub encryption_algorithm: EncryptionAlgorithm,
}
