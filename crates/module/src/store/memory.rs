//! Records that last as long as the program: for tests and for Node.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use waxseal_api::{SecretText, Timestamp};
use waxseal_kms::{Stored, Table, Write};

use super::{
    Everything, SandboxTurn, Saved, Standing, Step, Store, StoreError, Travel, Turn, matters,
    tree::{Row, Shape, Tree},
};

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
    head: u64,
    shape: Shape,
    /// Each with the first of its entries, the one after its last, and its text.
    steps: BTreeMap<u64, (u64, u64, String)>,
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
            let number = self.last() + 1;
            self.shape.grow(number, self.head, first);
            self.head = number;
            self.steps.insert(number, (first, self.entered + 1, text));
        }
    }

    fn last(&self) -> u64 {
        self.steps.keys().last().copied().unwrap_or_default()
    }

    fn tree(&self) -> Tree {
        let oldest = self.steps.keys().next().copied().unwrap_or_default();
        Tree { head: self.head, kept: (oldest, self.last()), shape: self.shape.clone() }
    }

    fn steps(&self, (first, last): Row) -> Vec<Step> {
        let step = |(number, (first, end, text)): (&u64, &(u64, u64, String))| Step {
            number: *number,
            entries: (*first, *end),
            text: text.clone().into(),
        };
        self.steps.range(first..=last).map(step).collect()
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

    fn scratch(&self) -> Option<Self> {
        Some(Self::default())
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

    async fn tree(&self) -> Result<Tree, StoreError> {
        Ok(self.0.borrow().tree())
    }

    async fn steps(&self, row: Row) -> Result<Vec<Step>, StoreError> {
        Ok(self.0.borrow().steps(row))
    }

    async fn step_of(&self, entry: u64) -> Result<Option<u64>, StoreError> {
        let all = self.0.borrow();
        let found = all.steps.iter().find(|(_, (first, end, _))| (*first..*end).contains(&entry));
        Ok(found.map(|(number, _)| *number))
    }

    async fn travel(&mut self, travel: Travel) -> Result<u64, StoreError> {
        let mut all = self.0.borrow_mut();
        all.write(travel.writes);
        all.ahead = travel.ahead.unwrap_or(all.ahead);
        all.head = travel.head;
        let end = all.steps.get(&travel.head).map(|(_, end, _)| *end);
        all.shape.until = if travel.head == all.last() {
            None
        } else {
            end.or(all.shape.ways.first().map(|way| way.entry))
        };
        all.generation += 1;
        Ok(all.generation)
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        self.0.borrow_mut().write_entries();
        Ok(())
    }

    async fn log(&self, after: u64, most: usize) -> Result<Vec<(u64, String)>, StoreError> {
        let all = self.0.borrow();
        let seen = all.tree().seen();
        let is_seen = |number: u64| {
            number > after && seen.iter().any(|(first, last)| (*first..=*last).contains(&number))
        };
        let newest = all.log.iter().rev().filter(|(number, _)| is_seen(**number)).take(most);
        let mut entries: Vec<_> = newest.map(|(number, entry)| (*number, entry.clone())).collect();
        entries.reverse();
        Ok(entries)
    }

    async fn kept(&self) -> Result<Option<SecretText>, StoreError> {
        Ok(self.0.borrow().kept.clone().map(SecretText::from))
    }

    async fn keep(&mut self, text: &SecretText) -> Result<(), StoreError> {
        self.0.borrow_mut().kept = Some(text.expose().to_owned());
        Ok(())
    }

    async fn everything(&self) -> Result<Everything, StoreError> {
        let all = self.0.borrow();
        Ok(Everything {
            ahead: all.ahead,
            head: all.head,
            shape: all.shape.clone(),
            entered: all.entered,
            records: all.records.values().map(Stored::duplicate).collect(),
            steps: all.steps((0, u64::MAX)),
            log: all.log.iter().map(|(number, entry)| (*number, entry.clone())).collect(),
            kept: all.kept.clone().map(SecretText::from),
        })
    }

    async fn fill(&mut self, everything: &Everything) -> Result<u64, StoreError> {
        let mut all = self.0.borrow_mut();
        let Everything { ahead, head, shape, entered, records, steps, log, kept } = everything;
        (all.ahead, all.head, all.shape, all.entered) = (*ahead, *head, shape.clone(), *entered);
        all.write(records.iter().map(|record| Write::Put(record.duplicate())).collect());
        let step =
            |step: &Step| (step.number, (step.entries.0, step.entries.1, step.text.expose().to_owned()));
        all.steps = steps.iter().map(step).collect();
        all.log = log.iter().cloned().collect();
        all.kept = kept.as_ref().map(|text| text.expose().to_owned());
        all.generation += 1;
        Ok(all.generation)
    }
}
