//! All that the service knows, as a value.

mod agenda;
mod change;
mod key;
mod local;
mod material;
mod migrate;
mod names;
mod record;
mod status;
mod view;

use std::collections::BTreeMap;

use waxseal_api::{Place, Timestamp};

use self::{agenda::Agenda, local::Local};
pub(crate) use self::{
    agenda::Matter,
    material::{MaterialEntry, Rank, Rotation},
    names::AliasArn,
    status::Status,
    view::View,
};
pub use self::{
    change::Change,
    key::KeyRecord,
    names::MaterialId,
    record::{AliasRecord, Damaged, MaterialRecord, Stored, Table, Write},
};

/// The keys, their material and their aliases, of all accounts and Regions of a world.
///
/// It is read by [`handle`](crate::handle()) and [`due`](crate::due()), which never change it: they return [`Change`]s, to
/// be stored first and then applied.
#[derive(Debug, Default)]
pub struct State {
    places: BTreeMap<Place, Local>,
    agenda: Agenda,
}

impl State {
    /// Makes a change that is already durable.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::PutKey(key) => self.put_key(*key),
            Change::PutMaterial(material) => self.local(material.place()).put_material(*material),
            Change::PutAlias(alias) => self.local(&alias.arn.place).put_alias(*alias),
            Change::DeleteKey(arn) => {
                let old = self.local(&arn.place).keys.remove(&arn.key_id).and_then(|key| key.next_event());
                self.agenda.shift(|| Matter::Key(arn.clone()), old, None);
            }
            Change::DeleteMaterial(arn, id) => self.local(&arn.place).delete_material(&arn.key_id, id),
            Change::DeleteAlias(place, name) => self.local(&place).delete_alias(&name),
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

    /// What happens by itself until a moment, the earliest first.
    pub(crate) fn due_until(&self, now: Timestamp) -> impl Iterator<Item = &(Timestamp, Matter)> {
        self.agenda.until(now)
    }

    fn put_key(&mut self, key: KeyRecord) {
        let (arn, new) = (key.arn.clone(), key.next_event());
        let old = self.local(&arn.place).keys.insert(arn.key_id.clone(), key);
        self.agenda.shift(|| Matter::Key(arn.clone()), old.and_then(|key| key.next_event()), new);
    }

    fn local(&mut self, place: &Place) -> &mut Local {
        self.places.entry(place.clone()).or_default()
    }
}
