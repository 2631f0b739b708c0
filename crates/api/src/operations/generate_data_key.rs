//! GenerateDataKey.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{DataKeySpec, EncryptionContext, EnumValue, RecipientInfo},
};

/// Makes a random data key and returns it twice: in the clear, and encrypted under a KMS key.
#[derive(Debug, Clone, Copy)]
pub struct GenerateDataKey;

impl Operation for GenerateDataKey {
    const NAME: &'static str = "GenerateDataKey";
    const READ_ONLY: bool = true;
    type Input = GenerateDataKeyInput;
    type Output = GenerateDataKeyOutput;
}

/// What GenerateDataKey takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyInput {
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// Bound to the ciphertext as associated data.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encryption_context: Option<EncryptionContext>,
    /// 1 to 1,024; this or `KeySpec`.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub number_of_bytes: Option<i64>,
    /// `AES_256` or `AES_128`; this or `NumberOfBytes`.
    #[cfg_attr(feature = "typescript", tsify(type = "DataKeySpec", optional))]
    pub key_spec: Option<EnumValue<DataKeySpec>>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// A Nitro enclave's attestation; there is none in a browser, so it is refused.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub recipient: Option<RecipientInfo>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What GenerateDataKey returns.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyOutput {
    /// The data key, encrypted.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub ciphertext_blob: Blob,
    /// The data key in the clear: use it, then forget it.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub plaintext: Secret,
    /// The key ARN.
    pub key_id: String,
    /// Which material of the key was used: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
}
