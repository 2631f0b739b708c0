//! What is told of keys and their aliases.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{
    EncapsulationAlgorithm, EncryptionAlgorithm, EnumValue, ExpirationModel, KeyAgreementAlgorithm,
    KeyEncryptionMechanism, KeyManager, KeySpec, KeyState, KeyUsage, MacAlgorithm, MultiRegionKeyType,
    Origin, SigningAlgorithm, XksKeyConfiguration,
};
use crate::{blob::Blob, time::Timestamp};

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
    pub key_usage: KeyUsage,
    /// What it may do now.
    pub key_state: KeyState,
    /// When it will be destroyed; only while that is pending.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub deletion_date: Option<Timestamp>,
    /// When its imported material expires.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub valid_to: Option<Timestamp>,
    /// Where its material came from.
    pub origin: Origin,
    /// The custom key store it is in.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub custom_key_store_id: Option<String>,
    /// The AWS CloudHSM cluster it is in.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub cloud_hsm_cluster_id: Option<String>,
    /// Whether its imported material expires.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub expiration_model: Option<ExpirationModel>,
    /// Who looks after it.
    pub key_manager: KeyManager,
    /// The deprecated name of `KeySpec`, still sent.
    pub customer_master_key_spec: KeySpec,
    /// What its material is.
    pub key_spec: KeySpec,
    /// How it can encrypt.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encryption_algorithms: Option<Vec<EncryptionAlgorithm>>,
    /// How it can sign.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub signing_algorithms: Option<Vec<SigningAlgorithm>>,
    /// How it can compute message authentication codes.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub mac_algorithms: Option<Vec<MacAlgorithm>>,
    /// How it can agree on a secret.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_agreement_algorithms: Option<Vec<KeyAgreementAlgorithm>>,
    /// How it can encapsulate a secret.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encapsulation_algorithms: Option<Vec<EncapsulationAlgorithm>>,
    /// Whether it can be replicated into other Regions.
    pub multi_region: bool,
    /// Its related keys in other Regions; only of multi-Region keys.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub multi_region_configuration: Option<MultiRegionConfiguration>,
    /// Days between scheduling and deletion, where the date is not yet known.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub pending_deletion_window_in_days: Option<u32>,
    /// The key behind it; only of keys in an external key store.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub xks_key_configuration: Option<XksKeyConfiguration>,
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

/// The multi-Region keys that share a key ID and material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct MultiRegionConfiguration {
    /// Which of them this key is.
    pub multi_region_key_type: MultiRegionKeyType,
    /// The primary key.
    pub primary_key: MultiRegionKey,
    /// The replicas.
    pub replica_keys: Vec<MultiRegionKey>,
}

/// One of several related multi-Region keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct MultiRegionKey {
    /// The key ARN.
    pub arn: String,
    /// Its Region.
    pub region: String,
}

/// An enclave and what its results are encrypted under.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct RecipientInfo {
    /// How results are encrypted.
    #[cfg_attr(feature = "typescript", tsify(type = "KeyEncryptionMechanism", optional))]
    pub key_encryption_algorithm: Option<EnumValue<KeyEncryptionMechanism>>,
    /// The attestation document of an AWS Nitro enclave, 1 to 262,144 bytes.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array", optional))]
    pub attestation_document: Option<Blob>,
}
