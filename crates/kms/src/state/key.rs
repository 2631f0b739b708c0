//! What is known of a key.

use serde::{Deserialize, Serialize};
use waxseal_api::{
    KeyArn, Timestamp,
    types::{KeyManager, KeySpec, KeyUsage, Origin, Tag},
};

use super::{MaterialEntry, MaterialId, Membership, MultiRegion, PolicyText, Rank, Rotation, Status};

/// A KMS key without its material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyRecord {
    /// Of this form of the record: [`Self::VERSION`].
    pub(crate) version: u8,
    pub(crate) arn: KeyArn,
    pub(crate) creation_date: Timestamp,
    pub(crate) description: String,
    pub(crate) key_manager: KeyManager,
    pub(crate) key_spec: KeySpec,
    pub(crate) key_usage: KeyUsage,
    pub(crate) origin: Origin,
    pub(crate) status: Status,
    /// From the first to the current one; after it one that waits for its turn, if there is one.
    pub(crate) key_materials: Vec<MaterialEntry>,
    #[serde(default)]
    pub(crate) rotation: Rotation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) multi_region: Option<MultiRegion>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) custom_key_store: Option<Membership>,
    /// The key policy, as it was given.
    pub(crate) policy: PolicyText,
    pub(crate) tags: Vec<Tag>,
}

impl KeyRecord {
    /// The form that is written today.
    pub(crate) const VERSION: u8 = 2;

    /// Whether the key's deletion date has come.
    pub(crate) fn is_past(&self, now: Timestamp) -> bool {
        self.status.deletion_date().is_some_and(|date| date <= now)
    }

    /// The material that encrypts.
    pub(crate) fn current_material(&self) -> Option<&MaterialEntry> {
        self.key_materials.iter().rev().find(|entry| entry.rank != Rank::Pending)
    }

    /// What is known of one of its materials.
    pub(crate) fn material(&self, id: MaterialId) -> Option<&MaterialEntry> {
        self.key_materials.iter().find(|entry| entry.id == id)
    }

    /// The imported material that waits to take over.
    pub(crate) fn pending_material(&mut self) -> Option<&mut MaterialEntry> {
        self.key_materials.iter_mut().find(|entry| entry.rank == Rank::Pending)
    }

    /// Whether a material that it has worked with is not here.
    pub(crate) fn lacks_material(&self) -> bool {
        let mut needed = self.key_materials.iter().filter(|entry| entry.rank != Rank::Pending).peekable();
        needed.peek().is_none() || needed.any(|entry| !entry.is_present())
    }

    /// Lets the key wait for its material while that is not here, and no longer.
    pub(crate) fn follow_material(&mut self) {
        self.status = match self.status {
            Status::Enabled | Status::Disabled | Status::Updating { .. } if self.lacks_material() => {
                Status::PendingImport
            }
            Status::PendingImport if !self.lacks_material() => Status::Enabled,
            other => other,
        };
    }

    /// When something happens to it next without anybody asking, if nothing changes until then.
    pub(crate) fn next_event(&self) -> Option<Timestamp> {
        [self.status.end(), self.next_rotation(), self.next_expiry()].into_iter().flatten().min()
    }

    /// When its material rotates by itself: only while it can be used.
    pub(crate) fn next_rotation(&self) -> Option<Timestamp> {
        let rotates = self.status.is_usable() && !self.is_replica();
        self.rotation.automatic.map(|it| it.next).filter(|_| rotates)
    }

    /// When the first of its materials is dropped.
    pub(crate) fn next_expiry(&self) -> Option<Timestamp> {
        self.key_materials.iter().filter_map(MaterialEntry::expiry).min()
    }
}
