//! Transactions, and single values in them.

use idb::{Query, Transaction};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransaction};

use crate::{browser::describe, store::StoreError};

pub(super) fn reading(database: &IdbDatabase, stores: &[&str]) -> Result<Transaction, StoreError> {
    begin(database, stores, "readonly").map(Transaction::from)
}

pub(super) fn writing(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, StoreError> {
    begin(database, stores, "readwrite")
}

/// `database.transaction(stores, mode, { durability: "strict" })`: complete means on disk, not in a cache.
pub(super) fn begin(
    database: &IdbDatabase,
    stores: &[&str],
    mode: &str,
) -> Result<IdbTransaction, StoreError> {
    let stores: Array = stores.iter().map(|name| JsValue::from(*name)).collect();
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())
        .and_then(|_| Reflect::get(database, &"transaction".into()))
        .and_then(|method| {
            method.unchecked_into::<Function>().call3(database, &stores, &mode.into(), &options)
        })
        .map(JsCast::unchecked_into)
        .map_err(|e| refused_because(describe(&e)))
}

pub(super) async fn get(
    transaction: &Transaction,
    store: &str,
    key: &str,
) -> Result<Option<JsValue>, StoreError> {
    let store = transaction.object_store(store).map_err(refused)?;
    store.get(Query::from(JsValue::from(key))).map_err(refused)?.await.map_err(refused)
}

/// Values of one table, asked for at once.
pub(super) async fn look_up<const N: usize>(
    database: &IdbDatabase,
    store: &str,
    keys: [&str; N],
) -> Result<[Option<JsValue>; N], StoreError> {
    let mut found = look_up_all(database, store, &keys).await?.into_iter();
    Ok(std::array::from_fn(|_| found.next().flatten()))
}

async fn look_up_all(
    database: &IdbDatabase,
    store: &str,
    keys: &[&str],
) -> Result<Vec<Option<JsValue>>, StoreError> {
    let transaction = reading(database, &[store])?;
    let table = transaction.object_store(store).map_err(refused)?;
    let mut asked = Vec::new();
    for key in keys {
        asked.push(table.get(Query::from(JsValue::from(*key))).map_err(refused)?.into_future());
    }
    that_is_all(transaction)?;
    let mut found = Vec::new();
    for asked in asked {
        found.push(asked.await.map_err(refused)?);
    }
    Ok(found)
}

/// Tells the browser that nothing more is asked for in a transaction that reads. Unless it has heard so, it lets whatever is
/// written next wait until this thread has a moment.
pub(super) fn that_is_all(transaction: Transaction) -> Result<(), StoreError> {
    transaction.commit().map(drop).map_err(refused)
}

/// A member of a row; undefined where there is none.
pub(super) fn field(row: &JsValue, name: &str) -> JsValue {
    Reflect::get(row, &name.into()).unwrap_or_default()
}

/// A number that was kept; 0 where there is none.
pub(super) fn number(kept: Option<JsValue>) -> u64 {
    kept.and_then(|kept| kept.as_f64()).unwrap_or_default() as u64
}

pub(super) async fn put(
    transaction: &Transaction,
    store: &str,
    key: &str,
    value: &JsValue,
) -> Result<(), StoreError> {
    let store = transaction.object_store(store).map_err(refused)?;
    store.put(value, Some(&key.into())).map_err(refused)?.await.map_err(refused)?;
    Ok(())
}

/// Commits, and waits until the browser says that it has.
pub(super) async fn finish(transaction: IdbTransaction) -> Result<(), StoreError> {
    let result = Transaction::from(transaction.clone()).commit().map_err(refused)?.await;
    match (result, transaction.error()) {
        (Ok(result), _) if result.is_committed() => Ok(()),
        (_, Some(error)) => Err(refused_because(describe(&error))),
        (Err(error), None) => Err(refused(error)),
        (Ok(_), None) => Err(StoreError::Refused("the transaction was aborted".into())),
    }
}

pub(super) fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), StoreError> {
    Reflect::set(object, &name.into(), value).map(drop).map_err(|e| StoreError::Refused(describe(&e)))
}

/// An error while opening.
pub(super) fn missing(error: idb::Error) -> StoreError {
    match error.to_string() {
        text if text.contains("VersionError") => StoreError::Newer,
        text if text.contains("QuotaExceededError") => StoreError::Full,
        text => StoreError::Missing(text),
    }
}

/// An error while reading or writing.
pub(super) fn refused(error: idb::Error) -> StoreError {
    refused_because(error.to_string())
}

pub(super) fn refused_because(text: String) -> StoreError {
    if text.contains("QuotaExceededError") { StoreError::Full } else { StoreError::Refused(text) }
}
