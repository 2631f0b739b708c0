//! Work on whole files.

use serde::{Deserialize, Serialize};

use crate::{trace::Trace, types::EncryptionContext};

/// What to do with a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Job {
    /// Write it as an AWS Encryption SDK message.
    Encrypt {
        /// The KMS key to use: any of the four identifiers.
        key_id: String,
        /// Authenticated, not secret.
        context: EncryptionContext,
        /// Bytes of plaintext in a frame; [`DEFAULT_FRAME_LENGTH`] when absent.
        frame_length: Option<u32>,
    },
    /// Read it as one.
    Decrypt,
}

/// 256 KiB: the frame length at which browsers' WebCrypto was measured to be fastest.
pub const DEFAULT_FRAME_LENGTH: u32 = 256 * 1024;

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
