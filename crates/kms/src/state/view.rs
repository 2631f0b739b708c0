//! The state at a moment.

use std::{collections::BTreeMap, ops::Bound};

use waxseal_api::{AliasName, KeyArn, KeyId, Place, Region, Timestamp};
use waxseal_crypto::KeyMaterial;

use super::{
    AliasArn, AliasRecord, GrantRecord, KeyRecord, KeyStoreRecord, MaterialId, State, UsageRecord,
    WrappingKeyRecord, identity::Identities, local::Local,
};

/// What is there at a moment. A key whose deletion date has come is not, and neither are its material and its aliases,
/// whether or not they have already been removed from the state; nor is material that has expired.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    state: &'a State,
    now: Timestamp,
}

impl State {
    pub(crate) fn at(&self, now: Timestamp) -> View<'_> {
        View { state: self, now }
    }

    pub(crate) fn key_store(&self, place: &Place, id: &str) -> Option<&KeyStoreRecord> {
        self.places.get(place)?.key_stores.get(id)
    }
}

impl<'a> View<'a> {
    pub(crate) fn key(self, arn: &KeyArn) -> Option<&'a KeyRecord> {
        self.key_of(self.local(&arn.place)?, &arn.key_id)
    }

    /// A key that is recorded, even one that is past.
    pub(crate) fn recorded_key(self, arn: &KeyArn) -> Option<&'a KeyRecord> {
        self.local(&arn.place)?.keys.get(&arn.key_id)
    }

    /// Whether it is that late.
    pub(crate) fn has_come(self, at: Timestamp) -> bool {
        at <= self.now
    }

    pub(crate) fn material(self, key: &KeyRecord, id: MaterialId) -> Option<&'a KeyMaterial> {
        let expired = key.material(id)?.expiry().is_some_and(|date| date <= self.now);
        if expired || key.is_past(self.now) {
            return None;
        }
        let materials = self.local(&key.arn.place)?.materials.get(&key.arn.key_id)?;
        materials.get(&id).map(|record| &record.material)
    }

    pub(crate) fn alias(self, arn: &AliasArn) -> Option<&'a AliasRecord> {
        let local = self.local(&arn.place)?;
        local.aliases.get(&arn.name).filter(|alias| self.key_of(local, &alias.target_key_id).is_some())
    }

    /// In order of key ID, from the one after another.
    pub(crate) fn keys(self, place: &Place, after: Option<KeyId>) -> impl Iterator<Item = &'a KeyRecord> {
        let all =
            self.local(place).into_iter().flat_map(move |local| local.keys.range(beyond(after.clone())));
        all.map(|(_, key)| key).filter(move |key| !key.is_past(self.now))
    }

    /// In order of name, from the one after another; those of one key or of all.
    pub(crate) fn aliases(
        self,
        place: &Place,
        after: Option<AliasName>,
    ) -> impl Iterator<Item = &'a AliasRecord> {
        let local = self.local(place);
        let all = local.into_iter().flat_map(move |local| local.aliases.range(beyond(after.clone())));
        all.map(|(_, alias)| alias).filter(move |alias| {
            local.is_some_and(|local| self.key_of(local, &alias.target_key_id).is_some())
        })
    }

    /// The names of a key in order, even of one that is past.
    pub(crate) fn aliases_of(self, key: &KeyArn) -> impl Iterator<Item = &'a AliasName> {
        self.local(&key.place).and_then(|local| local.names.get(&key.key_id)).into_iter().flatten()
    }

    pub(crate) fn key_store(self, place: &Place, id: &str) -> Option<&'a KeyStoreRecord> {
        self.state.key_store(place, id)
    }

    /// In order of ID.
    pub(crate) fn key_stores(self, place: &Place) -> impl Iterator<Item = &'a KeyStoreRecord> {
        self.local(place).into_iter().flat_map(|local| local.key_stores.values())
    }

    /// The store that a key is in.
    pub(crate) fn key_store_of(self, key: &KeyRecord) -> Option<&'a KeyStoreRecord> {
        self.key_store(&key.arn.place, &key.custom_key_store.as_ref()?.id)
    }

    /// A wrapping key, until it expires.
    pub(crate) fn wrapping_key(self, arn: &KeyArn, id: &str) -> Option<&'a WrappingKeyRecord> {
        let found = self.local(&arn.place)?.wrapping_keys.get(&arn.key_id)?.get(id);
        found.filter(|key| key.body.expires > self.now)
    }

    /// The wrapping keys of a key, expired or not.
    pub(crate) fn wrapping_keys(self, arn: &KeyArn) -> impl Iterator<Item = &'a String> {
        let local = self.local(&arn.place);
        local.and_then(|local| local.wrapping_keys.get(&arn.key_id)).into_iter().flat_map(BTreeMap::keys)
    }

    /// Its last use.
    pub(crate) fn usage(self, arn: &KeyArn) -> Option<&'a UsageRecord> {
        self.local(&arn.place)?.usage.get(&arn.key_id)
    }

    pub(crate) fn grant(self, key: &KeyArn, grant_id: &str) -> Option<&'a GrantRecord> {
        self.key(key)?;
        self.local(&key.place)?.grants.get(&key.key_id)?.get(grant_id)
    }

    /// The grants of a key in order of ID, from the one after another.
    pub(crate) fn grants(self, key: &KeyArn, after: Option<String>) -> impl Iterator<Item = &'a GrantRecord> {
        let grants = self.key(key).and_then(|key| self.local(&key.arn.place)?.grants.get(&key.arn.key_id));
        let range = beyond(after);
        grants.into_iter().flat_map(move |grants| grants.range(range.clone())).map(|(_, grant)| grant)
    }

    /// The grants of a key, even of one that is past.
    pub(crate) fn recorded_grants(self, key: &KeyArn) -> impl Iterator<Item = &'a GrantRecord> {
        let grants = self.local(&key.place).and_then(|local| local.grants.get(&key.key_id));
        grants.into_iter().flat_map(|grants| grants.values())
    }

    /// All grants of a Region, in order of key and ID.
    pub(crate) fn grants_in(self, region: &Region) -> impl Iterator<Item = &'a GrantRecord> {
        let places = self.state.places.iter().filter(move |(place, _)| place.region == *region);
        places.flat_map(move |(_, local)| {
            let of_keys = local.grants.iter().filter(move |(key_id, _)| self.key_of(local, key_id).is_some());
            of_keys.flat_map(|(_, grants)| grants.values())
        })
    }

    pub(super) fn identities(self) -> &'a Identities {
        &self.state.identities
    }

    fn key_of(self, local: &'a Local, key_id: &KeyId) -> Option<&'a KeyRecord> {
        local.keys.get(key_id).filter(|key| !key.is_past(self.now))
    }

    fn local(self, place: &Place) -> Option<&'a Local> {
        self.state.places.get(place)
    }
}

/// The range of what comes after a name, or of everything.
fn beyond<T>(after: Option<T>) -> (Bound<T>, Bound<T>) {
    (after.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded)
}
