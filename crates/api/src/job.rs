//! Work on whole files.

use serde::{Deserialize, Serialize};

use crate::{trace::Trace, types::EncryptionContext};

/// What to do with a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Job {
    /// Write it as an AWS Encryption SDK message.
    Encrypt(EncryptOptions),
    /// Read it as one.
    Decrypt(DecryptOptions),
    /// Say what it says, without a key. What comes out is an [`Inspection`](crate::inspection::Inspection) in JSON.
    Inspect,
}

/// How to write a message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EncryptOptions {
    /// The KMS keys that will be able to open it, each by any of the four identifiers. The first makes the data key.
    pub key_ids: Vec<String>,
    /// Authenticated, not secret.
    pub context: EncryptionContext,
    /// Bytes of plaintext in a frame; [`DEFAULT_FRAME_LENGTH`] when absent.
    pub frame_length: Option<u32>,
    /// The number of the algorithm suite; [`COMMITTING_SUITE`] when absent.
    pub suite: Option<u16>,
}

/// What to insist on when a message is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DecryptOptions {
    /// Whether messages without key commitment are read.
    pub commitment_policy: CommitmentPolicy,
    /// The most encrypted data keys that a header may hold. Refused while it is parsed, so before anybody is asked.
    pub max_encrypted_data_keys: u16,
}

impl Default for DecryptOptions {
    fn default() -> Self {
        Self { commitment_policy: CommitmentPolicy::default(), max_encrypted_data_keys: 50 }
    }
}

/// Whether the algorithm suite has to commit to its key. Only committing suites are written here, so that these differ in
/// what is read.
/// Source: "Setting your commitment policy" in the AWS Encryption SDK developer guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CommitmentPolicy {
    /// Only messages of committing suites are read.
    #[default]
    RequireEncryptRequireDecrypt,
    /// Messages of all suites are read.
    RequireEncryptAllowDecrypt,
    /// Messages of all suites are read.
    ForbidEncryptAllowDecrypt,
}

/// 256 KiB: the frame length at which browsers' WebCrypto was measured to be fastest.
pub const DEFAULT_FRAME_LENGTH: u32 = 256 * 1024;

/// AES-256-GCM, HKDF-SHA-512, key commitment.
pub const COMMITTING_SUITE: u16 = 0x0478;
/// The same with a signature at the end of the message, ECDSA on P-384.
pub const SIGNED_SUITE: u16 = 0x0578;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobReport {
    /// What happened, up to the end or up to the failure.
    pub trace: Trace,
    /// The context that the message carries.
    pub context: EncryptionContext,
    /// Bytes that went in.
    pub input_length: u64,
    /// Bytes that came out; 0 after a failure.
    pub output_length: u64,
}
