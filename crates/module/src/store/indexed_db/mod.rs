//! Records in IndexedDB, secrets sealed.
//!
//! Database `waxseal-<world>`. Object stores: one for each table of records, with one object a record,
//! `{ v: 1, body, nonce?, sealed? }`, by the record's name; `meta` holds the root key under `root` and the number of
//! writes so far under `generation`; see [`lock`] for when a passphrase is needed. A turn holds the Web Lock of the same name as the database.

mod lock;

use std::{
    cell::{Cell, RefCell},
    pin::pin,
    rc::Rc,
};

use futures_util::future::{Either, select};
use idb::{DatabaseEvent as _, Factory, ObjectStoreParams, Query, Transaction};
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use waxseal_crypto::{CryptoRng, PassphraseKey};
use waxseal_kms::{Stored, Table, Write};
use web_sys::{CryptoKey, IdbDatabase, IdbTransaction, IdbVersionChangeEvent, SubtleCrypto};
use zeroize::Zeroizing;

use super::{
    Store, StoreError, Turn,
    seal::{RootKey, Sealed},
};
use crate::{
    browser::{self, LockGuard, describe},
    faults,
};

/// Of the database; it grows with every new table. Version 1 had keys, materials and aliases; version 2 had no lock, and
/// whoever knows only that one would take a locked database for an empty one.
const VERSION: u32 = 3;
/// Of the objects in it, and of what their seals are bound to.
const ROW_FORM: u32 = 1;
const META: &str = "meta";
const ROOT: &str = "root";
const GENERATION: &str = "generation";
const LOCK: &str = "lock";
const EPOCH: &str = "epoch";

pub(crate) use lock::{Lock, NewLock};

/// A database of this browser.
#[derive(Clone)]
pub struct IndexedDbStore(Rc<Opened>);

struct Opened {
    name: String,
    database: IdbDatabase,
    subtle: SubtleCrypto,
    /// The root key, unless it is locked away; and which one it is.
    root: RefCell<Option<Rc<RootKey>>>,
    epoch: Cell<u64>,
}

/// A turn of an [`IndexedDbStore`].
pub struct IndexedDbTurn {
    opened: Rc<Opened>,
    root: Rc<RootKey>,
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
        let opened = Opened { name, database, subtle, root: RefCell::default(), epoch: Cell::default() };
        opened.look_again().await?;
        if opened.root.borrow().is_none() && opened.lock().await?.is_none() {
            opened.make_root().await?;
        }
        Ok(Self(Rc::new(opened)))
    }

    /// The lock, when there is one, open or not.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn lock(&self) -> Result<Option<Lock>, StoreError> {
        self.0.lock().await
    }

    /// Whether a passphrase is needed now.
    pub(crate) fn is_locked(&self) -> bool {
        self.0.root.borrow().is_none()
    }

    /// Opens the lock, given what the passphrase has become, or finds that another tab has taken it off.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`], or the database cannot be read.
    pub(crate) async fn unlock(&self, key: &PassphraseKey) -> Result<(), StoreError> {
        let _lock = LockGuard::acquire(&self.0.name).await.map_err(|e| StoreError::Missing(describe(&e)))?;
        self.0.look_again().await?;
        if let (true, Some(lock)) = (self.is_locked(), self.0.lock().await?) {
            let root = RootKey::import(self.0.subtle.clone(), &lock.open(key)?).await?;
            self.0.root.replace(Some(Rc::new(root)));
        }
        Ok(())
    }

    /// Whether this is what the passphrase of the lock becomes. Only within a turn, so that the lock stays the same.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`], or the database cannot be read.
    pub(crate) async fn verify(&self, key: &PassphraseKey) -> Result<(), StoreError> {
        self.0.lock().await?.map_or(Ok(()), |lock| lock.open(key).map(drop))
    }

    /// Looks whether another tab has taken the lock off.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn look_again(&self) -> Result<(), StoreError> {
        self.0.look_again().await
    }

    /// Forgets the root key, when a passphrase can bring it back.
    pub(crate) fn forget(&self) {
        self.0.root.take();
    }
}

impl Opened {
    /// Reads which root key it is, and the key itself where it is not locked away.
    async fn look_again(&self) -> Result<(), StoreError> {
        let reading = reading(&self.database, &[META])?;
        let epoch = number(get(&reading, META, EPOCH).await?);
        let kept = get(&reading, META, ROOT).await?.map(JsCast::unchecked_into::<CryptoKey>);
        self.epoch.set(epoch);
        self.root.replace(kept.map(|key| Rc::new(RootKey::kept(self.subtle.clone(), key))));
        Ok(())
    }

    async fn lock(&self) -> Result<Option<Lock>, StoreError> {
        let kept = get(&reading(&self.database, &[META])?, META, LOCK).await?;
        kept.as_ref().map(Lock::from_js).transpose()
    }

    /// Whoever comes here holds the Web Lock and has seen that there is none.
    async fn make_root(&self) -> Result<(), StoreError> {
        let root = RootKey::generate(self.subtle.clone()).await?;
        faults::point("root-made");
        keep_root(&self.database, &root).await?;
        faults::point("root-kept");
        self.root.replace(Some(Rc::new(root)));
        Ok(())
    }
}

impl Store for IndexedDbStore {
    type Turn = IndexedDbTurn;

    async fn turn(&self) -> Result<IndexedDbTurn, StoreError> {
        let lock = LockGuard::acquire(&self.0.name).await.map_err(|e| StoreError::Missing(describe(&e)))?;
        let reading = reading(&self.0.database, &[META])?;
        let generation = number(get(&reading, META, GENERATION).await?);
        let epoch = number(get(&reading, META, EPOCH).await?);
        if epoch != self.0.epoch.get() {
            self.0.look_again().await?;
        }
        let root = self.0.root.borrow().clone().ok_or(StoreError::Locked)?;
        Ok(IndexedDbTurn { opened: self.0.clone(), root, generation, _lock: lock })
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
        self.put_rows(rows, false, Vec::new()).await
    }

    async fn replace(&mut self, records: Vec<Stored>) -> Result<u64, StoreError> {
        let rows = self.rows(records).await?;
        self.put_rows(rows, true, Vec::new()).await
    }
}

/// What stands in `meta` under a name from now on; none: nothing.
type Note = (&'static str, Option<JsValue>);

/// A record's table, its name, and the record; none: it is deleted.
type Row = (Table, String, Option<Object>);

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

    /// Seals everything under another root key and writes it, together with where that key is found.
    async fn change_root(&mut self, root: RootKey, mut notes: Vec<Note>) -> Result<u64, StoreError> {
        let records = self.load().await?;
        let before = std::mem::replace(&mut self.root, Rc::new(root));
        let epoch = self.opened.epoch.get() + 1;
        notes.push((EPOCH, Some(JsValue::from(epoch as f64))));
        let written = match self.rows(records).await {
            Ok(rows) => self.put_rows(rows, true, notes).await,
            Err(error) => Err(error),
        };
        if written.is_ok() {
            self.opened.root.replace(Some(self.root.clone()));
            self.opened.epoch.set(epoch);
        } else {
            self.root = before;
        }
        written
    }

    async fn rows(&self, records: Vec<Stored>) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::with_capacity(records.len());
        for stored in records {
            rows.push((stored.table, stored.key.clone(), Some(self.row(&stored).await?)));
        }
        Ok(rows)
    }

    /// Writes rows that are sealed; with `alone`, they are all that is there then.
    async fn put_rows(&mut self, rows: Vec<Row>, alone: bool, notes: Vec<Note>) -> Result<u64, StoreError> {
        faults::point("sealed");
        let next = self.generation + 1;
        self.write(rows, alone, notes, next).await?;
        faults::point("committed");
        self.generation = next;
        Ok(next)
    }

    /// One transaction: every row, every note, and the new generation.
    async fn write(
        &self,
        rows: Vec<Row>,
        alone: bool,
        notes: Vec<Note>,
        next: u64,
    ) -> Result<(), StoreError> {
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
            let sealed = self.root.seal(&sealed_name(stored.table, &stored.key), secret).await?;
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
                Some(self.root.unseal(&sealed_name(table, &key), &sealed).await?)
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

/// A number that was kept; 0 where there is none.
fn number(kept: Option<JsValue>) -> u64 {
    kept.and_then(|kept| kept.as_f64()).unwrap_or_default() as u64
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
