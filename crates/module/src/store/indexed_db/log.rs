//! The log of a sandbox. It holds no secrets.
//!
//! An entry is a row, the JSON text by its number, or part of a [`block`](super::block): `{ entries, text }`, where `entries` has the
//! number and the length in bytes of each. In `meta`, `entered` is the number of the last entry that there ever was. Entries of steps
//! that were gone back over stay in the table, and the tree of steps says which are seen.

use idb::{KeyRange, Query, Transaction};
use js_sys::{Float64Array, Object, Uint8Array};
use wasm_bindgen::JsValue;

use super::{
    IndexedDbTurn, LOG, META,
    access::{field, get, look_up, number, put, reading, refused, set, that_is_all},
    block::{blocks, key, put_row, rows, take},
    sandbox::string,
};
use crate::store::{StoreError, tree::Row};

pub(super) const ENTERED: &str = "entered";
/// So many entries are kept.
const MOST: u64 = 10_000;

impl IndexedDbTurn {
    pub(super) async fn entered(&self) -> Result<u64, StoreError> {
        let [entered] = look_up(&self.opened.database, META, [ENTERED]).await?;
        Ok(number(entered))
    }

    /// Entries, seen or not.
    pub(super) async fn read_log(&self, row: Row) -> Result<Vec<(u64, String)>, StoreError> {
        if row.0 > row.1 {
            return Ok(Vec::new());
        }
        let transaction = reading(&self.opened.database, &[LOG])?;
        let found = rows(&transaction.object_store(LOG).map_err(refused)?, row)?;
        that_is_all(transaction)?;
        let found = found.await?;
        let mut entries = Vec::new();
        for (key, value) in found {
            match value.as_string() {
                Some(entry) => entries.push((key, entry)),
                None => entries.extend(opened(&value)?),
            }
        }
        entries.retain(|(number, _)| (row.0..=row.1).contains(number));
        Ok(entries)
    }

    /// Puts the entries into the log, within a transaction, and drops the oldest. Says what the first one's number is, and the
    /// one after the last.
    pub(super) async fn write_entries(&self, transaction: &Transaction) -> Result<(u64, u64), StoreError> {
        if self.entries.is_empty() && self.step.is_none() {
            return Ok((0, 0));
        }
        let first = number(get(transaction, META, ENTERED).await?) + 1;
        let end = first + self.entries.len() as u64;
        if first == end {
            return Ok((first, end));
        }
        let log = transaction.object_store(LOG).map_err(refused)?;
        for (number, entry) in (first..).zip(&self.entries) {
            log.put(&entry.into(), Some(&key(number))).map_err(refused)?;
        }
        put(transaction, META, ENTERED, &JsValue::from((end - 1) as f64)).await?;
        drop_before(transaction, LOG, end.saturating_sub(MOST)).await?;
        Ok((first, end))
    }
}

/// The entries of a block.
fn opened(block: &JsValue) -> Result<Vec<(u64, String)>, StoreError> {
    let text = Uint8Array::new(&field(block, "text")).to_vec();
    let mut rest = &text[..];
    let spans = Float64Array::new(&field(block, "entries")).to_vec();
    let entry = |span: &[f64]| {
        let entry = take(&mut rest, span[1] as usize, LOG)?;
        Ok((span[0] as u64, string(entry)))
    };
    spans.chunks_exact(2).map(entry).collect()
}

/// Puts entries in blocks, where there are no rows of theirs.
pub(super) fn put_entries(transaction: &Transaction, entries: &[(u64, String)]) -> Result<(), StoreError> {
    let log = transaction.object_store(LOG).map_err(refused)?;
    for block in blocks(entries, |(number, _)| *number) {
        let Some((last, _)) = block.last() else { continue };
        let spans: Vec<f64> =
            block.iter().flat_map(|(number, entry)| [*number as f64, entry.len() as f64]).collect();
        let text: Vec<&str> = block.iter().map(|(_, entry)| entry.as_str()).collect();
        let row = Object::new();
        set(&row, "entries", &Float64Array::from(&spans[..]))?;
        set(&row, "text", &Uint8Array::from(text.concat().as_bytes()))?;
        put_row(&log, *last, &row)?;
    }
    Ok(())
}

/// Deletes the rows of a table whose number is less.
pub(super) async fn drop_before(
    transaction: &Transaction,
    table: &str,
    first: u64,
) -> Result<(), StoreError> {
    if first <= 1 {
        return Ok(());
    }
    let store = transaction.object_store(table).map_err(refused)?;
    let old = KeyRange::upper_bound(&key(first), Some(true)).map_err(refused)?;
    store.delete(Query::from(old)).map_err(refused)?.await.map_err(refused)
}
