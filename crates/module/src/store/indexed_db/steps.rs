//! The steps of a sandbox: `{ parent, first, end, nonce, sealed, left? }`, by their number.
//!
//! `first` and `end` say which entries of the log are the step's; when it was gone back over, they are its `left`. What is
//! sealed is how to take the step back and to make it again. In `meta`, `head` is the last step that was made or come back to.

use idb::{KeyRange, Query, Transaction};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use waxseal_api::{Secret, SecretText};
use waxseal_kms::{Stored, Table};

use super::{
    GENERATION, IndexedDbTurn, LOG, META, STEPS,
    access::{finish, get, number, put, reading, refused, set, writing},
    row,
    sandbox::{AHEAD, drop_before, text_of},
    turn::write_rows,
};
use crate::{
    faults,
    store::{StepOf, Steps, StoreError, Travel, seal::Sealed},
};

const HEAD: &str = "head";
const NAME: &str = "waxseal v1/sandbox/step";
/// So many steps are kept.
const STEPS_LENGTH: u64 = 10_000;

impl IndexedDbTurn {
    pub(super) async fn read_records(&self, names: &[(Table, String)]) -> Result<Vec<Stored>, StoreError> {
        let tables: Vec<&str> = Table::ALL.iter().map(|table| table.as_str()).collect();
        let transaction = reading(&self.opened.database, &tables)?;
        let mut rows = Vec::new();
        for (table, name) in names {
            if let Some(row) = get(&transaction, table.as_str(), name).await? {
                rows.push((*table, name.clone(), row));
            }
        }
        let mut records = Vec::with_capacity(rows.len());
        for (table, name, row) in rows {
            records.push(row::opened(&self.root, table, name, &row).await?);
        }
        Ok(records)
    }

    pub(super) async fn seal_step(&mut self, text: &SecretText) -> Result<(), StoreError> {
        let secret = Secret::from(text.expose().as_bytes());
        self.step = Some(self.root.seal(NAME, &secret).await?);
        Ok(())
    }

    pub(super) async fn read_steps(&self) -> Result<Steps, StoreError> {
        let transaction = reading(&self.opened.database, &[META, STEPS])?;
        let head = number(get(&transaction, META, HEAD).await?);
        let store = transaction.object_store(STEPS).map_err(refused)?;
        let keys = store.get_all_keys(None, None).map_err(refused)?;
        let values = store.get_all(None, None).map_err(refused)?;
        let keys = keys.await.map_err(refused)?;
        let values = values.await.map_err(refused)?;
        let all = keys.into_iter().map(|key| number(Some(key))).zip(values.iter().map(step_of)).collect();
        Ok(Steps { head, all })
    }

    pub(super) async fn read_step_texts(&self, numbers: &[u64]) -> Result<Vec<SecretText>, StoreError> {
        let transaction = reading(&self.opened.database, &[STEPS])?;
        let store = transaction.object_store(STEPS).map_err(refused)?;
        let mut rows = Vec::with_capacity(numbers.len());
        for step in numbers {
            let row = store.get(Query::from(key(*step))).map_err(refused)?;
            rows.extend(row.await.map_err(refused)?);
        }
        let mut texts = Vec::with_capacity(rows.len());
        for row in rows {
            let sealed = Sealed { nonce: bytes(&row, "nonce"), bytes: bytes(&row, "sealed") };
            texts.push(text_of(&self.root.unseal(NAME, &sealed).await?));
        }
        Ok(texts)
    }

    /// Writes the step that this write is, within its transaction.
    pub(super) async fn write_step(
        &self,
        transaction: &Transaction,
        (first, end): (u64, u64),
    ) -> Result<(), StoreError> {
        let Some(sealed) = &self.step else { return Ok(()) };
        let head = number(get(transaction, META, HEAD).await?);
        let store = transaction.object_store(STEPS).map_err(refused)?;
        let newest = store.open_key_cursor(None, Some(idb::CursorDirection::Prev)).map_err(refused)?;
        let last = match newest.await.map_err(refused)? {
            Some(cursor) => number(Some(cursor.key().map_err(refused)?)),
            None => 0,
        };
        let row = Object::new();
        for (name, value) in [("parent", head), ("first", first), ("end", end)] {
            set(&row, name, &key(value))?;
        }
        set(&row, "nonce", &sealed.nonce)?;
        set(&row, "sealed", &sealed.bytes)?;
        store.put(&row, Some(&key(last + 1))).map_err(refused)?.await.map_err(refused)?;
        put(transaction, META, HEAD, &key(last + 1)).await?;
        drop_before(transaction, STEPS, (last + 1).saturating_sub(STEPS_LENGTH)).await
    }

    pub(super) async fn go(&mut self, travel: Travel) -> Result<u64, StoreError> {
        let rows = self.sealed(travel.writes).await?;
        let mut names: Vec<&str> = Table::ALL.iter().map(|table| table.as_str()).collect();
        names.extend([META, LOG, STEPS]);
        let next = self.next();
        let writing = writing(&self.opened.database, &names)?;
        let transaction = Transaction::from(writing.clone());
        faults::point("transaction");
        write_rows(&transaction, rows).await?;
        for step in travel.left {
            leave(&transaction, step).await?;
        }
        for step in travel.back {
            come_back(&transaction, step).await?;
        }
        if let Some(ahead) = travel.ahead {
            put(&transaction, META, AHEAD, &JsValue::from(ahead as f64)).await?;
        }
        put(&transaction, META, HEAD, &key(travel.head)).await?;
        put(&transaction, META, GENERATION, &key(next)).await?;
        faults::point("written");
        finish(writing).await?;
        self.generation = next;
        Ok(next)
    }
}

/// Takes a step's entries out of the log.
async fn leave(transaction: &Transaction, step: u64) -> Result<(), StoreError> {
    let (steps, log) = tables(transaction)?;
    let Some(row) = steps.get(Query::from(key(step))).map_err(refused)?.await.map_err(refused)? else {
        return Ok(());
    };
    let StepOf { entries: (first, end), .. } = step_of(&row);
    if first == end {
        return Ok(());
    }
    let range =
        || KeyRange::bound(&key(first), &key(end), None, Some(true)).map(Query::from).map_err(refused);
    let entries = log.get_all(Some(range()?), None).map_err(refused)?.await.map_err(refused)?;
    log.delete(range()?).map_err(refused)?.await.map_err(refused)?;
    set(row.unchecked_ref(), "left", &entries.into_iter().collect::<Array>())?;
    steps.put(&row, Some(&key(step))).map_err(refused)?.await.map_err(refused)?;
    Ok(())
}

/// Puts a step's entries back into the log.
async fn come_back(transaction: &Transaction, step: u64) -> Result<(), StoreError> {
    let (steps, log) = tables(transaction)?;
    let Some(row) = steps.get(Query::from(key(step))).map_err(refused)?.await.map_err(refused)? else {
        return Ok(());
    };
    let StepOf { entries: (first, _), .. } = step_of(&row);
    let left: Array = field(&row, "left").dyn_into().unwrap_or_default();
    for (at, entry) in (first..).zip(left.iter()) {
        log.put(&entry, Some(&key(at))).map_err(refused)?.await.map_err(refused)?;
    }
    set(row.unchecked_ref(), "left", &JsValue::UNDEFINED)?;
    steps.put(&row, Some(&key(step))).map_err(refused)?.await.map_err(refused)?;
    Ok(())
}

fn tables(transaction: &Transaction) -> Result<(idb::ObjectStore, idb::ObjectStore), StoreError> {
    let table = |name| transaction.object_store(name).map_err(refused);
    Ok((table(STEPS)?, table(LOG)?))
}

fn step_of(row: &JsValue) -> StepOf {
    let of = |name| number(Some(field(row, name)));
    StepOf { parent: of("parent"), entries: (of("first"), of("end")) }
}

fn field(row: &JsValue, name: &str) -> JsValue {
    Reflect::get(row, &name.into()).unwrap_or_default()
}

fn bytes(row: &JsValue, name: &str) -> Uint8Array {
    Uint8Array::new(&field(row, name))
}

fn key(number: u64) -> JsValue {
    JsValue::from(number as f64)
}
