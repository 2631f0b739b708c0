//! Records in IndexedDB, secrets sealed.
//!
//! Database `waxseal-<world>`. Object stores: one for each table of records, with one object a record, see [`row`]; `meta`
//! holds the root key under `root` and the number of writes so far under `generation`; see [`lock`] for when a passphrase
//! is needed. Beside them, `changed` is the generation of the last change that a backup should have, `saved` that of the
//! last backup that somebody has, and `savedAt` when it was made. A turn holds the Web Lock of the same name as the
//! database. A sandbox's database has more; see [`sandbox`].

mod access;
mod base;
mod block;
mod forked;
mod lock;
mod log;
mod open;
mod renew;
mod row;
mod sandbox;
mod steps;
mod turn;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use idb::Transaction;
use wasm_bindgen::JsCast;
use waxseal_crypto::PassphraseKey;
use waxseal_kms::Table;
use web_sys::{CryptoKey, IdbDatabase, SubtleCrypto};

use super::{Store, StoreError, seal::RootKey};
use crate::{
    browser::{self, LockGuard, describe},
    faults,
};
use access::{finish, look_up, number, put, writing};
use open::{make_way, open_database};

pub(crate) use lock::{Lock, NewLock};
pub use turn::IndexedDbTurn;

const META: &str = "meta";
const ROOT: &str = "root";
const GENERATION: &str = "generation";
const LOCK: &str = "lock";
const EPOCH: &str = "epoch";
const CHANGED: &str = "changed";
const SAVED: &str = "saved";
const SAVED_AT: &str = "savedAt";
/// The table of a sandbox's log.
const LOG: &str = "log";
/// The table of a sandbox's steps.
const STEPS: &str = "steps";

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

impl IndexedDbStore {
    /// Opens the database of a world, and makes it when it is not there. `lost` is called, once, when the connection is
    /// gone: with [`StoreError::Newer`] when another tab upgrades the database, with [`StoreError::Deleted`] when it is
    /// deleted.
    ///
    /// # Errors
    /// As [`connect`](Self::connect) and [`begin`](Self::begin).
    pub async fn open(world: &str, lost: impl FnOnce(StoreError) + 'static) -> Result<Self, StoreError> {
        let store = Self::connect(world, lost).await?;
        store.begin().await?;
        Ok(store)
    }

    /// Opens the database, whatever is in it.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Newer`], [`StoreError::Blocked`], [`StoreError::CryptoMissing`].
    pub(crate) async fn connect(
        world: &str,
        lost: impl FnOnce(StoreError) + 'static,
    ) -> Result<Self, StoreError> {
        let subtle = browser::subtle().ok_or(StoreError::CryptoMissing)?;
        let name = format!("waxseal-{world}");
        let _lock = acquire(&name).await?;
        let database = open_database(&name).await?;
        make_way(&database, lost);
        let opened = Opened { name, database, subtle, root: RefCell::default(), epoch: Cell::default() };
        Ok(Self(Rc::new(opened)))
    }

    /// Reads the root key, or makes it where nothing was stored yet.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub(crate) async fn begin(&self) -> Result<(), StoreError> {
        let _lock = acquire(&self.0.name).await?;
        self.0.begin().await
    }

    /// Lets go of the database.
    #[cfg(feature = "sandboxes")]
    pub(crate) fn close(&self) {
        self.0.database.close();
    }

    /// The name of the world.
    pub(crate) fn world(&self) -> &str {
        self.0.name.strip_prefix("waxseal-").unwrap_or_default()
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
        let _lock = acquire(&self.0.name).await?;
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
    /// Whether it has what a sandbox has.
    fn is_sandbox(&self) -> bool {
        sandbox::is_sandbox(&self.name)
    }

    /// The tables in which there are records.
    fn tables(&self) -> Vec<&'static str> {
        Table::ALL.iter().map(|table| table.as_str()).chain(self.is_sandbox().then_some(base::BASE)).collect()
    }

    async fn begin(&self) -> Result<(), StoreError> {
        let damaged =
            |name: &str, reason: &str| StoreError::Damaged { name: name.into(), reason: reason.into() };
        if let Some(table) = self.missing_table() {
            return Err(damaged(table, "its table is not there"));
        }
        self.look_again().await?;
        if self.root.borrow().is_none() && self.lock().await?.is_none() {
            let [generation] = look_up(&self.database, META, [GENERATION]).await?;
            if number(generation) > 0 {
                return Err(damaged(ROOT, "the key that seals all others is gone"));
            }
            self.make_root().await?;
        }
        if self.is_sandbox() {
            forked::migrate(&self.database).await?;
        }
        Ok(())
    }

    /// The generation and the epoch.
    async fn standing(&self) -> Result<(u64, u64), StoreError> {
        let [generation, epoch] = look_up(&self.database, META, [GENERATION, EPOCH]).await?;
        Ok((number(generation), number(epoch)))
    }

    /// Reads which root key it is, and the key itself where it is not locked away.
    async fn look_again(&self) -> Result<(), StoreError> {
        let [epoch, kept] = look_up(&self.database, META, [EPOCH, ROOT]).await?;
        let kept = kept.map(JsCast::unchecked_into::<CryptoKey>);
        self.epoch.set(number(epoch));
        self.root.replace(kept.map(|key| Rc::new(RootKey::kept(self.subtle.clone(), key))));
        Ok(())
    }

    async fn lock(&self) -> Result<Option<Lock>, StoreError> {
        let [kept] = look_up(&self.database, META, [LOCK]).await?;
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
        let lock = acquire(&self.0.name).await?;
        let (generation, epoch) = self.0.standing().await?;
        if epoch != self.0.epoch.get() {
            self.0.look_again().await?;
        }
        let root = self.0.root.borrow().clone().ok_or(StoreError::Locked)?;
        Ok(IndexedDbTurn {
            opened: self.0.clone(),
            root,
            generation,
            epoch,
            entries: Vec::new(),
            step: None,
            stepped: None,
            _lock: lock,
        })
    }
}

/// Keeps the root key. Whoever comes here holds the lock and has seen that there is none.
async fn keep_root(database: &IdbDatabase, root: &RootKey) -> Result<(), StoreError> {
    let transaction = writing(database, &[META])?;
    put(&Transaction::from(transaction.clone()), META, ROOT, root.as_js()).await?;
    finish(transaction).await
}

async fn acquire(name: &str) -> Result<LockGuard, StoreError> {
    LockGuard::acquire(name).await.map_err(|error| StoreError::Missing(describe(&error)))
}

#[cfg(test)]
mod tests;
