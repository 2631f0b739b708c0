//! GenerateDataKeyPairWithoutPlaintext.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::Blob,
    operation::Operation,
    types::{DataKeyPairSpec, EncryptionContext, EnumValue},
};

/// Makes a key pair and returns its private key encrypted under a KMS key only.
#[derive(Debug, Clone, Copy)]
pub struct GenerateDataKeyPairWithoutPlaintext;

impl Operation for GenerateDataKeyPairWithoutPlaintext {
    const NAME: &'static str = "GenerateDataKeyPairWithoutPlaintext";
    const READ_ONLY: bool = true;
    type Input = GenerateDataKeyPairWithoutPlaintextInput;
    type Output = GenerateDataKeyPairWithoutPlaintextOutput;
}

/// What GenerateDataKeyPairWithoutPlaintext takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyPairWithoutPlaintextInput {
    /// Bound to the ciphertext as associated data.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encryption_context: Option<EncryptionContext>,
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// What the pair is to be.
    #[cfg_attr(feature = "typescript", tsify(type = "DataKeyPairSpec"))]
    pub key_pair_spec: EnumValue<DataKeyPairSpec>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What GenerateDataKeyPairWithoutPlaintext returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyPairWithoutPlaintextOutput {
    /// The private key, encrypted.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub private_key_ciphertext_blob: Blob,
    /// The public key, as SubjectPublicKeyInfo in DER.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub public_key: Blob,
    /// The key ARN.
    pub key_id: String,
    /// What the pair is to be.
    pub key_pair_spec: DataKeyPairSpec,
    /// Which material of the key: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
}
