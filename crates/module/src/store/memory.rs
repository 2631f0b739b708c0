//! Records that last as long as the program: for tests and for Node.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use waxseal_kms::{Stored, Table, Write};

use super::{Store, StoreError, Turn};

/// A store in memory. Clones share their records, as tabs share a database.
///
/// A turn never waits for anything, so in one thread there is never a second one.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Rc<RefCell<Records>>);

#[derive(Debug, Default)]
struct Records {
    generation: u64,
    records: BTreeMap<(Table, String), Stored>,
}

/// A turn of a [`MemoryStore`].
#[derive(Debug)]
pub struct MemoryTurn(Rc<RefCell<Records>>);

impl Store for MemoryStore {
    type Turn = MemoryTurn;

    async fn turn(&self) -> Result<MemoryTurn, StoreError> {
        Ok(MemoryTurn(self.0.clone()))
    }
}

impl Turn for MemoryTurn {
    fn generation(&self) -> u64 {
        self.0.borrow().generation
    }

    async fn load(&self) -> Result<Vec<Stored>, StoreError> {
        Ok(self.0.borrow().records.values().map(Stored::duplicate).collect())
    }

    async fn commit(&mut self, writes: Vec<Write>) -> Result<u64, StoreError> {
        let mut all = self.0.borrow_mut();
        for write in writes {
            match write {
                Write::Put(stored) => drop(all.records.insert((stored.table, stored.key.clone()), stored)),
                Write::Delete { table, key } => drop(all.records.remove(&(table, key))),
            }
        }
        all.generation += 1;
        Ok(all.generation)
    }

    async fn replace(&mut self, records: Vec<Stored>) -> Result<u64, StoreError> {
        let named = |stored: Stored| ((stored.table, stored.key.clone()), stored);
        self.0.borrow_mut().records.clear();
        self.0.borrow_mut().records.extend(records.into_iter().map(named));
        self.commit(Vec::new()).await
    }
}
