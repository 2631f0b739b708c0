//! What an AWS Encryption SDK message says to whoever has no key for it. None of it is verified.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{LocalError, types::EncryptionContext};

/// A message, field by field, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    /// Bytes in all.
    pub length: u64,
    /// Which algorithm suite it uses.
    pub suite: Option<SuiteFacts>,
    /// The fields of the header, in their order, one after the other.
    pub header: Vec<Field>,
    /// The encryption context that the header holds.
    pub context: EncryptionContext,
    /// Who can open it.
    pub encrypted_data_keys: Vec<KeyFacts>,
    /// How its content is cut; none when the header could not be read to its end.
    pub frames: Option<FrameTable>,
    /// The fields of the footer; none when the message is not signed.
    pub footer: Vec<Field>,
    /// Bytes after the end of the message.
    pub trailing: u64,
    /// Why it could not be read to its end.
    pub problem: Option<Problem>,
}

/// An algorithm suite in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SuiteFacts {
    /// Its number, such as 0x0478.
    pub id: u16,
    /// Its name in the AWS Encryption SDK.
    pub name: Cow<'static, str>,
    /// The version of the message format.
    pub version: u8,
    /// What encrypts: `AES-256-GCM`.
    pub encryption: String,
    /// How the content key comes from the data key: `HKDF-SHA-512`. None when it is the data key.
    pub key_derivation: Option<Cow<'static, str>>,
    /// Whether it opens with one data key only.
    pub key_commitment: bool,
    /// What signs it: `ECDSA P-384 with SHA-384`.
    pub signature: Option<Cow<'static, str>>,
}

/// A run of bytes with a meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name in AWS's description of the message format: `keyProviderId`. Fields that come several times have the same
    /// name.
    pub name: Cow<'static, str>,
    /// Where it begins, from the start of the message.
    pub offset: u64,
    /// Its bytes.
    pub length: u64,
    /// What it says; nothing for content, which is not kept.
    pub value: Option<FieldValue>,
}

/// Every name that a field can have, in the order in which they come.
pub const FIELDS: [&str; 30] = [
    "version",
    "type",
    "algorithmSuiteId",
    "messageId",
    "aadLength",
    "aadPairCount",
    "aadKeyLength",
    "aadKey",
    "aadValueLength",
    "aadValue",
    "encryptedDataKeyCount",
    "keyProviderIdLength",
    "keyProviderId",
    "keyProviderInformationLength",
    "keyProviderInformation",
    "encryptedDataKeyLength",
    "encryptedDataKey",
    "contentType",
    "reserved",
    "ivLength",
    "frameLength",
    "algorithmSuiteData",
    "iv",
    "authenticationTag",
    "sequenceNumberEnd",
    "sequenceNumber",
    "encryptedContentLength",
    "encryptedContent",
    "signatureLength",
    "signature",
];

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldValue {
    /// A number, big-endian in the message.
    Number(u64),
    /// Text in UTF-8.
    Text(String),
    /// Bytes, in hexadecimal.
    Bytes(String),
}

/// An encrypted data key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyFacts {
    /// Who can open it: `aws-kms`, or the namespace of a raw key.
    pub provider_id: String,
    /// With which KMS key.
    pub key_arn: Option<String>,
    /// With which raw key: its name.
    pub key_name: Option<String>,
    /// Bytes in the wrapped data key.
    pub ciphertext_length: u64,
}

/// The frames, or the single block, of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrameTable {
    /// Bytes of plaintext in every frame but the last; none for a single block.
    pub frame_length: Option<u32>,
    /// Where the first begins. Frame n begins `(n - 1) * stride` bytes further on.
    pub offset: u64,
    /// Bytes in a whole frame that is not the last.
    pub stride: u64,
    /// How many whole ones there are.
    pub count: u32,
    /// Bytes of plaintext in those.
    pub plaintext_length: u64,
    /// The fields of the first.
    pub first: Vec<Field>,
    /// The fields of the last; none when it is not there.
    pub last: Vec<Field>,
}

/// Why reading ended early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Up to where the bytes were understood.
    pub offset: u64,
    /// What is wrong, as it would be told on decryption.
    pub error: LocalError,
}
