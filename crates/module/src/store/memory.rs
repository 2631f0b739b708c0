//! Records that last as long as the program: for tests and for Node.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use waxseal_api::{SecretText, Timestamp};
use waxseal_kms::{Stored, Table, Write};

use super::{SandboxTurn, Saved, Standing, StepOf, Steps, Store, StoreError, Travel, Turn, matters};

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
    log: BTreeMap<u64, String>,
    /// The number of the last entry that there was.
    entered: u64,
    /// Entries for the next write, and the step that it is.
    entries: Vec<String>,
    step: Option<String>,
    steps: Steps,
    texts: BTreeMap<u64, String>,
    /// The entries of steps that were left.
    hidden: BTreeMap<u64, String>,
    kept: Option<String>,
}

impl Records {
    fn write(&mut self, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Put(stored) => drop(self.records.insert((stored.table, stored.key.clone()), stored)),
                Write::Delete { table, key } => drop(self.records.remove(&(table, key))),
            }
        }
    }

    fn write_entries(&mut self) {
        let first = self.entered + 1;
        for entry in std::mem::take(&mut self.entries) {
            self.entered += 1;
            self.log.insert(self.entered, entry);
        }
        if let Some(text) = self.step.take() {
            let number = self.texts.keys().last().copied().unwrap_or_default() + 1;
            let entries = (first, self.entered + 1);
            self.steps.all.insert(number, StepOf { parent: self.steps.head, entries });
            self.steps.head = number;
            self.texts.insert(number, text);
        }
    }
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
        all.write(writes);
        all.write_entries();
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
        self.0.borrow_mut().entries.extend(entries);
    }

    async fn records(&self, names: &[(Table, String)]) -> Result<Vec<Stored>, StoreError> {
        let all = self.0.borrow();
        Ok(names.iter().filter_map(|name| all.records.get(name)).map(Stored::duplicate).collect())
    }

    async fn step(&mut self, text: &SecretText) -> Result<(), StoreError> {
        self.0.borrow_mut().step = Some(text.expose().to_owned());
        Ok(())
    }

    async fn steps(&self) -> Result<Steps, StoreError> {
        Ok(self.0.borrow().steps.clone())
    }

    async fn step_texts(&self, numbers: &[u64]) -> Result<Vec<SecretText>, StoreError> {
        let all = self.0.borrow();
        Ok(numbers.iter().filter_map(|number| all.texts.get(number)).cloned().map(SecretText::from).collect())
    }

    async fn travel(&mut self, travel: Travel) -> Result<u64, StoreError> {
        let mut records = self.0.borrow_mut();
        let all = &mut *records;
        all.write(travel.writes);
        all.ahead = travel.ahead.unwrap_or(all.ahead);
        let shift = |steps: &[u64], from: &mut BTreeMap<u64, String>, to: &mut BTreeMap<u64, String>| {
            for number in steps {
                let (first, end) = all.steps.all[number].entries;
                to.extend((first..end).filter_map(|at| from.remove_entry(&at)));
            }
        };
        shift(&travel.left, &mut all.log, &mut all.hidden);
        shift(&travel.back, &mut all.hidden, &mut all.log);
        all.steps.head = travel.head;
        all.generation += 1;
        Ok(all.generation)
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        self.0.borrow_mut().write_entries();
        Ok(())
    }

    async fn log(&self, after: u64) -> Result<Vec<(u64, String)>, StoreError> {
        let all = self.0.borrow();
        Ok(all.log.range(after + 1..).map(|(number, entry)| (*number, entry.clone())).collect())
    }

    async fn kept(&self) -> Result<Option<SecretText>, StoreError> {
        Ok(self.0.borrow().kept.clone().map(SecretText::from))
    }

    async fn keep(&mut self, text: &SecretText) -> Result<(), StoreError> {
        self.0.borrow_mut().kept = Some(text.expose().to_owned());
        Ok(())
    }
}
