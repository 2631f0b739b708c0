//! What an account has to keep in the service: for whoever counts what that costs.

use waxseal_api::{
    KeyArn, Timestamp,
    types::{KeyManager, KeySpec},
};

use crate::state::{KeyRecord, State, Status};

/// A customer managed key, as far as it matters to what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Which key.
    pub arn: KeyArn,
    /// When it was made here.
    pub created: Timestamp,
    /// Whether it is a replica of a multi-Region key.
    pub replica: bool,
    /// When its material was replaced, the earliest first.
    pub rotations: Vec<Timestamp>,
    /// Whether it waits for its deletion.
    pub ending: bool,
    /// When that is, if it is known yet.
    pub deletion: Option<Timestamp>,
}

impl KeyRecord {
    /// What its account has to keep; nothing for a key that AWS manages.
    pub fn holding(&self) -> Option<Holding> {
        let ending =
            matches!(self.status, Status::PendingDeletion { .. } | Status::PendingReplicaDeletion { .. });
        (self.key_manager == KeyManager::Customer).then(|| Holding {
            arn: self.arn.clone(),
            created: self.creation_date,
            replica: self.is_replica(),
            rotations: self.key_materials.iter().filter_map(|entry| entry.rank.rotation_date()).collect(),
            ending,
            deletion: self.status.deletion_date(),
        })
    }
}

impl State {
    /// All customer managed keys that are recorded, of all accounts and Regions.
    pub fn holdings(&self) -> impl Iterator<Item = Holding> {
        self.records_of_keys().filter_map(KeyRecord::holding)
    }

    /// What the customer managed key of this ARN is, even if it is past.
    pub fn holding(&self, arn: &KeyArn) -> Option<Holding> {
        self.recorded(arn)?.holding()
    }

    /// What kind of key has this ARN, even if it is past.
    pub fn spec_of(&self, arn: &KeyArn) -> Option<KeySpec> {
        Some(self.recorded(arn)?.key_spec)
    }

    fn recorded(&self, arn: &KeyArn) -> Option<&KeyRecord> {
        self.at(Timestamp::default()).recorded_key(arn)
    }
}
