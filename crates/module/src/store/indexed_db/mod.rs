//! Records in IndexedDB, secrets sealed.
//!
//! Database `waxseal-<world>`. Object stores: one for each table of records, with one object a record,
//! `{ v: 1, body, nonce?, sealed? }`, by the record's name; `meta` holds the root key under `root` and the number of
//! writes so far under `generation`. A turn holds the Web Lock of the same name as the database.

use std::{cell::Cell, pin::pin, rc::Rc};

use futures_util::future::{Either, select};
use idb::{DatabaseEvent as _, Factory, ObjectStoreParams, Query, Transaction};
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use waxseal_kms::{Stored, Table, Write};
use web_sys::{CryptoKey, IdbDatabase, IdbTransaction, IdbVersionChangeEvent};

use super::{
    Store, StoreError, Turn,
    seal::{RootKey, Sealed},
};
use crate::{
    browser::{self, LockGuard, describe},
    faults,
};

/// Of the database; it grows with every new table. Version 1 had keys, materials and aliases.
const VERSION: u32 = 2;
/// Of the objects in it, and of what their seals are bound to.
const ROW_FORM: u32 = 1;
const META: &str = "meta";
const ROOT: &str = "root";
const GENERATION: &str = "generation";

/// A database of this browser.
#[derive(Clone)]
pub struct IndexedDbStore(Rc<Opened>);

struct Opened {
    name: String,
    database: IdbDatabase,
    root: RootKey,
}

/// A turn of an [`IndexedDbStore`].
pub struct IndexedDbTurn {
    opened: Rc<Opened>,
    generation: u64,
    _lock: LockGuard,
}

impl IndexedDbStore {
    /// Opens the database of a world, and makes it when it is not there. `lost` is called, once, when the connection is
    /// gone: with [`StoreError::Newer`] when another tab upgrades the database, with [`StoreError::Deleted`] when it is
    /// deleted.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Newer`], [`StoreError::Blocked`], [`StoreError::CryptoMissing`].
    pub async fn open(world: &str, lost: impl FnOnce(StoreError) + 'static) -> Result<Self, StoreError> {
        let subtle = browser::subtle().ok_or(StoreError::CryptoMissing)?;
        let name = format!("waxseal-{world}");
        let _lock = LockGuard::acquire(&name).await.map_err(|e| StoreError::Missing(describe(&e)))?;
        let database = open_database(&name).await?;
        make_way(&database, lost);
        let root = match get(&reading(&database, &[META])?, META, ROOT).await? {
            Some(kept) => RootKey::kept(subtle, kept.unchecked_into::<CryptoKey>()),
            None => {
                let root = RootKey::generate(subtle).await?;
                faults::point("root-made");
                keep_root(&database, &root).await?;
                faults::point("root-kept");
                root
            }
        };
        Ok(Self(Rc::new(Opened { name, database, root })))
    }
}

impl Store for IndexedDbStore {
    type Turn = IndexedDbTurn;

    async fn turn(&self) -> Result<IndexedDbTurn, StoreError> {
        let lock = LockGuard::acquire(&self.0.name).await.map_err(|e| StoreError::Missing(describe(&e)))?;
        let written = get(&reading(&self.0.database, &[META])?, META, GENERATION).await?;
        let generation = written.and_then(|number| number.as_f64()).unwrap_or_default() as u64;
        Ok(IndexedDbTurn { opened: self.0.clone(), generation, _lock: lock })
    }
}

impl Turn for IndexedDbTurn {
    fn generation(&self) -> u64 {
        self.generation
    }

    async fn load(&self) -> Result<Vec<Stored>, StoreError> {
        let names = Table::ALL.iter().map(|table| table.as_str()).collect::<Vec<_>>();
        let transaction = reading(&self.opened.database, &names)?;
        // A transaction ends by itself when it has nothing to do, so everything is read before anything is unsealed.
        let mut rows = Vec::new();
        for table in Table::ALL {
            let store = transaction.object_store(table.as_str()).map_err(refused)?;
            let keys = store.get_all_keys(None, None).map_err(refused)?;
            let values = store.get_all(None, None).map_err(refused)?;
            let keys = keys.await.map_err(refused)?;
            rows.extend(keys.into_iter().zip(values.await.map_err(refused)?).map(|row| (*table, row)));
        }
        let mut records = Vec::with_capacity(rows.len());
        for (table, (key, value)) in rows {
            records.push(self.read(table, key.as_string().unwrap_or_default(), &value).await?);
        }
        Ok(records)
    }

    async fn commit(&mut self, writes: Vec<Write>) -> Result<u64, StoreError> {
        let mut rows = Vec::with_capacity(writes.len());
        for write in writes {
            rows.push(match write {
                Write::Put(stored) => (stored.table, stored.key.clone(), Some(self.row(&stored).await?)),
                Write::Delete { table, key } => (table, key, None),
            });
        }
        self.put_rows(rows, false).await
    }

    async fn replace(&mut self, records: Vec<Stored>) -> Result<u64, StoreError> {
        let mut rows = Vec::with_capacity(records.len());
        for stored in records {
            rows.push((stored.table, stored.key.clone(), Some(self.row(&stored).await?)));
        }
        self.put_rows(rows, true).await
    }
}

/// A record's table, its name, and the record; none: it is deleted.
type Row = (Table, String, Option<Object>);

impl IndexedDbTurn {
    /// Writes rows that are sealed; with `alone`, they are all that is there then.
    async fn put_rows(&mut self, rows: Vec<Row>, alone: bool) -> Result<u64, StoreError> {
        faults::point("sealed");
        let next = self.generation + 1;
        self.write(rows, alone, next).await?;
        faults::point("committed");
        self.generation = next;
        Ok(next)
    }

    /// One transaction: every row, and the new generation.
    async fn write(&self, rows: Vec<Row>, alone: bool, next: u64) -> Result<(), StoreError> {
        let mut names = vec![META];
        names.extend(Table::ALL.iter().map(|table| table.as_str()));
        let writing = writing(&self.opened.database, &names)?;
        let transaction = Transaction::from(writing.clone());
        faults::point("transaction");
        if alone {
            for table in Table::ALL {
                let store = transaction.object_store(table.as_str()).map_err(refused)?;
                store.clear().map_err(refused)?.await.map_err(refused)?;
            }
            faults::point("cleared");
        }
        for (table, key, row) in rows {
            let store = transaction.object_store(table.as_str()).map_err(refused)?;
            let key = JsValue::from(key);
            match row {
                Some(row) => drop(store.put(&row, Some(&key)).map_err(refused)?.await.map_err(refused)?),
                None => store.delete(Query::from(key)).map_err(refused)?.await.map_err(refused)?,
            }
            faults::point("row");
        }
        put(&transaction, META, GENERATION, &JsValue::from(next as f64)).await?;
        faults::point("written");
        finish(writing).await
    }

    /// A record as it is stored.
    async fn row(&self, stored: &Stored) -> Result<Object, StoreError> {
        let row = Object::new();
        set(&row, "v", &ROW_FORM.into())?;
        set(&row, "body", &stored.body.as_str().into())?;
        if let Some(secret) = &stored.secret {
            let sealed = self.opened.root.seal(&sealed_name(stored.table, &stored.key), secret).await?;
            set(&row, "nonce", &sealed.nonce)?;
            set(&row, "sealed", &sealed.bytes)?;
        }
        Ok(row)
    }

    /// A stored record, opened.
    async fn read(&self, table: Table, key: String, row: &JsValue) -> Result<Stored, StoreError> {
        let field = |name: &str| Reflect::get(row, &name.into()).ok().filter(|value| !value.is_undefined());
        let damaged = |reason: &str| StoreError::Damaged { name: key.clone(), reason: reason.into() };
        match field("v").and_then(|v| v.as_f64()) {
            Some(v) if v == f64::from(ROW_FORM) => {}
            Some(v) if v > f64::from(ROW_FORM) => return Err(StoreError::Newer),
            _ => return Err(damaged("it has no version")),
        }
        let body =
            field("body").and_then(|body| body.as_string()).ok_or_else(|| damaged("it has no body"))?;
        let secret = match (field("nonce"), field("sealed")) {
            (Some(nonce), Some(bytes)) => {
                let sealed = Sealed { nonce: Uint8Array::new(&nonce), bytes: Uint8Array::new(&bytes) };
                Some(self.opened.root.unseal(&sealed_name(table, &key), &sealed).await?)
            }
            (None, None) => None,
            _ => return Err(damaged("half of its seal is missing")),
        };
        Ok(Stored { table, key, body, secret })
    }
}

/// What a secret is bound to: the form, the table and the name of its record.
fn sealed_name(table: Table, key: &str) -> String {
    format!("waxseal v{ROW_FORM}/{table}/{key}")
}

async fn open_database(name: &str) -> Result<IdbDatabase, StoreError> {
    let factory = Factory::new().map_err(missing)?;
    let mut request = factory.open(name, Some(VERSION)).map_err(missing)?;
    request.on_upgrade_needed(|event| {
        // A failure here aborts the upgrade, which then fails the request.
        let Ok(database) = event.database() else { return };
        for store in Table::ALL.iter().map(|table| table.as_str()).chain([META]) {
            if !database.store_names().iter().any(|there| there == store) {
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    let (blocked, tell) = browser::promise();
    request.on_blocked(move |_| browser::call(tell.as_ref()));
    match select(pin!(request.into_future()), pin!(JsFuture::from(blocked))).await {
        Either::Left((opened, _)) => opened.map(IdbDatabase::from).map_err(missing),
        Either::Right(_) => Err(StoreError::Blocked),
    }
}

/// Lets go of the database when another tab wants to upgrade or delete it, and notices when the browser has taken it.
fn make_way(database: &IdbDatabase, lost: impl FnOnce(StoreError) + 'static) {
    let lost = Rc::new(Cell::new(Some(lost)));
    let tell = move |error| {
        if let Some(lost) = lost.take() {
            lost(error);
        }
    };
    let (ours, tell_version) = (database.clone(), tell.clone());
    let on_version_change =
        Closure::<dyn Fn(IdbVersionChangeEvent)>::new(move |event: IdbVersionChangeEvent| {
            ours.close();
            tell_version(if event.new_version().is_some() { StoreError::Newer } else { StoreError::Deleted });
        });
    let on_close = Closure::<dyn Fn()>::new(move || tell(StoreError::Deleted));
    database.set_onversionchange(Some(on_version_change.into_js_value().unchecked_ref()));
    database.set_onclose(Some(on_close.into_js_value().unchecked_ref()));
}

/// Keeps the root key. Whoever comes here holds the lock and has seen that there is none.
async fn keep_root(database: &IdbDatabase, root: &RootKey) -> Result<(), StoreError> {
    let transaction = writing(database, &[META])?;
    put(&Transaction::from(transaction.clone()), META, ROOT, root.as_js()).await?;
    finish(transaction).await
}

fn reading(database: &IdbDatabase, stores: &[&str]) -> Result<Transaction, StoreError> {
    begin(database, stores, "readonly").map(Transaction::from)
}

fn writing(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, StoreError> {
    begin(database, stores, "readwrite")
}

/// `database.transaction(stores, mode, { durability: "strict" })`: complete means on disk, not in a cache.
fn begin(database: &IdbDatabase, stores: &[&str], mode: &str) -> Result<IdbTransaction, StoreError> {
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

async fn get(transaction: &Transaction, store: &str, key: &str) -> Result<Option<JsValue>, StoreError> {
    let store = transaction.object_store(store).map_err(refused)?;
    store.get(Query::from(JsValue::from(key))).map_err(refused)?.await.map_err(refused)
}

async fn put(transaction: &Transaction, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
    let store = transaction.object_store(store).map_err(refused)?;
    store.put(value, Some(&key.into())).map_err(refused)?.await.map_err(refused)?;
    Ok(())
}

/// Commits, and waits until the browser says that it has.
async fn finish(transaction: IdbTransaction) -> Result<(), StoreError> {
    let result = Transaction::from(transaction.clone()).commit().map_err(refused)?.await;
    match (result, transaction.error()) {
        (Ok(result), _) if result.is_committed() => Ok(()),
        (_, Some(error)) => Err(refused_because(describe(&error))),
        (Err(error), None) => Err(refused(error)),
        (Ok(_), None) => Err(StoreError::Refused("the transaction was aborted".into())),
    }
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), StoreError> {
    Reflect::set(object, &name.into(), value).map(drop).map_err(|e| StoreError::Refused(describe(&e)))
}

/// An error while opening.
fn missing(error: idb::Error) -> StoreError {
    match error.to_string() {
        text if text.contains("VersionError") => StoreError::Newer,
        text if text.contains("QuotaExceededError") => StoreError::Full,
        text => StoreError::Missing(text),
    }
}

/// An error while reading or writing.
fn refused(error: idb::Error) -> StoreError {
    refused_because(error.to_string())
}

fn refused_because(text: String) -> StoreError {
    if text.contains("QuotaExceededError") { StoreError::Full } else { StoreError::Refused(text) }
}

#[cfg(test)]
mod tests;
