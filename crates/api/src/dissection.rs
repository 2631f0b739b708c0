//! What some bytes are and which of them mean what, to whoever looks at them. Nothing is opened and nothing is verified.

use serde::{Deserialize, Serialize};

use crate::inspection::Field;

/// Some bytes, part by part, as far as they could be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dissection {
    /// What they are.
    pub kind: BlobKind,
    /// The parts in their order, one after the other. Bytes that belong to none have no meaning here.
    pub fields: Vec<Field>,
    /// Why they are not what their kind has to be, in words; none where nothing is wrong.
    pub problem: Option<String>,
}

/// What some bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BlobKind {
    /// The ciphertext blob of a symmetric KMS key.
    Ciphertext,
    /// An AWS Encryption SDK message.
    Message,
    /// A SubjectPublicKeyInfo in DER.
    PublicKey,
    /// An import token.
    ImportToken,
    /// A grant token, without its base64.
    GrantToken,
    /// A policy in JSON.
    Policy,
    /// Other JSON.
    Json,
    /// Text that stands for bytes: base64, PEM or hexadecimal.
    Encoded,
    /// Other text.
    Text,
    /// Nothing that is known here.
    Unknown,
}
