//! DeriveSharedSecret.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::{Blob, Secret},
    operation::Operation,
    types::{EnumValue, KeyAgreementAlgorithm, Origin, RecipientInfo},
};

/// Derives a raw shared secret from the private key here and a public key from elsewhere (ECDH).
#[derive(Debug, Clone, Copy)]
pub struct DeriveSharedSecret;

impl Operation for DeriveSharedSecret {
    const NAME: &'static str = "DeriveSharedSecret";
    const READ_ONLY: bool = true;
    type Input = DeriveSharedSecretInput;
    type Output = DeriveSharedSecretOutput;
}

/// What DeriveSharedSecret takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DeriveSharedSecretInput {
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// The algorithm: `ECDH`.
    #[cfg_attr(feature = "typescript", tsify(type = "KeyAgreementAlgorithm"))]
    pub key_agreement_algorithm: EnumValue<KeyAgreementAlgorithm>,
    /// The other side's public key on the same curve, as SubjectPublicKeyInfo in DER.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub public_key: Blob,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
    /// A Nitro enclave's attestation; there is none in a browser, so it is refused.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub recipient: Option<RecipientInfo>,
}

/// What DeriveSharedSecret returns.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DeriveSharedSecretOutput {
    /// The key ARN.
    pub key_id: String,
    /// The secret that both sides now have.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub shared_secret: Secret,
    /// The algorithm: `ECDH`.
    pub key_agreement_algorithm: KeyAgreementAlgorithm,
    /// Where the key's material came from.
    pub key_origin: Origin,
}
