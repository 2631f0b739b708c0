//! Records that last as long as the program: for tests and for Node.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use waxseal_api::{SecretText, Timestamp};
use waxseal_kms::{Stored, Table, Write};

use super::{SandboxTurn, Saved, Standing, Store, StoreError, Turn, matters};

/// A store in memory. Clones share their records, as tabs share a database.
///
/// A turn never waits for anything, so in one thread there is never a second one.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Rc<RefCell<Records>>);

#[derive(Debug, Default)]
struct Records {
    generation: u64,
    standing: Standing,
    records: BTreeMap<(Table, String), Stored>,
    ahead: i64,
    log: Vec<String>,
    kept: Option<String>,
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
        all.generation += 1;
        if writes.iter().any(matters) {
            all.standing.changed = all.generation;
        }
        for write in writes {
            match write {
                Write::Put(stored) => drop(all.records.insert((stored.table, stored.key.clone()), stored)),
                Write::Delete { table, key } => drop(all.records.remove(&(table, key))),
            }
        }
        Ok(all.generation)
    }

    async fn replace(&mut self, records: Vec<Stored>, made: Timestamp) -> Result<u64, StoreError> {
        let named = |stored: Stored| ((stored.table, stored.key.clone()), stored);
        self.0.borrow_mut().records.clear();
        self.0.borrow_mut().records.extend(records.into_iter().map(named));
        let generation = self.commit(Vec::new()).await?;
        let saved = Some(Saved { made, generation });
        self.0.borrow_mut().standing = Standing { changed: generation, saved };
        Ok(generation)
    }

    async fn standing(&self) -> Result<Standing, StoreError> {
        Ok(self.0.borrow().standing)
    }

    async fn note(&mut self, saved: Saved) -> Result<(), StoreError> {
        self.0.borrow_mut().standing.saved = Some(saved);
        Ok(())
    }
}

impl SandboxTurn for MemoryTurn {
    async fn ahead(&self) -> Result<i64, StoreError> {
        Ok(self.0.borrow().ahead)
    }

    async fn set_ahead(&mut self, millis: i64) -> Result<(), StoreError> {
        self.0.borrow_mut().ahead = millis;
        self.commit(Vec::new()).await.map(drop)
    }

    fn enter(&mut self, entries: Vec<String>) {
        self.0.borrow_mut().log.extend(entries);
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn log(&self, after: u64) -> Result<Vec<(u64, String)>, StoreError> {
        let all = self.0.borrow();
        Ok((1..).zip(all.log.iter().cloned()).skip(after as usize).collect())
    }

    async fn kept(&self) -> Result<Option<SecretText>, StoreError> {
        Ok(self.0.borrow().kept.clone().map(SecretText::from))
    }

    async fn keep(&mut self, text: &SecretText) -> Result<(), StoreError> {
        self.0.borrow_mut().kept = Some(text.expose().to_owned());
        Ok(())
    }
}
