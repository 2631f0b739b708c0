//! Where a world's records are kept.
//!
//! A store hands out turns, one at a time among all that share it: other tabs, other workers. A turn reads the truth
//! and may replace it, all at once or not at all.

#[cfg(target_arch = "wasm32")]
pub(crate) mod any;
#[cfg(target_arch = "wasm32")]
pub mod indexed_db;
pub mod memory;
#[cfg(target_arch = "wasm32")]
mod seal;
#[cfg(test)]
mod suite;
pub mod tree;

use waxseal_api::{LocalError, LocalErrorCode, SecretText, Timestamp};
use waxseal_kms::{Stored, Table, Write};

use self::tree::{Row, Shape, Tree};

/// A keeper of records.
#[expect(async_fn_in_trait, reason = "a world lives in one thread, so no future has to be sent")]
pub trait Store {
    /// Exclusive access, until dropped.
    type Turn: Turn;

    /// Waits for its turn.
    ///
    /// # Errors
    /// The store cannot be reached any more.
    async fn turn(&self) -> Result<Self::Turn, StoreError>;

    /// Another one, empty and in memory, where this kind of store can be that.
    fn scratch(&self) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// Exclusive access to a store.
#[expect(async_fn_in_trait, reason = "a world lives in one thread, so no future has to be sent")]
pub trait Turn {
    /// How often the store has been written. Whoever knows the same number knows the same records.
    fn generation(&self) -> u64;

    /// All records, in no order.
    ///
    /// # Errors
    /// A record cannot be read or unsealed.
    async fn load(&self) -> Result<Vec<Stored>, StoreError>;

    /// Makes the writes durable, all of them, and returns the new generation.
    ///
    /// # Errors
    /// Nothing was written.
    async fn commit(&mut self, writes: Vec<Write>) -> Result<u64, StoreError>;

    /// Makes the records of a backup durable in the place of all others, and returns the new generation.
    ///
    /// # Errors
    /// Nothing was written.
    async fn replace(&mut self, records: Vec<Stored>, made: Timestamp) -> Result<u64, StoreError>;

    /// How what is stored and its last backup stand to each other.
    ///
    /// # Errors
    /// It cannot be read.
    async fn standing(&self) -> Result<Standing, StoreError>;

    /// Notes that somebody has a backup.
    ///
    /// # Errors
    /// Nothing was written.
    async fn note(&mut self, saved: Saved) -> Result<(), StoreError>;
}

/// What a sandbox keeps beside its records.
#[expect(async_fn_in_trait, reason = "a world lives in one thread, so no future has to be sent")]
pub trait SandboxTurn: Turn {
    /// How far its clock is ahead of the system's, in milliseconds.
    ///
    /// # Errors
    /// It cannot be read.
    async fn ahead(&self) -> Result<i64, StoreError>;

    /// Moves its clock; this is a write like any other.
    ///
    /// # Errors
    /// Nothing was written.
    async fn set_ahead(&mut self, millis: i64) -> Result<(), StoreError>;

    /// Puts entries, in JSON, into the log: with the next commit, or with [`flush`](Self::flush()).
    fn enter(&mut self, entries: Vec<String>);

    /// The records of these names that are there.
    ///
    /// # Errors
    /// One cannot be read or unsealed.
    async fn records(&self, names: &[(Table, String)]) -> Result<Vec<Stored>, StoreError>;

    /// Makes the next write a step, which can be taken back: `text` says how, and is sealed. The entries that the write takes
    /// along are the step's.
    ///
    /// # Errors
    /// It cannot be sealed.
    async fn step(&mut self, text: &SecretText) -> Result<(), StoreError>;

    /// Which steps there are.
    ///
    /// # Errors
    /// They cannot be read.
    async fn tree(&self) -> Result<Tree, StoreError>;

    /// A row of steps, as far as they are kept, in order.
    ///
    /// # Errors
    /// One cannot be read or unsealed.
    async fn steps(&self, row: Row) -> Result<Vec<Step>, StoreError>;

    /// The number of the step that an entry of the log is of, if that is kept.
    ///
    /// # Errors
    /// It cannot be read.
    async fn step_of(&self, entry: u64) -> Result<Option<u64>, StoreError>;

    /// Goes from one step to another. The log then shows the entries of the steps that have led there, and of no other.
    ///
    /// # Errors
    /// Nothing was written.
    async fn travel(&mut self, travel: Travel) -> Result<u64, StoreError>;

    /// Writes the entries that no commit has taken along.
    ///
    /// # Errors
    /// Nothing was written.
    async fn flush(&mut self) -> Result<(), StoreError>;

    /// The log's entries after one of them, by number; the newest, if there are more than so many.
    ///
    /// # Errors
    /// It cannot be read.
    async fn log(&self, after: u64, most: usize) -> Result<Vec<(u64, String)>, StoreError>;

    /// The text that was kept last.
    ///
    /// # Errors
    /// It cannot be read or unsealed.
    async fn kept(&self) -> Result<Option<SecretText>, StoreError>;

    /// Keeps a text in place of the last one.
    ///
    /// # Errors
    /// Nothing was written.
    async fn keep(&mut self, text: &SecretText) -> Result<(), StoreError>;

    /// All that there is, secrets included.
    ///
    /// # Errors
    /// Something cannot be read or unsealed.
    async fn everything(&self) -> Result<Everything, StoreError>;

    /// Fills a store in which nothing is yet, at once, and returns the new generation.
    ///
    /// # Errors
    /// Nothing was written.
    async fn fill(&mut self, everything: &Everything) -> Result<u64, StoreError>;
}

/// A step, opened.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// Counts from 1.
    pub number: u64,
    /// The first of its entries in the log, and the one after its last.
    pub entries: (u64, u64),
    /// How it is taken back and made again.
    pub text: SecretText,
}

/// The way from one step to another.
#[derive(Debug, Default)]
pub struct Travel {
    /// The step that is arrived at.
    pub head: u64,
    /// What the records are then.
    pub writes: Vec<Write>,
    /// How far the clock is ahead then, if that is something else.
    pub ahead: Option<i64>,
}

/// A sandbox as a value.
#[derive(Debug, PartialEq, Default)]
pub struct Everything {
    /// How far its clock is ahead, in milliseconds.
    pub ahead: i64,
    /// See [`Tree::head`].
    pub head: u64,
    /// Of its tree of steps.
    pub shape: Shape,
    /// The number of the last entry that the log ever had.
    pub entered: u64,
    /// All records, in the order of their tables and names.
    pub records: Vec<Stored>,
    /// All steps that are kept, in order.
    pub steps: Vec<Step>,
    /// All entries of the log that are kept, seen or not, in order.
    pub log: Vec<(u64, String)>,
    /// The text that was kept last.
    pub kept: Option<SecretText>,
}

/// How what is stored and its last backup stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The generation of the last change that a backup should have.
    pub changed: u64,
    /// The last backup that somebody has.
    pub saved: Option<Saved>,
}

/// A backup that somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// When it was made.
    pub made: Timestamp,
    /// Of what.
    pub generation: u64,
}

impl Standing {
    /// Whether something has changed since the last backup.
    pub fn is_behind(&self) -> bool {
        self.saved.is_none_or(|saved| saved.generation < self.changed)
    }
}

/// Whether a backup should have a change. What a key was last used for is no loss, and wrapping keys last for a day.
fn matters(write: &Write) -> bool {
    let table = match write {
        Write::Put(stored) => stored.table,
        Write::Delete { table, .. } => *table,
    };
    !matches!(table, Table::Usage | Table::WrappingKeys)
}

/// Why a store does not do as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no IndexedDB here, or it is closed to this page.
    #[error("This browser does not let the page keep data: IndexedDB is missing or blocked ({0}).")]
    Missing(String),
    /// The browser did not write.
    #[error("The browser refused to store the change, so nothing was changed ({0}).")]
    Refused(String),
    /// The disk or the quota is full.
    #[error("There is no room left to store the change, so nothing was changed.")]
    Full,
    /// The database is from a later version of this software.
    #[error(
        "The keys in this browser were stored by a newer version of Waxseal, and this version leaves them alone."
    )]
    Newer,
    /// The database cannot be opened while another tab uses an old version of it.
    #[error("Another tab still uses the stored keys in an older version.")]
    Blocked,
    /// The database is gone while it was open: the site's data was cleared.
    #[error("The keys stored in this browser were deleted while this page was open.")]
    Deleted,
    /// A record is not what was stored.
    #[error("The stored record “{name}” cannot be read: {reason}.")]
    Damaged {
        /// Which record.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The records are sealed under a key that only a passphrase opens.
    #[error("The vault is locked.")]
    Locked,
    /// The passphrase is another one.
    #[error("The passphrase does not open the vault.")]
    WrongPassphrase,
    /// No WebCrypto to seal records with.
    #[error("This page has no WebCrypto, which browsers offer only over https or on localhost.")]
    CryptoMissing,
}

impl From<StoreError> for LocalError {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::Missing(_) | StoreError::Deleted => LocalErrorCode::StorageMissing,
            StoreError::Refused(_) => LocalErrorCode::StorageRefused,
            StoreError::Full => LocalErrorCode::StorageFull,
            StoreError::Newer => LocalErrorCode::DatabaseNewer,
            StoreError::Blocked => LocalErrorCode::DatabaseBlocked,
            StoreError::Damaged { .. } => LocalErrorCode::DatabaseDamaged,
            StoreError::Locked => LocalErrorCode::VaultLocked,
            StoreError::WrongPassphrase => LocalErrorCode::WrongPassphrase,
            StoreError::CryptoMissing => LocalErrorCode::CryptoMissing,
        };
        Self::new(code, error.to_string())
    }
}
