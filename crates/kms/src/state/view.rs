//! The state at a moment.

use waxseal_api::{KeyArn, Place, Timestamp};
use waxseal_crypto::KeyMaterial;

use super::{AliasArn, AliasRecord, KeyRecord, MaterialId, State};

/// What is there at a moment. A key whose deletion date has come is not, and neither are its material and its aliases,
/// whether or not they have already been removed from the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    state: &'a State,
    now: Timestamp,
}

impl State {
    pub(crate) fn at(&self, now: Timestamp) -> View<'_> {
        View { state: self, now }
    }
}

impl<'a> View<'a> {
    pub(crate) fn key(self, arn: &KeyArn) -> Option<&'a KeyRecord> {
        self.state.keys.get(arn).filter(|key| !key.is_past(self.now))
    }

    pub(crate) fn material(self, key: &KeyRecord, id: MaterialId) -> Option<&'a KeyMaterial> {
        let alive = !key.is_past(self.now) && key.key_materials.contains(&id);
        let record = alive.then(|| self.state.materials.get(&(key.arn.clone(), id)))?;
        record.map(|record| &record.material)
    }

    pub(crate) fn alias(self, arn: &AliasArn) -> Option<&'a AliasRecord> {
        self.state.aliases.get(arn).filter(|alias| self.key(&alias.target()).is_some())
    }

    /// In order of key ID.
    pub(crate) fn keys(self, place: &Place) -> impl Iterator<Item = &'a KeyRecord> {
        self.state.keys.values().filter(move |key| key.arn.place == *place && !key.is_past(self.now))
    }

    /// In order of name.
    pub(crate) fn aliases(self, place: &Place) -> impl Iterator<Item = &'a AliasRecord> {
        let here = self.state.aliases.values().filter(move |alias| alias.arn.place == *place);
        here.filter(move |alias| self.key(&alias.target()).is_some())
    }

    /// Keys whose deletion date has come, still in the state.
    pub(crate) fn past_keys(self) -> impl Iterator<Item = &'a KeyRecord> {
        self.state.keys.values().filter(move |key| key.is_past(self.now))
    }

    /// The aliases of a key, even of one that is past.
    pub(crate) fn aliases_of(self, key: &KeyRecord) -> impl Iterator<Item = &'a AliasRecord> {
        self.state.aliases.values().filter(move |alias| alias.target() == key.arn)
    }
}
