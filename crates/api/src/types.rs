//! Shapes that several operations share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use strum::{Display, EnumString, IntoStaticStr, VariantNames};

use crate::time::Timestamp;

/// Pairs that are bound to a ciphertext as associated data and have to be given again to open it. Not secret.
pub type EncryptionContext = BTreeMap<String, String>;

/// An enumeration value as it came in: one we know, or some other text, which the service refuses in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum EnumValue<T> {
    /// A value of the model.
    Known(T),
    /// Anything else.
    Other(String),
}

impl<T> From<T> for EnumValue<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

/// What a key's material is, and so what it can do.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum KeySpec {
    /// A 256-bit AES-GCM key that never leaves the service.
    SymmetricDefault,
}

/// The one thing a key is for; fixed when it is made.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyUsage {
    /// Encrypt, decrypt, make data keys.
    EncryptDecrypt,
}

/// How a plaintext becomes a ciphertext.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum EncryptionAlgorithm {
    /// AES-256-GCM under a symmetric KMS key.
    SymmetricDefault,
}

/// How long a data key is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
pub enum DataKeySpec {
    /// 32 bytes.
    #[serde(rename = "AES_256")]
    #[strum(serialize = "AES_256")]
    Aes256,
    /// 16 bytes.
    #[serde(rename = "AES_128")]
    #[strum(serialize = "AES_128")]
    Aes128,
}

impl DataKeySpec {
    /// Its length in bytes.
    pub fn len(self) -> usize {
        match self {
            Self::Aes256 => 32,
            Self::Aes128 => 16,
        }
    }

    /// Never: a data key has a length.
    pub fn is_empty(self) -> bool {
        false
    }
}

/// What a key is allowed to do at this moment.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
pub enum KeyState {
    /// Being made (multi-Region replicas).
    Creating,
    /// Ready for use.
    Enabled,
    /// Kept, but refused to everyone.
    Disabled,
    /// Waiting for its deletion date; can still be rescued.
    PendingDeletion,
    /// Waiting for its material to be imported.
    PendingImport,
    /// Waiting for its replicas to be deleted first.
    PendingReplicaDeletion,
    /// Its custom key store cannot be reached.
    Unavailable,
    /// Its primary Region is being changed.
    Updating,
}

/// Where a key's material came from.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Origin {
    /// Made by the service.
    AwsKms,
    /// Imported by its owner.
    External,
    /// Made in an AWS CloudHSM cluster.
    #[serde(rename = "AWS_CLOUDHSM")]
    #[strum(serialize = "AWS_CLOUDHSM")]
    AwsCloudHsm,
    /// Kept in a key manager outside AWS.
    ExternalKeyStore,
}

/// Who looks after a key.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyManager {
    /// An AWS service, for its customer.
    Aws,
    /// The customer.
    Customer,
}

/// Everything about a key but its material.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct KeyMetadata {
    /// Twelve digits.
    #[serde(rename = "AWSAccountId")]
    pub aws_account_id: String,
    /// The key ID, without ARN.
    pub key_id: String,
    /// The key ARN.
    pub arn: String,
    /// When it was made.
    #[cfg_attr(feature = "typescript", tsify(type = "Date"))]
    pub creation_date: Timestamp,
    /// True in the state `Enabled` and in no other.
    pub enabled: bool,
    /// Up to 8,192 characters, `""` when none was given. Not secret.
    pub description: String,
    /// What it is for.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub key_usage: KeyUsage,
    /// What it may do now.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub key_state: KeyState,
    /// When it will be destroyed; only while that is pending.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub deletion_date: Option<Timestamp>,
    /// Where its material came from.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub origin: Origin,
    /// Who looks after it.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub key_manager: KeyManager,
    /// The deprecated name of `KeySpec`, still sent.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub customer_master_key_spec: KeySpec,
    /// What its material is.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub key_spec: KeySpec,
    /// How it can encrypt.
    #[cfg_attr(feature = "typescript", tsify(type = "string[]"))]
    pub encryption_algorithms: Option<Vec<EncryptionAlgorithm>>,
    /// Whether it can be replicated into other Regions.
    pub multi_region: bool,
    /// Days between scheduling and deletion, where the date is not yet known.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub pending_deletion_window_in_days: Option<u32>,
    /// Which of its materials encrypts now: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub current_key_material_id: Option<String>,
}

/// One key in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct KeyListEntry {
    /// The key ID, without ARN.
    pub key_id: String,
    /// The key ARN.
    pub key_arn: String,
}

/// One alias in a list.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct AliasListEntry {
    /// `alias/…`
    pub alias_name: String,
    /// The alias ARN.
    pub alias_arn: String,
    /// The key ID it points to.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub target_key_id: Option<String>,
    /// When it was made.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub creation_date: Option<Timestamp>,
    /// When it was last pointed elsewhere.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub last_updated_date: Option<Timestamp>,
}

/// A label on a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// 1 to 128 characters.
    pub tag_key: String,
    /// 0 to 256 characters.
    pub tag_value: String,
}
