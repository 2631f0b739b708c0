//! All that the service knows, as a value.

mod agenda;
mod change;
mod grant;
mod identity;
mod key;
mod key_store;
mod local;
mod material;
mod metadata;
mod migrate;
mod multi_region;
mod names;
mod policy_text;
mod record;
mod resource;
mod status;
mod usage;
mod view;
mod wrapping_key;

use std::collections::BTreeMap;

use waxseal_api::{KeyArn, Place, Timestamp};

use self::{agenda::Agenda, identity::Identities, local::Local};
pub(crate) use self::{
    agenda::Matter,
    grant::{Deed, GrantTerms, Party},
    key_store::{Backing, Connection, Membership},
    material::{Automatic, Import, MaterialEntry, Rank, Rotation},
    multi_region::MultiRegion,
    names::AliasArn,
    policy_text::{PolicyText, silent},
    status::Status,
    view::View,
    wrapping_key::{WrappingKeyBody, primitive as wrapping_primitive},
};
pub use self::{
    change::Change,
    grant::GrantRecord,
    identity::{Credential, IdentityName, IdentityRecord, RoleRecord, UserRecord},
    key::KeyRecord,
    key_store::KeyStoreRecord,
    names::MaterialId,
    record::{AliasRecord, Damaged, MaterialRecord, Stored, Table, Write},
    resource::ResourceRecord,
    usage::UsageRecord,
    wrapping_key::WrappingKeyRecord,
};

/// The keys, their material and their aliases, of all accounts and Regions of a world, and who there is.
///
/// It is read by [`handle`](crate::handle()) and [`due`](crate::due()), which never change it: they return [`Change`]s, to
/// be stored first and then applied.
#[derive(Debug, Default)]
pub struct State {
    places: BTreeMap<Place, Local>,
    agenda: Agenda,
    identities: Identities,
    resources: BTreeMap<String, ResourceRecord>,
}

impl State {
    /// Makes a change that is already durable.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::PutKey(key) => self.put_key(*key),
            Change::PutMaterial(material) => self.local(&material.key_arn().place).put_material(*material),
            Change::PutAlias(alias) => self.local(&alias.arn.place).put_alias(*alias),
            Change::PutGrant(grant) => self.local(&grant.key_arn.place).put_grant(*grant),
            Change::PutKeyStore(store) => self.put_key_store(*store),
            Change::PutUsage(usage) => {
                let local = self.local(&usage.key_arn.place);
                local.usage.insert(usage.key_arn.key_id.clone(), *usage);
            }
            Change::PutIdentity(identity) => self.identities.put(*identity),
            Change::PutResource(resource) => {
                self.resources.insert(resource.name.clone(), *resource);
            }
            Change::DeleteResource(name) => drop(self.resources.remove(&name)),
            Change::DeleteIdentity(name) => self.identities.delete(name),
            Change::PutWrappingKey(key) => self.put_wrapping_key(*key),
            Change::DeleteKey(arn) => self.delete_key(&arn),
            Change::DeleteMaterial(arn, id) => self.local(&arn.place).delete_material(&arn.key_id, id),
            Change::DeleteGrant(key, grant_id) => {
                self.local(&key.place).delete_grant(&key.key_id, &grant_id);
            }
            Change::DeleteAlias(place, name) => self.local(&place).delete_alias(&name),
            Change::DeleteKeyStore(place, id) => self.delete_key_store(place, id),
            Change::DeleteWrappingKey(arn, id) => self.delete_wrapping_key(arn, id),
            Change::DeleteUsage(arn) => drop(self.local(&arn.place).usage.remove(&arn.key_id)),
        }
    }

    /// Takes back a record that was stored earlier. The order of records does not matter.
    ///
    /// # Errors
    /// The record is not one that this engine writes, or not the one its name says.
    pub fn restore(&mut self, stored: Stored) -> Result<(), Damaged> {
        self.apply(record::read(stored)?);
        Ok(())
    }

    /// The accounts and Regions that have had something, in order.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.keys()
    }

    /// All keys that are recorded.
    pub(crate) fn records_of_keys(&self) -> impl Iterator<Item = &KeyRecord> {
        self.places.values().flat_map(|local| local.keys.values())
    }

    /// What happens by itself until a moment, the earliest first.
    pub(crate) fn due_until(&self, now: Timestamp) -> impl Iterator<Item = &(Timestamp, Matter)> {
        self.agenda.until(now)
    }

    fn put_key(&mut self, key: KeyRecord) {
        let (arn, new) = (key.arn.clone(), key.next_event());
        let old = self.local(&arn.place).keys.insert(arn.key_id.clone(), key);
        self.agenda.shift(|| Matter::Key(arn.clone()), old.and_then(|key| key.next_event()), new);
    }

    fn delete_key(&mut self, arn: &KeyArn) {
        let old = self.local(&arn.place).keys.remove(&arn.key_id).and_then(|key| key.next_event());
        self.agenda.shift(|| Matter::Key(arn.clone()), old, None);
    }

    fn put_wrapping_key(&mut self, key: WrappingKeyRecord) {
        let WrappingKeyBody { key_arn: arn, id, expires, .. } = key.body.clone();
        let all = self.local(&arn.place).wrapping_keys.entry(arn.key_id.clone()).or_default();
        let old = all.insert(id.clone(), key).map(|key| key.body.expires);
        self.agenda.shift(|| Matter::WrappingKey(arn.clone(), id.clone()), old, Some(expires));
    }

    fn delete_wrapping_key(&mut self, arn: KeyArn, id: String) {
        let all = &mut self.local(&arn.place).wrapping_keys;
        let Some(of_key) = all.get_mut(&arn.key_id) else { return };
        let old = of_key.remove(&id).map(|key| key.body.expires);
        if of_key.is_empty() {
            all.remove(&arn.key_id);
        }
        self.agenda.shift(|| Matter::WrappingKey(arn.clone(), id.clone()), old, None);
    }

    fn put_key_store(&mut self, store: KeyStoreRecord) {
        let (place, id, new) = (store.place.clone(), store.id.clone(), store.connection.end());
        let old = self.local(&place).key_stores.insert(id.clone(), store);
        let matter = || Matter::KeyStore(place.clone(), id.clone());
        self.agenda.shift(matter, old.and_then(|store| store.connection.end()), new);
    }

    fn delete_key_store(&mut self, place: Place, id: String) {
        let old = self.local(&place).key_stores.remove(&id);
        let matter = || Matter::KeyStore(place.clone(), id.clone());
        self.agenda.shift(matter, old.and_then(|store| store.connection.end()), None);
    }

    fn local(&mut self, place: &Place) -> &mut Local {
        self.places.entry(place.clone()).or_default()
    }
}
