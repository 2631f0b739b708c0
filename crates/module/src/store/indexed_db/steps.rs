//! The steps of a sandbox: `{ first, end, nonce, sealed }`, by their number.
//!
//! `first` and `end` say which entries of the log are the step's. What is sealed is how to take the step back and to make it
//! again. In `meta`, `head` is the last step that was made or come back to, and `shape` says, as JSON text, where the steps fork.

use futures_util::future::try_join_all;
use idb::{CursorDirection, KeyRange, ObjectStore, Query, Transaction};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
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
    store::{
        Step, StoreError, Travel,
        seal::Sealed,
        tree::{Row, Shape, Tree},
    },
};

pub(super) const HEAD: &str = "head";
pub(super) const SHAPE: &str = "shape";
const NAME: &str = "waxseal v1/sandbox/step";
/// So many steps are kept.
const STEPS_LENGTH: u64 = 10_000;

impl IndexedDbTurn {
    pub(super) async fn read_records(&self, names: &[(Table, String)]) -> Result<Vec<Stored>, StoreError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let tables: Vec<&str> = Table::ALL.iter().map(|table| table.as_str()).collect();
        let transaction = reading(&self.opened.database, &tables)?;
        let mut rows = Vec::new();
        for (table, name) in names {
            if let Some(row) = get(&transaction, table.as_str(), name).await? {
                rows.push((*table, name.clone(), row));
            }
        }
        let opened = rows.iter().map(|(table, name, row)| row::opened(&self.root, *table, name.clone(), row));
        try_join_all(opened).await
    }

    pub(super) async fn seal_step(&mut self, text: &SecretText) -> Result<(), StoreError> {
        self.step = Some(self.sealed_text(text).await?);
        Ok(())
    }

    async fn sealed_text(&self, text: &SecretText) -> Result<Sealed, StoreError> {
        self.root.seal(NAME, &Secret::from(text.expose().as_bytes())).await
    }

    pub(super) async fn read_tree(&self) -> Result<Tree, StoreError> {
        let transaction = reading(&self.opened.database, &[META, STEPS])?;
        let (head, shape) = standing(&transaction).await?;
        let steps = transaction.object_store(STEPS).map_err(refused)?;
        let oldest = outermost(&steps, CursorDirection::Next).await?;
        Ok(Tree { head, kept: (oldest, outermost(&steps, CursorDirection::Prev).await?), shape })
    }

    pub(super) async fn read_steps(&self, (first, last): Row) -> Result<Vec<Step>, StoreError> {
        let transaction = reading(&self.opened.database, &[STEPS])?;
        let store = transaction.object_store(STEPS).map_err(refused)?;
        let range = || KeyRange::bound(&key(first), &key(last), None, None).map(Query::from).map_err(refused);
        let keys = store.get_all_keys(Some(range()?), None).map_err(refused)?;
        let values = store.get_all(Some(range()?), None).map_err(refused)?;
        let (keys, values) = (keys.await.map_err(refused)?, values.await.map_err(refused)?);
        try_join_all(keys.into_iter().zip(values).map(async |(key, row)| {
            let sealed = Sealed { nonce: bytes(&row, "nonce"), bytes: bytes(&row, "sealed") };
            let text = text_of(&self.root.unseal(NAME, &sealed).await?);
            Ok(Step { number: number(Some(key)), entries: entries_of(&row), text })
        }))
        .await
    }

    /// Entries and steps are numbered in the same order, so the step is found by halving.
    pub(super) async fn find_step(&self, entry: u64) -> Result<Option<u64>, StoreError> {
        let transaction = reading(&self.opened.database, &[STEPS])?;
        let steps = transaction.object_store(STEPS).map_err(refused)?;
        let mut low = outermost(&steps, CursorDirection::Next).await?;
        let mut high = outermost(&steps, CursorDirection::Prev).await?;
        // The last step whose first entry is not after the one that is looked for.
        while low < high {
            let middle = (low + high).div_ceil(2);
            let row = step_row(&steps, middle).await?;
            if row.is_some_and(|row| entries_of(&row).0 <= entry) { low = middle } else { high = middle - 1 }
        }
        let row = step_row(&steps, low).await?;
        Ok(row
            .map(|row| entries_of(&row))
            .filter(|(first, end)| (*first..*end).contains(&entry))
            .map(|_| low))
    }

    /// Writes the step that this write is, within its transaction.
    pub(super) async fn write_step(
        &self,
        transaction: &Transaction,
        (first, end): (u64, u64),
    ) -> Result<(), StoreError> {
        let Some(sealed) = &self.step else { return Ok(()) };
        let steps = transaction.object_store(STEPS).map_err(refused)?;
        let (head, mut shape) = standing(transaction).await?;
        let step = outermost(&steps, CursorDirection::Prev).await? + 1;
        put_step(&steps, step, (first, end), sealed)?;
        if shape.grow(step, head, first) {
            put_shape(transaction, &shape)?;
        }
        put(transaction, META, HEAD, &key(step)).await?;
        drop_before(transaction, STEPS, step.saturating_sub(STEPS_LENGTH)).await
    }

    pub(super) async fn go(&mut self, travel: Travel) -> Result<u64, StoreError> {
        let rows = self.sealed(travel.writes).await?;
        let mut names: Vec<&str> = Table::ALL.iter().map(|table| table.as_str()).collect();
        names.extend([META, LOG, STEPS]);
        let next = self.next();
        let writing = writing(&self.opened.database, &names)?;
        let transaction = Transaction::from(writing.clone());
        faults::point("transaction");
        write_rows(&transaction, rows)?;
        if let Some(ahead) = travel.ahead {
            put(&transaction, META, AHEAD, &JsValue::from(ahead as f64)).await?;
        }
        let (_, mut shape) = standing(&transaction).await?;
        shape.until = after(&transaction, &shape, travel.head).await?;
        put_shape(&transaction, &shape)?;
        put(&transaction, META, HEAD, &key(travel.head)).await?;
        put(&transaction, META, GENERATION, &key(next)).await?;
        faults::point("written");
        finish(writing).await?;
        self.generation = next;
        Ok(next)
    }

    /// Steps as rows of their table.
    pub(super) async fn sealed_steps(&self, steps: &[Step]) -> Result<Vec<Sealed>, StoreError> {
        try_join_all(steps.iter().map(|step| self.sealed_text(&step.text))).await
    }
}

/// The head, and where the steps fork.
async fn standing(transaction: &Transaction) -> Result<(u64, Shape), StoreError> {
    let head = number(get(transaction, META, HEAD).await?);
    let Some(text) = get(transaction, META, SHAPE).await?.and_then(|shape| shape.as_string()) else {
        return Ok((head, Shape::default()));
    };
    let damaged =
        |error: serde_json::Error| StoreError::Damaged { name: SHAPE.into(), reason: error.to_string() };
    Ok((head, serde_json::from_str(&text).map_err(damaged)?))
}

pub(super) fn put_shape(transaction: &Transaction, shape: &Shape) -> Result<(), StoreError> {
    let text = serde_json::to_string(shape).unwrap_or_default();
    let meta = transaction.object_store(META).map_err(refused)?;
    meta.put(&JsValue::from(text), Some(&SHAPE.into())).map(drop).map_err(refused)
}

/// The first entry after those of a step that somebody goes to, unless it is the last one.
async fn after(transaction: &Transaction, shape: &Shape, step: u64) -> Result<Option<u64>, StoreError> {
    let steps = transaction.object_store(STEPS).map_err(refused)?;
    if step == outermost(&steps, CursorDirection::Prev).await? {
        return Ok(None);
    }
    let row = step_row(&steps, step).await?;
    Ok(row.map(|row| entries_of(&row).1).or_else(|| shape.ways.first().map(|way| way.entry)))
}

/// The number of the first or the last step; 0 where there is none.
async fn outermost(steps: &ObjectStore, from: CursorDirection) -> Result<u64, StoreError> {
    let cursor = steps.open_key_cursor(None, Some(from)).map_err(refused)?;
    match cursor.await.map_err(refused)? {
        Some(cursor) => Ok(number(Some(cursor.key().map_err(refused)?))),
        None => Ok(0),
    }
}

async fn step_row(steps: &ObjectStore, step: u64) -> Result<Option<JsValue>, StoreError> {
    steps.get(Query::from(key(step))).map_err(refused)?.await.map_err(refused)
}

/// Puts a row; whether the browser has taken it shows at the end of the transaction.
pub(super) fn put_step(
    steps: &ObjectStore,
    step: u64,
    (first, end): (u64, u64),
    sealed: &Sealed,
) -> Result<(), StoreError> {
    let row = Object::new();
    set(&row, "first", &key(first))?;
    set(&row, "end", &key(end))?;
    set(&row, "nonce", &sealed.nonce)?;
    set(&row, "sealed", &sealed.bytes)?;
    steps.put(&row, Some(&key(step))).map(drop).map_err(refused)
}

fn entries_of(row: &JsValue) -> (u64, u64) {
    let of = |name| number(Some(field(row, name)));
    (of("first"), of("end"))
}

fn field(row: &JsValue, name: &str) -> JsValue {
    Reflect::get(row, &name.into()).unwrap_or_default()
}

fn bytes(row: &JsValue, name: &str) -> Uint8Array {
    Uint8Array::new(&field(row, name))
}

pub(super) fn key(number: u64) -> JsValue {
    JsValue::from(number as f64)
}
