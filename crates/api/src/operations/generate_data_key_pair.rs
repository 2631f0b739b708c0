//! GenerateDataKeyPair.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{DataKeyPairSpec, EncryptionContext, EnumValue, RecipientInfo},
};

/// Makes a key pair and returns its private key twice: in the clear, and encrypted under a KMS key.
#[derive(Debug, Clone, Copy)]
pub struct GenerateDataKeyPair;

impl Operation for GenerateDataKeyPair {
    const NAME: &'static str = "GenerateDataKeyPair";
    const READ_ONLY: bool = true;
    type Input = GenerateDataKeyPairInput;
    type Output = GenerateDataKeyPairOutput;
}

/// What GenerateDataKeyPair takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyPairInput {
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
    /// A Nitro enclave's attestation; there is none in a browser, so it is refused.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub recipient: Option<RecipientInfo>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
}

/// What GenerateDataKeyPair returns.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyPairOutput {
    /// The private key, encrypted.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub private_key_ciphertext_blob: Blob,
    /// The private key in the clear, as PKCS #8 in DER: use it, then forget it.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub private_key_plaintext: Secret,
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
