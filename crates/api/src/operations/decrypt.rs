//! Decrypt.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{EncryptionAlgorithm, EncryptionContext, EnumValue, RecipientInfo},
};

/// Opens a ciphertext made by Encrypt, ReEncrypt or GenerateDataKey.
#[derive(Debug, Clone, Copy)]
pub struct Decrypt;

impl Operation for Decrypt {
    const NAME: &'static str = "Decrypt";
    const READ_ONLY: bool = true;
    type Input = DecryptInput;
    type Output = DecryptOutput;
}

/// What Decrypt takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DecryptInput {
    /// 1 to 6,144 bytes.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array", optional))]
    pub ciphertext_blob: Option<Blob>,
    /// Bound to the ciphertext as associated data.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encryption_context: Option<EncryptionContext>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Key ID, key ARN, alias name or alias ARN. When given, the ciphertext must be that key's.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_id: Option<String>,
    /// Only `SYMMETRIC_DEFAULT` for symmetric keys.
    #[cfg_attr(feature = "typescript", tsify(type = "EncryptionAlgorithm", optional))]
    pub encryption_algorithm: Option<EnumValue<EncryptionAlgorithm>>,
    /// A Nitro enclave's attestation; there is none in a browser, so it is refused.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub recipient: Option<RecipientInfo>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
    /// `IGNORE_CIPHERTEXT`: with `DryRun`, check without a ciphertext.
    #[cfg_attr(feature = "typescript", tsify(type = "DryRunModifier[]", optional))]
    pub dry_run_modifiers: Option<Vec<String>>,
}

/// What Decrypt returns.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DecryptOutput {
    /// The key ARN.
    pub key_id: String,
    /// What was encrypted.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub plaintext: Secret,
    /// The algorithm used.
    pub encryption_algorithm: EncryptionAlgorithm,
    /// Which material of the key was used: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
}
