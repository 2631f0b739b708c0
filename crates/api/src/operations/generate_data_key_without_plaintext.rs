//! GenerateDataKeyWithoutPlaintext.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::Blob,
    operation::Operation,
    types::{DataKeySpec, EncryptionContext, EnumValue},
};

/// Makes a random data key and returns it encrypted only.
#[derive(Debug, Clone, Copy)]
pub struct GenerateDataKeyWithoutPlaintext;

impl Operation for GenerateDataKeyWithoutPlaintext {
    const NAME: &'static str = "GenerateDataKeyWithoutPlaintext";
    const READ_ONLY: bool = true;
    type Input = GenerateDataKeyWithoutPlaintextInput;
    type Output = GenerateDataKeyWithoutPlaintextOutput;
}

/// What GenerateDataKeyWithoutPlaintext takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyWithoutPlaintextInput {
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
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What GenerateDataKeyWithoutPlaintext returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyWithoutPlaintextOutput {
    /// The data key, encrypted.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub ciphertext_blob: Blob,
    /// The key ARN.
    pub key_id: String,
    /// Which material of the key was used: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
}
