//! All that the service knows, as a value.

mod change;
mod key;
mod names;
mod record;
mod view;

use std::collections::BTreeMap;

use waxseal_api::KeyArn;

pub use self::{
    change::Change,
    key::KeyRecord,
    names::MaterialId,
    record::{AliasRecord, Damaged, MaterialRecord, Stored, Table, Write},
};
pub(crate) use self::{key::Status, names::AliasArn, view::View};

/// The keys, their material and their aliases, of all accounts and Regions of a world.
///
/// It is read by [`handle`](crate::handle()) and [`due`](crate::due()), which never change it: they return [`Change`]s, to
/// be stored first and then applied.
#[derive(Debug, Default)]
pub struct State {
    keys: BTreeMap<KeyArn, KeyRecord>,
    materials: BTreeMap<(KeyArn, MaterialId), MaterialRecord>,
    aliases: BTreeMap<AliasArn, AliasRecord>,
}

impl State {
    /// Makes a change that is already durable.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::PutKey(key) => drop(self.keys.insert(key.arn.clone(), *key)),
            Change::PutMaterial(material) => drop(self.materials.insert(material.name(), *material)),
            Change::PutAlias(alias) => drop(self.aliases.insert(alias.arn.clone(), *alias)),
            Change::DeleteKey(arn) => drop(self.keys.remove(&arn)),
            Change::DeleteMaterial(arn, id) => drop(self.materials.remove(&(arn, id))),
            Change::DeleteAlias(place, name) => drop(self.aliases.remove(&AliasArn { place, name })),
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
}
