//! What the passage of time does by itself.

mod key;
mod upcoming;

use std::collections::{BTreeMap, BTreeSet};

use rand_core::CryptoRng;
use waxseal_api::{KeyArn, Place, Timestamp, audit::AuditRecord};

pub use upcoming::upcoming;

use crate::state::{Change, KeyRecord, KeyStoreRecord, Matter, State, View};

/// The most that happens at a time, so that a clock that jumps does not make a write-set without end.
const MOST: usize = 1000;

/// What has come due.
#[derive(Debug, Default)]
pub struct Due {
    /// For the store, in order.
    pub changes: Vec<Change>,
    /// For the audit log, in order of time.
    pub records: Vec<AuditRecord>,
}

impl Due {
    /// Whether the state is up to date.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// What has happened until now that the state does not show yet: each thing at its own time, the earliest first. It is
/// to be stored and applied, and then asked for again until it is empty; only then may calls be handled.
pub fn due(state: &State, rng: &mut dyn CryptoRng, now: Timestamp) -> Due {
    let mut course = Course {
        view: state.at(now),
        rng,
        queue: state.due_until(now).take(MOST).cloned().collect(),
        keys: BTreeMap::new(),
        dropped: BTreeSet::new(),
        due: Due::default(),
    };
    for _ in 0..MOST {
        let Some((at, matter)) = course.queue.pop_first() else { break };
        match matter {
            Matter::Key(arn) => course.key(at, &arn),
            Matter::KeyStore(place, id) => course.key_store(&place, &id),
            Matter::WrappingKey(arn, id) => course.drop_wrapping_key(arn, id),
        }
    }
    course.end()
}

/// The course of events, ahead of the state.
struct Course<'a> {
    view: View<'a>,
    rng: &'a mut dyn CryptoRng,
    queue: BTreeSet<(Timestamp, Matter)>,
    /// The keys that something has happened to, as they are now; none when destroyed.
    keys: BTreeMap<KeyArn, Option<KeyRecord>>,
    /// The wrapping keys that are gone.
    dropped: BTreeSet<String>,
    due: Due,
}

impl Course<'_> {
    /// Lets a custom key store arrive where it was going.
    fn key_store(&mut self, place: &Place, id: &str) {
        let Some(store) = self.view.key_store(place, id) else { return };
        let store = KeyStoreRecord { connection: store.connection.next(), ..store.clone() };
        self.due.changes.push(Change::PutKeyStore(Box::new(store)));
    }

    /// Drops a wrapping key, which has expired or is for a key that is gone.
    fn drop_wrapping_key(&mut self, arn: KeyArn, id: String) {
        if self.dropped.insert(id.clone()) {
            self.due.changes.push(Change::DeleteWrappingKey(arn, id));
        }
    }

    fn end(self) -> Due {
        let Self { keys, mut due, .. } = self;
        due.changes.extend(keys.into_iter().map(|(arn, key)| match key {
            Some(key) => Change::PutKey(Box::new(key)),
            None => Change::DeleteKey(arn),
        }));
        due
    }
}
