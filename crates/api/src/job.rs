//! Work on whole files.

use serde::{Deserialize, Serialize};

use crate::{Secret, trace::Trace, types::EncryptionContext};

/// What to do with a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Job {
    /// Write it as an AWS Encryption SDK message.
    Encrypt(EncryptOptions),
    /// Read it as one.
    Decrypt(DecryptOptions),
    /// Read all of it as one, to its signature, and keep nothing: what came out is only counted.
    Verify(DecryptOptions),
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
    /// When there are any, the files are packed, in their order, under these paths, so that names, types and times travel
    /// encrypted. Otherwise the message is of the one file's bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pack: Vec<String>,
}

/// What to insist on when a message is read, and with what to read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DecryptOptions {
    /// Whether messages without key commitment are read.
    pub commitment_policy: CommitmentPolicy,
    /// The most encrypted data keys that a header may hold. Refused while it is parsed, so before anybody is asked.
    pub max_encrypted_data_keys: u16,
    /// Wrapping keys that are tried before the key service is asked, for messages that came from elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub raw_keys: Vec<RawKey>,
}

/// A wrapping key without a key service: a raw AES or RSA keyring of the AWS Encryption SDK.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RawKey {
    /// With the name, what messages know it by.
    pub namespace: String,
    /// See `namespace`.
    pub name: String,
    /// 16, 24 or 32 bytes for AES; for RSA the private key in PKCS #8, DER.
    pub key: Secret,
    /// How it wraps, when it is one for RSA.
    pub padding: Option<RsaPadding>,
}

impl Clone for RawKey {
    /// With a copy of the key, which is erased like the key itself. A job may be asked for again.
    fn clone(&self) -> Self {
        let (namespace, name) = (self.namespace.clone(), self.name.clone());
        Self { namespace, name, key: self.key.expose().into(), padding: self.padding }
    }
}

/// How RSA wraps a data key, by the names of the AWS Encryption SDK for Python. MGF1 has the hash function of OAEP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RsaPadding {
    /// RSAES-PKCS1-v1_5.
    #[serde(rename = "RSA_PKCS1")]
    Pkcs1,
    /// RSAES-OAEP with SHA-1.
    #[serde(rename = "RSA_OAEP_SHA1_MGF1")]
    OaepSha1,
    /// RSAES-OAEP with SHA-256.
    #[serde(rename = "RSA_OAEP_SHA256_MGF1")]
    OaepSha256,
    /// RSAES-OAEP with SHA-384.
    #[serde(rename = "RSA_OAEP_SHA384_MGF1")]
    OaepSha384,
    /// RSAES-OAEP with SHA-512.
    #[serde(rename = "RSA_OAEP_SHA512_MGF1")]
    OaepSha512,
}

impl Default for DecryptOptions {
    fn default() -> Self {
        let commitment_policy = CommitmentPolicy::default();
        Self { commitment_policy, max_encrypted_data_keys: 50, raw_keys: Vec::new() }
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
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobReport {
    /// What happened, up to the end or up to the failure.
    pub trace: Trace,
    /// The context that the message carries.
    pub context: EncryptionContext,
    /// Bytes that went in.
    pub input_length: u64,
    /// Bytes that came out, or would have; 0 after a failure.
    pub output_length: u64,
    /// The files that are packed in the message, if any are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<PackedFile>,
    /// Whether files seem to be packed in the message that cannot be found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contents_damaged: bool,
}

/// What is told of a file that is packed in a message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackedFile {
    /// Its name, with the folders that it is in: `letters/2026/may.txt`.
    pub path: String,
    /// Its bytes.
    pub length: u64,
    /// Its media type: `image/jpeg`. Empty when it is not known.
    pub media_type: String,
    /// When it was last changed, in milliseconds since 1970.
    pub modified: i64,
}
