//! ReEncrypt.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::Blob,
    operation::Operation,
    types::{EncryptionAlgorithm, EncryptionContext, EnumValue},
};

/// Opens a ciphertext and encrypts it again, under another key or another context, without showing the plaintext.
#[derive(Debug, Clone, Copy)]
pub struct ReEncrypt;

impl Operation for ReEncrypt {
    const NAME: &'static str = "ReEncrypt";
    const READ_ONLY: bool = true;
    type Input = ReEncryptInput;
    type Output = ReEncryptOutput;
}

/// What ReEncrypt takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ReEncryptInput {
    /// 1 to 6,144 bytes.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array", optional))]
    pub ciphertext_blob: Option<Blob>,
    /// What the ciphertext is bound to now.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub source_encryption_context: Option<EncryptionContext>,
    /// When given, the ciphertext must be that key's.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub source_key_id: Option<String>,
    /// Key ID, key ARN, alias name or alias ARN.
    pub destination_key_id: String,
    /// What the new ciphertext is to be bound to.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub destination_encryption_context: Option<EncryptionContext>,
    /// Only `SYMMETRIC_DEFAULT` for symmetric keys.
    #[cfg_attr(feature = "typescript", tsify(type = "EncryptionAlgorithm", optional))]
    pub source_encryption_algorithm: Option<EnumValue<EncryptionAlgorithm>>,
    /// Only `SYMMETRIC_DEFAULT` for symmetric keys.
    #[cfg_attr(feature = "typescript", tsify(type = "EncryptionAlgorithm", optional))]
    pub destination_encryption_algorithm: Option<EnumValue<EncryptionAlgorithm>>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
    /// `IGNORE_CIPHERTEXT`: with `DryRun`, check without a ciphertext.
    #[cfg_attr(feature = "typescript", tsify(type = "DryRunModifier[]", optional))]
    pub dry_run_modifiers: Option<Vec<String>>,
}

/// What ReEncrypt returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ReEncryptOutput {
    /// The new ciphertext.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub ciphertext_blob: Blob,
    /// The ARN of the key that opened it.
    pub source_key_id: String,
    /// The key ARN.
    pub key_id: String,
    /// The algorithm used.
    pub source_encryption_algorithm: EncryptionAlgorithm,
    /// The algorithm used.
    pub destination_encryption_algorithm: EncryptionAlgorithm,
    /// Which material of the key was used: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub source_key_material_id: Option<String>,
    /// Which material of the key was used: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub destination_key_material_id: Option<String>,
}
