//! The steps of a sandbox: `{ first, end, nonce, sealed }`, by their number, or in a [`block`](super::block):
//! `{ steps, nonce, sealed }`.
//!
//! `first` and `end` say which entries of the log are the step's. What is sealed is how to take the step back and to make it
//! again; `steps` has number, first, end and length in bytes of each that is sealed there. In `meta`, `head` is the last step that
//! was made or come back to, and `shape` says, as JSON text, where the steps fork.

use futures_util::future::try_join_all;
use idb::{CursorDirection, ObjectStore, Query, Transaction};
use js_sys::{Float64Array, Object, Uint8Array};
use wasm_bindgen::JsValue;
use waxseal_api::{Secret, SecretText};
use waxseal_kms::{Stored, Table};

use super::{
    GENERATION, IndexedDbTurn, LOG, META, STEPS,
    access::{field, finish, get, number, put, reading, refused, set, that_is_all, writing},
    base::{GONE, block_of, change_rows, record_of},
    block::{self, blocks, drop_rows, key, put_row, row_of, rows, take},
    log::{drop_before, put_entries},
    row,
    sandbox::{AHEAD, text_of},
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
/// What the seal of a step is bound to, and that of a block of them.
const NAME: &str = "waxseal v1/sandbox/step";
const BLOCK: &str = "waxseal v1/sandbox/steps";
/// So many steps are kept.
const STEPS_LENGTH: u64 = 10_000;

impl IndexedDbTurn {
    pub(super) async fn read_records(&self, names: &[(Table, String)]) -> Result<Vec<Stored>, StoreError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let transaction = reading(&self.opened.database, &self.opened.tables())?;
        let mut asked = Vec::new();
        for (table, name) in names {
            let store = transaction.object_store(table.as_str()).map_err(refused)?;
            let row = store.get(Query::from(JsValue::from(name))).map_err(refused)?.into_future();
            asked.push((*table, name.clone(), row, block_of(&transaction, *table, name)?));
        }
        that_is_all(transaction)?;
        let mut rows = Vec::new();
        for (table, name, row, block) in asked {
            let (row, block) = (row.await.map_err(refused)?, block.await.map_err(refused)?);
            let row = match (row, block.first()) {
                (None, Some(block)) => record_of(block, table, &name)?,
                (row, _) => row,
            };
            rows.extend(row.filter(|row| *row != GONE).map(|row| (table, name, row)));
        }
        let opened = rows.iter().map(|(table, name, row)| row::opened(&self.root, *table, name.clone(), row));
        try_join_all(opened).await
    }

    pub(super) async fn seal_step(&mut self, text: &SecretText) -> Result<(), StoreError> {
        self.step = Some(self.root.seal(NAME, &Secret::from(text.expose().as_bytes())).await?);
        Ok(())
    }

    pub(super) async fn read_tree(&self) -> Result<Tree, StoreError> {
        let transaction = reading(&self.opened.database, &[META, STEPS])?;
        let (head, shape) = standing(&transaction).await?;
        let steps = transaction.object_store(STEPS).map_err(refused)?;
        Ok(Tree { head, kept: kept(&steps).await?, shape })
    }

    pub(super) async fn read_steps(&self, row: Row) -> Result<Vec<Step>, StoreError> {
        let transaction = reading(&self.opened.database, &[STEPS])?;
        let found = rows(&transaction.object_store(STEPS).map_err(refused)?, row)?;
        that_is_all(transaction)?;
        let found = found.await?;
        let wanted = |step: &Span| (row.0..=row.1).contains(&step.number);
        let spans = found.iter().map(|(key, value)| (spans(*key, value), value));
        let opened =
            spans.filter(|(spans, _)| spans.iter().any(wanted)).map(|it| self.opened_steps(it.0, it.1));
        let steps = try_join_all(opened).await?.into_iter().flatten();
        Ok(steps.filter(|step| (row.0..=row.1).contains(&step.number)).collect())
    }

    async fn opened_steps(&self, spans: Vec<Span>, row: &JsValue) -> Result<Vec<Step>, StoreError> {
        let bytes = |name| Uint8Array::new(&field(row, name));
        let sealed = Sealed { nonce: bytes("nonce"), bytes: bytes("sealed") };
        let name = if spans.iter().any(|step| step.length.is_some()) { BLOCK } else { NAME };
        let text = self.root.unseal(name, &sealed).await?;
        let mut rest = text.expose();
        let step = |Span { number, entries, length }| {
            let length = length.unwrap_or(rest.len());
            Ok(Step { number, entries, text: text_of(take(&mut rest, length, STEPS)?) })
        };
        spans.into_iter().map(step).collect()
    }

    /// Entries and steps are numbered in the same order, so the step is found by halving.
    pub(super) async fn find_step(&self, entry: u64) -> Result<Option<u64>, StoreError> {
        let transaction = reading(&self.opened.database, &[STEPS])?;
        let steps = transaction.object_store(STEPS).map_err(refused)?;
        let (mut low, mut high) = kept(&steps).await?;
        // The last step whose first entry is not after the one that is looked for.
        while low < high {
            let middle = (low + high).div_ceil(2);
            let entries = entries_of(&steps, middle).await?;
            if entries.is_some_and(|(first, _)| first <= entry) { low = middle } else { high = middle - 1 }
        }
        let entries = entries_of(&steps, low).await?;
        Ok(entries.filter(|(first, end)| (*first..*end).contains(&entry)).map(|_| low))
    }

    /// Writes the step that this write is, within its transaction. Says its number.
    pub(super) async fn write_step(
        &self,
        transaction: &Transaction,
        (first, end): (u64, u64),
    ) -> Result<Option<u64>, StoreError> {
        let Some(sealed) = &self.step else { return Ok(None) };
        let steps = transaction.object_store(STEPS).map_err(refused)?;
        let (head, mut shape) = standing(transaction).await?;
        let step = last(&steps).await? + 1;
        put_step(&steps, step, (first, end), sealed)?;
        if shape.grow(step, head, first) {
            put_shape(transaction, &shape)?;
        }
        put(transaction, META, HEAD, &key(step)).await?;
        drop_before(transaction, STEPS, step.saturating_sub(STEPS_LENGTH)).await?;
        Ok(Some(step))
    }

    pub(super) async fn go(&mut self, travel: Travel) -> Result<u64, StoreError> {
        let rows = self.sealed(travel.writes).await?;
        let mut names = self.opened.tables();
        names.extend([META, LOG, STEPS]);
        let next = self.next();
        let writing = writing(&self.opened.database, &names)?;
        let transaction = Transaction::from(writing.clone());
        faults::point("transaction");
        change_rows(&transaction, rows).await?;
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

    /// Steps sealed as blocks.
    pub(super) async fn sealed_steps(&self, steps: &[Step]) -> Result<Vec<Sealed>, StoreError> {
        let sealed = blocks(steps, |step| step.number).map(async |block: &[Step]| {
            let texts: Vec<&[u8]> = block.iter().map(|step| step.text.expose().as_bytes()).collect();
            self.root.seal(BLOCK, &Secret::new(texts.concat())).await
        });
        try_join_all(sealed).await
    }

    /// Makes one row of the steps of a block when the last of them was written, and rows of the entries that have come with them.
    pub(super) async fn gather(&mut self) {
        if let Some(step) = self.stepped.take().filter(|step| step % block::LENGTH == 0) {
            // They say what they have said before. If that cannot be written, they stay as they are.
            let _ = self.gather_until(step).await;
        }
    }

    async fn gather_until(&self, step: u64) -> Result<(), StoreError> {
        let of_steps = (step + 1 - block::LENGTH, step);
        let steps = self.read_steps(of_steps).await?;
        let first = steps.first().map_or(1, |step| step.entries.0);
        let begun = block::end_of(first) + 1 - block::LENGTH;
        let of_log = (begun, self.entered().await? / block::LENGTH * block::LENGTH);
        let log = self.read_log(of_log).await?;
        let sealed = self.sealed_steps(&steps).await?;
        let writing = writing(&self.opened.database, &[LOG, STEPS])?;
        let transaction = Transaction::from(writing.clone());
        drop_rows(&transaction, STEPS, of_steps)?;
        put_steps(&transaction, &steps, &sealed)?;
        if begun <= of_log.1 {
            drop_rows(&transaction, LOG, of_log)?;
            put_entries(&transaction, &log)?;
        }
        faults::point("gathered");
        finish(writing).await
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
    if step == last(&steps).await? {
        return Ok(None);
    }
    let entries = entries_of(&steps, step).await?;
    Ok(entries.map(|(_, end)| end).or_else(|| shape.ways.first().map(|way| way.entry)))
}

/// The oldest step that is kept, and the last; 0 where there is none.
async fn kept(steps: &ObjectStore) -> Result<Row, StoreError> {
    let oldest =
        row_of(steps, 0).await?.and_then(|(key, row)| spans(key, &row).first().map(|step| step.number));
    Ok((oldest.unwrap_or_default(), last(steps).await?))
}

/// The number of the last step; 0 where there is none.
async fn last(steps: &ObjectStore) -> Result<u64, StoreError> {
    let cursor = steps.open_key_cursor(None, Some(CursorDirection::Prev)).map_err(refused)?;
    match cursor.await.map_err(refused)? {
        Some(cursor) => Ok(number(Some(cursor.key().map_err(refused)?))),
        None => Ok(0),
    }
}

/// The entries of a step, if it is kept.
async fn entries_of(steps: &ObjectStore, step: u64) -> Result<Option<(u64, u64)>, StoreError> {
    let Some((key, row)) = row_of(steps, step).await? else { return Ok(None) };
    Ok(spans(key, &row).iter().find(|span| span.number == step).map(|span| span.entries))
}

/// What a row says of a step without being opened.
struct Span {
    number: u64,
    entries: (u64, u64),
    /// How much of what is sealed is this step's; none: all.
    length: Option<usize>,
}

fn spans(key: u64, row: &JsValue) -> Vec<Span> {
    let of = |name| number(Some(field(row, name)));
    let block = field(row, "steps");
    if block.is_undefined() {
        return vec![Span { number: key, entries: (of("first"), of("end")), length: None }];
    }
    let span = |span: &[f64]| Span {
        number: span[0] as u64,
        entries: (span[1] as u64, span[2] as u64),
        length: Some(span[3] as usize),
    };
    Float64Array::new(&block).to_vec().chunks_exact(4).map(span).collect()
}

/// Puts steps that are sealed as blocks, where there are no rows of theirs.
pub(super) fn put_steps(
    transaction: &Transaction,
    steps: &[Step],
    sealed: &[Sealed],
) -> Result<(), StoreError> {
    let table = transaction.object_store(STEPS).map_err(refused)?;
    for (block, sealed) in blocks(steps, |step| step.number).zip(sealed) {
        let Some(last) = block.last() else { continue };
        let span = |Step { number, entries, text }: &Step| {
            [*number, entries.0, entries.1, text.expose().len() as u64].map(|number| number as f64)
        };
        let row = Object::new();
        set(&row, "steps", &Float64Array::from(&block.iter().flat_map(span).collect::<Vec<_>>()[..]))?;
        set(&row, "nonce", &sealed.nonce)?;
        set(&row, "sealed", &sealed.bytes)?;
        put_row(&table, last.number, &row)?;
    }
    Ok(())
}

/// Puts a step that is sealed by itself.
fn put_step(
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
    put_row(steps, step, &row)
}
