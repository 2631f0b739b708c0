//! Exclusive access to a database: reading all of it, and writing in one transaction.

use std::rc::Rc;

use futures_util::future::try_join_all;
use idb::{Query, Transaction};
use wasm_bindgen::JsValue;
use waxseal_api::Timestamp;
use waxseal_crypto::{CryptoRng, PassphraseKey};
use waxseal_kms::{Stored, Table, Write};
use zeroize::Zeroizing;

use super::{
    CHANGED, EPOCH, GENERATION, LOCK, LOG, META, NewLock, Opened, ROOT, SAVED, SAVED_AT, STEPS,
    access::{finish, look_up, number, put, reading, refused, that_is_all, writing},
    base::{GONE, every_row},
    row,
};
use crate::{
    browser::LockGuard,
    faults,
    store::{
        Saved, Standing, StoreError, Turn, matters,
        seal::{RootKey, Sealed},
    },
};

/// A turn of an [`IndexedDbStore`].
pub struct IndexedDbTurn {
    pub(super) opened: Rc<Opened>,
    pub(super) root: Rc<RootKey>,
    pub(super) generation: u64,
    pub(super) epoch: u64,
    /// What the next write puts into a sandbox's log.
    pub(super) entries: Vec<String>,
    /// The step that the next write is, sealed.
    pub(super) step: Option<Sealed>,
    /// The number of the last step that this turn has written.
    pub(super) stepped: Option<u64>,
    pub(super) _lock: LockGuard,
}

impl Turn for IndexedDbTurn {
    fn generation(&self) -> u64 {
        self.generation
    }

    async fn load(&self) -> Result<Vec<Stored>, StoreError> {
        let transaction = reading(&self.opened.database, &self.opened.tables())?;
        // A transaction ends by itself when it has nothing to do, so everything is read before anything is unsealed.
        let rows = every_row(&transaction, self.opened.is_sandbox())?;
        that_is_all(transaction)?;
        let rows = rows.await?;
        let opened = rows.iter().map(|(table, key, row)| row::opened(&self.root, *table, key.clone(), row));
        try_join_all(opened).await
    }

    async fn commit(&mut self, writes: Vec<Write>) -> Result<u64, StoreError> {
        let changed = writes.iter().any(matters).then(|| (CHANGED, Some(JsValue::from(self.next() as f64))));
        let rows = self.sealed(writes).await?;
        self.put_rows(rows, false, changed.into_iter().collect()).await
    }

    async fn replace(&mut self, records: Vec<Stored>, made: Timestamp) -> Result<u64, StoreError> {
        let rows = self.rows(&records).await?;
        self.put_rows(rows, true, self.restored(made)).await
    }

    async fn standing(&self) -> Result<Standing, StoreError> {
        let [changed, generation, made] =
            look_up(&self.opened.database, META, [CHANGED, SAVED, SAVED_AT]).await?;
        let made = made.and_then(|made| made.as_f64());
        Ok(Standing {
            // Before version 4 it was not noted: then anything may have changed at any time.
            changed: changed.map_or(self.generation, |changed| number(Some(changed))),
            saved: made.map(|made| Saved {
                made: Timestamp::from_millis(made as i64),
                generation: number(generation),
            }),
        })
    }

    async fn note(&mut self, saved: Saved) -> Result<(), StoreError> {
        let notes = notes(self.standing().await?.changed, saved);
        self.write(Vec::new(), false, notes, self.generation).await
    }
}

/// What stands in `meta` under a name from now on; none: nothing.
pub(super) type Note = (&'static str, Option<JsValue>);

fn notes(changed: u64, saved: Saved) -> Vec<Note> {
    let Saved { made, generation } = saved;
    let number = |number: f64| Some(JsValue::from(number));
    vec![
        (CHANGED, number(changed as f64)),
        (SAVED, number(generation as f64)),
        (SAVED_AT, number(made.as_millis() as f64)),
    ]
}

/// A record's table, its name, and the record; none: it is deleted.
pub(super) type Row = (Table, String, Option<JsValue>);

impl IndexedDbTurn {
    /// Puts the root key under a passphrase, given what that has become. It is a new key, so that nobody has it who could
    /// use the old one, and everything is sealed anew.
    ///
    /// # Errors
    /// Nothing was written.
    pub(crate) async fn protect(
        &mut self,
        lock: &NewLock,
        key: &PassphraseKey,
        rng: &mut dyn CryptoRng,
    ) -> Result<u64, StoreError> {
        let mut bytes = Zeroizing::new(vec![0; 32]);
        rng.fill_bytes(&mut bytes);
        let kept = lock.close(key, &bytes, rng)?.as_js()?;
        let root = RootKey::import(self.opened.subtle.clone(), &bytes).await?;
        self.change_root(root, vec![(ROOT, None), (LOCK, Some(kept))]).await
    }

    /// Keeps the root key where the browser holds it, without a passphrase. It is a new key.
    ///
    /// # Errors
    /// Nothing was written.
    pub(crate) async fn unprotect(&mut self) -> Result<u64, StoreError> {
        let root = RootKey::generate(self.opened.subtle.clone()).await?;
        let kept = JsValue::from(root.as_js());
        self.change_root(root, vec![(ROOT, Some(kept)), (LOCK, None)]).await
    }

    async fn change_root(&mut self, root: RootKey, notes: Vec<Note>) -> Result<u64, StoreError> {
        let records = self.load().await?;
        self.put_under(Rc::new(root), records, notes).await
    }

    /// Seals records under another root key and writes them in the place of all others, together with where that key is
    /// found.
    pub(super) async fn put_under(
        &mut self,
        root: Rc<RootKey>,
        records: Vec<Stored>,
        mut notes: Vec<Note>,
    ) -> Result<u64, StoreError> {
        let before = std::mem::replace(&mut self.root, root);
        let epoch = self.epoch + 1;
        notes.push((EPOCH, Some(JsValue::from(epoch as f64))));
        let written = match self.rows(&records).await {
            Ok(rows) => self.put_rows(rows, true, notes).await,
            Err(error) => Err(error),
        };
        if written.is_ok() {
            self.opened.root.replace(Some(self.root.clone()));
            self.opened.epoch.set(epoch);
            self.epoch = epoch;
        } else {
            self.root = before;
        }
        written
    }

    /// What is noted with the records of a backup.
    pub(super) fn restored(&self, made: Timestamp) -> Vec<Note> {
        let generation = self.next();
        notes(generation, Saved { made, generation })
    }

    /// The generation after the next write.
    pub(super) fn next(&self) -> u64 {
        self.generation + 1
    }

    /// Writes as rows.
    pub(super) async fn sealed(&self, writes: Vec<Write>) -> Result<Vec<Row>, StoreError> {
        try_join_all(writes.into_iter().map(async |write| match write {
            Write::Put(stored) => self.row(&stored).await,
            Write::Delete { table, key } => Ok((table, key, None)),
        }))
        .await
    }

    /// Records as rows.
    pub(super) async fn rows(&self, records: &[Stored]) -> Result<Vec<Row>, StoreError> {
        try_join_all(records.iter().map(|stored| self.row(stored))).await
    }

    async fn row(&self, stored: &Stored) -> Result<Row, StoreError> {
        Ok((stored.table, stored.key.clone(), Some(row::sealed(&self.root, stored).await?.into())))
    }

    /// Writes rows that are sealed; with `alone`, they are all that is there then.
    async fn put_rows(&mut self, rows: Vec<Row>, alone: bool, notes: Vec<Note>) -> Result<u64, StoreError> {
        faults::point("sealed");
        let next = self.next();
        self.write(rows, alone, notes, next).await?;
        faults::point("committed");
        self.generation = next;
        Ok(next)
    }

    /// One transaction: every row, every note, every entry for the log, and the new generation.
    pub(super) async fn write(
        &mut self,
        rows: Vec<Row>,
        alone: bool,
        notes: Vec<Note>,
        next: u64,
    ) -> Result<(), StoreError> {
        let tables = self.opened.tables();
        let mut names = tables.clone();
        names.push(META);
        if self.step.is_some() || !self.entries.is_empty() {
            names.extend([LOG, STEPS]);
        }
        let writing = writing(&self.opened.database, &names)?;
        let transaction = Transaction::from(writing.clone());
        faults::point("transaction");
        if alone {
            for table in tables {
                let store = transaction.object_store(table).map_err(refused)?;
                store.clear().map_err(refused)?.await.map_err(refused)?;
            }
            faults::point("cleared");
        }
        write_rows(&transaction, rows, self.opened.is_sandbox())?;
        for (name, note) in notes {
            match note {
                Some(value) => put(&transaction, META, name, &value).await?,
                None => {
                    let store = transaction.object_store(META).map_err(refused)?;
                    store
                        .delete(Query::from(JsValue::from(name)))
                        .map_err(refused)?
                        .await
                        .map_err(refused)?;
                }
            }
        }
        let entries = self.write_entries(&transaction).await?;
        let step = self.write_step(&transaction, entries).await?;
        put(&transaction, META, GENERATION, &JsValue::from(next as f64)).await?;
        faults::point("written");
        finish(writing).await?;
        self.entries.clear();
        self.step = None;
        self.stepped = step.or(self.stepped);
        Ok(())
    }
}

/// Writes rows that are sealed; whether the browser has taken them shows at the end of the transaction. With `marked`, it is
/// noted which records are gone.
pub(super) fn write_rows(transaction: &Transaction, rows: Vec<Row>, marked: bool) -> Result<(), StoreError> {
    for (table, key, row) in rows {
        let store = transaction.object_store(table.as_str()).map_err(refused)?;
        let key = JsValue::from(key);
        match row.or(marked.then_some(GONE)) {
            Some(row) => drop(store.put(&row, Some(&key)).map_err(refused)?),
            None => drop(store.delete(Query::from(key)).map_err(refused)?),
        }
        faults::point("row");
    }
    Ok(())
}
