//! GetPublicKey.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::Blob,
    operation::Operation,
    types::{
        EncapsulationAlgorithm, EncryptionAlgorithm, KeyAgreementAlgorithm, KeySpec, KeyUsage,
        SigningAlgorithm,
    },
};

/// Returns the public key of an asymmetric key.
#[derive(Debug, Clone, Copy)]
pub struct GetPublicKey;

impl Operation for GetPublicKey {
    const NAME: &'static str = "GetPublicKey";
    const READ_ONLY: bool = true;
    type Input = GetPublicKeyInput;
    type Output = GetPublicKeyOutput;
}

/// What GetPublicKey takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetPublicKeyInput {
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
}

/// What GetPublicKey returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetPublicKeyOutput {
    /// The key ARN.
    pub key_id: String,
    /// The public key, as SubjectPublicKeyInfo in DER.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub public_key: Blob,
    /// The deprecated name of `KeySpec`, still sent.
    pub customer_master_key_spec: KeySpec,
    /// What the key is.
    pub key_spec: KeySpec,
    /// What the key is for.
    pub key_usage: KeyUsage,
    /// How it can encrypt.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encryption_algorithms: Option<Vec<EncryptionAlgorithm>>,
    /// How it can sign.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub signing_algorithms: Option<Vec<SigningAlgorithm>>,
    /// How it can agree on a secret.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_agreement_algorithms: Option<Vec<KeyAgreementAlgorithm>>,
    /// How it can encapsulate a secret.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encapsulation_algorithms: Option<Vec<EncapsulationAlgorithm>>,
}
