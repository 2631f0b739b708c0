//! What happens to a key.

use waxseal_api::{KeyArn, Timestamp};

use super::Course;
use crate::{
    audit,
    rotation::{self, Rotated},
    state::{Change, KeyRecord, Matter, Rank, Status},
};

impl Course<'_> {
    /// Lets one thing happen to a key, at its time.
    pub(super) fn key(&mut self, at: Timestamp, arn: &KeyArn) {
        let Some(key) = self.take(arn) else { return };
        if key.status.end() == Some(at) {
            self.end_status(at, key);
        } else if key.next_expiry() == Some(at) {
            self.expire(at, key);
        } else if key.next_rotation() == Some(at) {
            self.rotate(at, key);
        } else {
            self.keys.insert(key.arn.clone(), Some(key));
        }
    }

    /// A key as it is at this point of the course. It is to be put back.
    fn take(&mut self, arn: &KeyArn) -> Option<KeyRecord> {
        match self.keys.get_mut(arn) {
            Some(known) => known.take(),
            None => self.view.recorded_key(arn).cloned(),
        }
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

    fn record(&mut self, name: &str, key: &KeyArn, at: Timestamp) {
        self.due.records.push(audit::event(name, key, at, None));
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
        self.record("DeleteKey", &key.arn, at);
        let present = key.key_materials.iter().filter(|entry| entry.is_present());
        self.due.changes.extend(present.map(|entry| Change::DeleteMaterial(key.arn.clone(), entry.id)));
        let names = self.view.aliases_of(&key.arn).cloned();
        self.due.changes.extend(names.map(|name| Change::DeleteAlias(key.arn.place.clone(), name)));
        self.due.changes.extend(self.view.usage(&key.arn).map(|_| Change::DeleteUsage(key.arn.clone())));
        for id in self.view.wrapping_keys(&key.arn) {
            self.drop_wrapping_key(key.arn.clone(), id.clone());
        }
        self.leave(at, &key);
        let grants = self.view.recorded_grants(&key.arn);
        let ends = grants.map(|grant| Change::DeleteGrant(grant.key_arn.clone(), grant.grant_id.clone()));
        self.due.changes.extend(ends);
        self.keys.insert(key.arn, None);
    }

    /// Tells the related keys that this one is gone. A primary key that has waited for that begins to wait for its own
    /// deletion.
    fn leave(&mut self, at: Timestamp, gone: &KeyRecord) {
        for arn in gone.related() {
            let Some(mut key) = self.take(&arn) else { continue };
            if let Some(regions) = &mut key.multi_region {
                regions.replicas.remove(&gone.arn.place.region);
            }
            if let (false, Status::PendingReplicaDeletion { window_in_days }) =
                (key.has_replicas(), key.status)
            {
                key.status = Status::PendingDeletion { deletion_date: at.plus_days(window_in_days) };
            }
            self.put(key);
        }
    }

    /// Drops the imported material whose time is over.
    fn expire(&mut self, at: Timestamp, mut key: KeyRecord) {
        for entry in key.key_materials.iter_mut().filter(|entry| entry.expiry() == Some(at)) {
            entry.drop_import();
            self.due.changes.push(Change::DeleteMaterial(key.arn.clone(), entry.id));
        }
        key.follow_material();
        self.record("DeleteExpiredKeyMaterial", &key.arn, at);
        self.put(key);
    }

    /// Makes new material that takes over from the current one, in all Regions of the key.
    fn rotate(&mut self, at: Timestamp, key: KeyRecord) {
        let related: Vec<KeyArn> = key.related().collect();
        let mut keys = vec![key];
        keys.extend(related.iter().filter_map(|arn| self.take(arn)));
        let Rotated { materials, records } = rotation::rotate(&mut keys, self.rng, at, Rank::Automatic(at));
        self.due
            .changes
            .extend(materials.into_iter().map(|material| Change::PutMaterial(Box::new(material))));
        self.due.records.extend(records);
        for key in keys {
            self.put(key);
        }
    }
}
