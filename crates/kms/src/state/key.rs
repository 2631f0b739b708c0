//! What is known of a key.

use serde::{Deserialize, Serialize};
use waxseal_api::{
    KeyArn, Timestamp,
    types::{EncryptionAlgorithm, KeyManager, KeyMetadata, KeySpec, KeyState, KeyUsage, Origin, Tag},
};

use super::MaterialId;

/// A KMS key without its material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyRecord {
    pub(crate) arn: KeyArn,
    pub(crate) creation_date: Timestamp,
    pub(crate) description: String,
    pub(crate) key_spec: KeySpec,
    pub(crate) key_usage: KeyUsage,
    pub(crate) origin: Origin,
    pub(crate) status: Status,
    /// From the first to the current one.
    pub(crate) key_materials: Vec<MaterialId>,
    /// The key policy, as it was given.
    pub(crate) policy: String,
    pub(crate) tags: Vec<Tag>,
}

/// What a key may do, with what has to be known about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase", tag = "keyState")]
pub(crate) enum Status {
    Enabled,
    Disabled,
    PendingDeletion { deletion_date: Timestamp },
}

impl Status {
    pub(crate) fn key_state(self) -> KeyState {
        match self {
            Self::Enabled => KeyState::Enabled,
            Self::Disabled => KeyState::Disabled,
            Self::PendingDeletion { .. } => KeyState::PendingDeletion,
        }
    }

    pub(crate) fn deletion_date(self) -> Option<Timestamp> {
        match self {
            Self::PendingDeletion { deletion_date } => Some(deletion_date),
            Self::Enabled | Self::Disabled => None,
        }
    }
}

impl KeyRecord {
    /// Whether the key's deletion date has come.
    pub(crate) fn is_past(&self, now: Timestamp) -> bool {
        self.status.deletion_date().is_some_and(|date| date <= now)
    }

    /// The material that encrypts.
    pub(crate) fn current_material(&self) -> Option<MaterialId> {
        self.key_materials.last().copied()
    }

    /// What DescribeKey says.
    pub(crate) fn metadata(&self) -> KeyMetadata {
        let key_state = self.status.key_state();
        KeyMetadata {
            aws_account_id: self.arn.place.account.to_string(),
            key_id: self.arn.key_id.to_string(),
            arn: self.arn.to_string(),
            creation_date: self.creation_date,
            enabled: key_state == KeyState::Enabled,
            description: self.description.clone(),
            key_usage: self.key_usage,
            key_state,
            deletion_date: self.status.deletion_date(),
            origin: self.origin,
            key_manager: KeyManager::Customer,
            customer_master_key_spec: self.key_spec,
            key_spec: self.key_spec,
            encryption_algorithms: Some(vec![EncryptionAlgorithm::SymmetricDefault]),
            multi_region: self.arn.key_id.is_multi_region(),
            pending_deletion_window_in_days: None,
            current_key_material_id: self.current_material().map(|id| id.to_string()),
        }
    }
}
