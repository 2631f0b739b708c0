//! What there is in one Region of one account.

use std::collections::{BTreeMap, BTreeSet};

use waxseal_api::{AliasName, KeyId};

use super::{
    AliasRecord, GrantRecord, KeyRecord, KeyStoreRecord, MaterialId, MaterialRecord, UsageRecord,
    WrappingKeyRecord,
};

/// Everything of one place, by name.
#[derive(Debug, Default)]
pub(super) struct Local {
    pub(super) keys: BTreeMap<KeyId, KeyRecord>,
    pub(super) materials: BTreeMap<KeyId, BTreeMap<MaterialId, MaterialRecord>>,
    /// The grants of each key, by grant ID.
    pub(super) grants: BTreeMap<KeyId, BTreeMap<String, GrantRecord>>,
    pub(super) aliases: BTreeMap<AliasName, AliasRecord>,
    /// The aliases of each key.
    pub(super) names: BTreeMap<KeyId, BTreeSet<AliasName>>,
    pub(super) key_stores: BTreeMap<String, KeyStoreRecord>,
    pub(super) usage: BTreeMap<KeyId, UsageRecord>,
    pub(super) wrapping_keys: BTreeMap<KeyId, BTreeMap<String, WrappingKeyRecord>>,
}

impl Local {
    pub(super) fn put_material(&mut self, material: MaterialRecord) {
        let key_id = material.key_arn().key_id.clone();
        self.materials.entry(key_id).or_default().insert(material.id(), material);
    }

    pub(super) fn delete_material(&mut self, key_id: &KeyId, id: MaterialId) {
        let Some(materials) = self.materials.get_mut(key_id) else { return };
        materials.remove(&id);
        if materials.is_empty() {
            self.materials.remove(key_id);
        }
    }

    pub(super) fn put_grant(&mut self, grant: GrantRecord) {
        let grants = self.grants.entry(grant.key_arn.key_id.clone()).or_default();
        grants.insert(grant.grant_id.clone(), grant);
    }

    pub(super) fn delete_grant(&mut self, key_id: &KeyId, grant_id: &str) {
        let Some(grants) = self.grants.get_mut(key_id) else { return };
        grants.remove(grant_id);
        if grants.is_empty() {
            self.grants.remove(key_id);
        }
    }

    pub(super) fn put_alias(&mut self, alias: AliasRecord) {
        let (name, target) = (alias.arn.name.clone(), alias.target_key_id.clone());
        self.delete_alias(&name);
        self.names.entry(target).or_default().insert(name.clone());
        self.aliases.insert(name, alias);
    }

    pub(super) fn delete_alias(&mut self, name: &AliasName) {
        let Some(old) = self.aliases.remove(name) else { return };
        let Some(names) = self.names.get_mut(&old.target_key_id) else { return };
        names.remove(name);
        if names.is_empty() {
            self.names.remove(&old.target_key_id);
        }
    }
}
