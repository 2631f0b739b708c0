//! Records of a sandbox that were written at once: rows of the table `base`, each an array of up to 64 records, each after its
//! `<table>/<name>`, under that of the last. A browser takes half a second for thousands of rows.
//!
//! What stands in a table itself comes before what stands here under its name; `false` there says that the record is gone.

use idb::{KeyRange, ObjectStore, Query, Transaction};
use js_sys::{Array, Map};
use wasm_bindgen::{JsCast, JsValue};
use waxseal_kms::Table;

use super::{
    access::refused,
    sandbox::SANDBOXES,
    turn::{Row, write_rows},
};
use crate::store::StoreError;

pub(super) const BASE: &str = "base";
/// So many records share a row.
const LENGTH: usize = 64;
/// When more than so many change, all are written anew.
const MANY: usize = 200;

/// What stands in the place of a record that is gone.
pub(super) const GONE: JsValue = JsValue::FALSE;

/// A record's table, its name, and the record.
pub(super) type Found = (Table, String, JsValue);

/// All records, asked for at once; `base` is whether there is a table of this name. A module without sandboxes has no code for it.
pub(super) fn every_row(
    transaction: &Transaction,
    base: bool,
) -> Result<impl Future<Output = Result<Vec<Found>, StoreError>> + use<>, StoreError> {
    let blocks = if SANDBOXES && base { Some(table(transaction, BASE)?.get_all(None, None)) } else { None };
    let blocks = blocks.transpose().map_err(refused)?.map(IntoFuture::into_future);
    let mut asked = Vec::new();
    for its in Table::ALL {
        let store = table(transaction, its.as_str())?;
        let keys = store.get_all_keys(None, None).map_err(refused)?.into_future();
        asked.push((*its, keys, store.get_all(None, None).map_err(refused)?.into_future()));
    }
    Ok(async move {
        let mut found = Vec::new();
        if let Some(blocks) = blocks {
            for block in blocks.await.map_err(refused)? {
                found.extend(records(&block)?);
            }
        }
        for (its, keys, rows) in asked {
            let keys = keys.await.map_err(refused)?.into_iter();
            let rows = rows.await.map_err(refused)?;
            found.extend(keys.zip(rows).map(|(key, row)| (its, key.as_string().unwrap_or_default(), row)));
        }
        Ok(if SANDBOXES && base { latest(found) } else { found })
    })
}

/// The block that may have a record.
pub(super) fn block_of(
    transaction: &Transaction,
    its: Table,
    name: &str,
) -> Result<impl Future<Output = Result<Vec<JsValue>, idb::Error>> + use<>, StoreError> {
    let from = KeyRange::lower_bound(&key(its, name), None).map_err(refused)?;
    let asked = table(transaction, BASE)?.get_all(Some(Query::from(from)), Some(1)).map_err(refused)?;
    Ok(asked.into_future())
}

/// A record of a block.
pub(super) fn record_of(block: &JsValue, its: Table, name: &str) -> Result<Option<JsValue>, StoreError> {
    let found = records(block)?.into_iter().find(|found| found.0 == its && found.1 == name);
    Ok(found.map(|(.., row)| row))
}

/// Writes rows, within a transaction that has all tables.
pub(super) async fn change_rows(transaction: &Transaction, rows: Vec<Row>) -> Result<(), StoreError> {
    if rows.len() <= MANY {
        return write_rows(transaction, rows, true);
    }
    let mut all = every_row(transaction, true)?.await?;
    all.extend(rows.into_iter().map(|(its, name, row)| (its, name, row.unwrap_or(GONE))));
    for its in Table::ALL.iter().map(|table| table.as_str()).chain([BASE]) {
        drop(table(transaction, its)?.clear().map_err(refused)?);
    }
    put_all(transaction, all)
}

/// Writes records where there are none. Of those of one name, the last one is right.
pub(super) fn put_all(transaction: &Transaction, all: Vec<Found>) -> Result<(), StoreError> {
    let base = table(transaction, BASE)?;
    for block in latest(all).chunks(LENGTH) {
        let Some((its, name, _)) = block.last() else { continue };
        let row: Array = block.iter().flat_map(|(its, name, row)| [key(*its, name), row.clone()]).collect();
        drop(base.put(&row, Some(&key(*its, name))).map_err(refused)?);
    }
    Ok(())
}

/// The last one of each name, unless it says that there is none, in the browser's order of keys.
fn latest(all: Vec<Found>) -> Vec<Found> {
    let named = Map::new();
    for (its, name, row) in &all {
        named.set(&key(*its, name), row);
    }
    let keys = Array::from(&named.keys()).sort();
    keys.iter().filter_map(|key| found(&key, named.get(&key))).filter(|(.., row)| *row != GONE).collect()
}

/// What is in a block.
fn records(block: &JsValue) -> Result<Vec<Found>, StoreError> {
    let damaged = || StoreError::Damaged { name: BASE.into(), reason: "it is no block of records".into() };
    let parts = block.dyn_ref::<Array>().ok_or_else(damaged)?;
    let record = |at| found(&parts.get(2 * at), parts.get(2 * at + 1)).filter(|(.., row)| row.is_object());
    (0..parts.length() / 2).map(|at| record(at).ok_or_else(damaged)).collect()
}

fn found(key: &JsValue, row: JsValue) -> Option<Found> {
    let key = key.as_string()?;
    let (its, name) = key.split_once('/')?;
    Some((its.parse().ok()?, name.to_owned(), row))
}

fn key(its: Table, name: &str) -> JsValue {
    format!("{}/{name}", its.as_str()).into()
}

fn table(transaction: &Transaction, name: &str) -> Result<ObjectStore, StoreError> {
    transaction.object_store(name).map_err(refused)
}
