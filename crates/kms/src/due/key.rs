//! What happens to a key.

use waxseal_api::{KeyArn, Timestamp};
use waxseal_crypto::KeyMaterial;

use super::Course;
use crate::{
    audit,
    state::{Change, KeyRecord, MaterialEntry, MaterialRecord, Matter, Rank, Status},
};

impl Course<'_> {
    /// Lets one thing happen to a key, at its time.
    pub(super) fn key(&mut self, at: Timestamp, arn: &KeyArn) {
        let Some(key) = self.known(arn) else { return };
        if key.status.end() == Some(at) {
            self.end_status(at, key);
        } else if key.next_expiry() == Some(at) {
            self.expire(at, key);
        } else if key.next_rotation() == Some(at) {
            self.rotate(at, key);
        }
    }

    /// A key as it is at this point of the course.
    fn known(&self, arn: &KeyArn) -> Option<KeyRecord> {
        self.keys.get(arn).cloned().unwrap_or_else(|| self.view.recorded_key(arn).cloned())
    }

    /// Notes what a key has become, and when something happens to it next.
    fn put(&mut self, key: KeyRecord) {
        self.queue.extend(
            key.next_event()
                .filter(|at| self.view.has_come(*at))
                .map(|at| (at, Matter::Key(key.arn.clone()))),
        );
        self.keys.insert(key.arn.clone(), Some(key));
    }

    fn record(&mut self, name: &str, key: &KeyArn, at: Timestamp, details: Option<serde_json::Value>) {
        self.due.records.push(audit::event(name, key, at, details));
    }

    fn end_status(&mut self, at: Timestamp, mut key: KeyRecord) {
        match key.status {
            Status::PendingDeletion { .. } => return self.destroy(at, key),
            Status::Creating { .. } if key.lacks_material() => key.status = Status::PendingImport,
            _ => key.status = Status::Enabled,
        }
        self.put(key);
    }

    /// Destroys a key: its material, its aliases and all that is known of it.
    fn destroy(&mut self, at: Timestamp, key: KeyRecord) {
        self.record("DeleteKey", &key.arn, at, None);
        let present = key.key_materials.iter().filter(|entry| entry.is_present());
        self.due.changes.extend(present.map(|entry| Change::DeleteMaterial(key.arn.clone(), entry.id)));
        let names = self.view.aliases_of(&key.arn).cloned();
        self.due.changes.extend(names.map(|name| Change::DeleteAlias(key.arn.place.clone(), name)));
        self.keys.insert(key.arn, None);
    }

    /// Drops the imported material whose time is over.
    fn expire(&mut self, at: Timestamp, mut key: KeyRecord) {
        for entry in key.key_materials.iter_mut().filter(|entry| entry.expiry() == Some(at)) {
            entry.drop_import();
            self.due.changes.push(Change::DeleteMaterial(key.arn.clone(), entry.id));
        }
        key.follow_material();
        self.record("DeleteExpiredKeyMaterial", &key.arn, at, None);
        self.put(key);
    }

    /// Makes new material that takes over from the current one.
    fn rotate(&mut self, at: Timestamp, mut key: KeyRecord) {
        let material = MaterialRecord::new(key.arn.clone(), KeyMaterial::generate(self.rng), at);
        key.key_materials.push(MaterialEntry::made(material.id(), Rank::Automatic(at)));
        key.rotation.automatic = key.rotation.automatic.map(|it| it.after(at));
        self.due.changes.push(Change::PutMaterial(Box::new(material)));
        self.record("RotateKey", &key.arn, at, None);
        self.put(key);
    }
}
