//! Blocks: rows that hold several steps, or several entries of the log, one after the other.
//!
//! Steps and entries are written as they come, each in a row of its own. What is in 64 consecutive numbers becomes one row when all
//! of it is there: thousands of small rows take seconds to write, and as long to read. A block stands under its last number, so the
//! row of a number is the first one whose key is not less, and what is older than some number is what stands under lesser keys.

use idb::{KeyRange, ObjectStore, Query, Transaction};
use wasm_bindgen::JsValue;

use super::access::{number, refused};
use crate::store::{StoreError, tree::Row};

/// So many numbers share a row.
pub(super) const LENGTH: u64 = 64;

/// The last number of the block that a number is in.
pub(super) fn end_of(number: u64) -> u64 {
    (number.saturating_sub(1) / LENGTH * LENGTH).saturating_add(LENGTH)
}

/// Cuts what is in order of its numbers into what shares a row.
pub(super) fn blocks<T>(all: &[T], number: impl Fn(&T) -> u64) -> impl Iterator<Item = &[T]> {
    all.chunk_by(move |one, next| end_of(number(one)) == end_of(number(next)))
}

/// The rows that may have something of these numbers, each with its key, in order. They are asked for at once.
pub(super) fn rows(
    table: &ObjectStore,
    (first, last): Row,
) -> Result<impl Future<Output = Result<Vec<(u64, JsValue)>, StoreError>> + use<>, StoreError> {
    asked(table, KeyRange::bound(&key(first), &key(end_of(last)), None, None), None)
}

/// The row that has this number, or else the next one.
pub(super) async fn row_of(table: &ObjectStore, number: u64) -> Result<Option<(u64, JsValue)>, StoreError> {
    let found = asked(table, KeyRange::lower_bound(&key(number), None), Some(1))?.await?;
    Ok(found.into_iter().next())
}

fn asked(
    table: &ObjectStore,
    range: Result<KeyRange, idb::Error>,
    most: Option<u32>,
) -> Result<impl Future<Output = Result<Vec<(u64, JsValue)>, StoreError>> + use<>, StoreError> {
    let range = range.map_err(refused)?;
    let keys = table.get_all_keys(Some(Query::from(range.clone())), most).map_err(refused)?.into_future();
    let values = table.get_all(Some(Query::from(range)), most).map_err(refused)?.into_future();
    Ok(async {
        let (keys, values) = (keys.await.map_err(refused)?, values.await.map_err(refused)?);
        Ok(keys.into_iter().map(|key| number(Some(key))).zip(values).collect())
    })
}

/// Puts a row under a number; whether the browser has taken it shows at the end of the transaction.
pub(super) fn put_row(table: &ObjectStore, number: u64, row: &JsValue) -> Result<(), StoreError> {
    table.put(row, Some(&key(number))).map(drop).map_err(refused)
}

/// Deletes the rows of these numbers, within a transaction.
pub(super) fn drop_rows(
    transaction: &Transaction,
    table: &str,
    (first, last): Row,
) -> Result<(), StoreError> {
    let table = transaction.object_store(table).map_err(refused)?;
    let rows = KeyRange::bound(&key(first), &key(last), None, None).map_err(refused)?;
    table.delete(Query::from(rows)).map(drop).map_err(refused)
}

/// A part of a text that is as long as its row says.
pub(super) fn take<'a>(text: &mut &'a [u8], length: usize, table: &str) -> Result<&'a [u8], StoreError> {
    let reason = || "its parts are longer than it is".to_owned();
    let (part, rest) = text
        .split_at_checked(length)
        .ok_or_else(|| StoreError::Damaged { name: table.to_owned(), reason: reason() })?;
    *text = rest;
    Ok(part)
}

pub(super) fn key(number: u64) -> JsValue {
    JsValue::from(number as f64)
}
