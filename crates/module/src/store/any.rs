//! The store that a program chose.

#[cfg(feature = "sandboxes")]
mod sandbox;

use waxseal_api::{LocalError, LocalErrorCode, Timestamp};
use waxseal_kms::{Stored, Write};

use super::{
    Saved, Standing, Store, StoreError, Turn,
    indexed_db::{IndexedDbStore, IndexedDbTurn},
    memory::{MemoryStore, MemoryTurn},
};

/// Wherever its keys are kept.
pub(crate) enum AnyStore {
    Memory(MemoryStore),
    IndexedDb(IndexedDbStore),
}

pub(crate) enum AnyTurn {
    Memory(MemoryTurn),
    IndexedDb(IndexedDbTurn),
}

impl AnyStore {
    /// Opens `memory` or `indexeddb`.
    pub(crate) async fn open(kind: &str, world: &str) -> Result<Self, LocalError> {
        match kind {
            "memory" => Ok(Self::Memory(MemoryStore::default())),
            "indexeddb" => Ok(Self::IndexedDb(IndexedDbStore::open(world, |_| {}).await?)),
            other => Err(LocalError::new(
                LocalErrorCode::BadRequest,
                format!("There is no store '{other}'. Choose \"memory\" or \"indexeddb\"."),
            )),
        }
    }
}

impl Store for AnyStore {
    type Turn = AnyTurn;

    async fn turn(&self) -> Result<AnyTurn, StoreError> {
        match self {
            Self::Memory(store) => store.turn().await.map(AnyTurn::Memory),
            Self::IndexedDb(store) => store.turn().await.map(AnyTurn::IndexedDb),
        }
    }

    fn scratch(&self) -> Option<Self> {
        Some(Self::Memory(MemoryStore::default()))
    }
}

impl Turn for AnyTurn {
    fn generation(&self) -> u64 {
        match self {
            Self::Memory(turn) => turn.generation(),
            Self::IndexedDb(turn) => turn.generation(),
        }
    }

    async fn load(&self) -> Result<Vec<Stored>, StoreError> {
        match self {
            Self::Memory(turn) => turn.load().await,
            Self::IndexedDb(turn) => turn.load().await,
        }
    }

    async fn commit(&mut self, writes: Vec<Write>) -> Result<u64, StoreError> {
        match self {
            Self::Memory(turn) => turn.commit(writes).await,
            Self::IndexedDb(turn) => turn.commit(writes).await,
        }
    }

    async fn replace(&mut self, records: Vec<Stored>, made: Timestamp) -> Result<u64, StoreError> {
        match self {
            Self::Memory(turn) => turn.replace(records, made).await,
            Self::IndexedDb(turn) => turn.replace(records, made).await,
        }
    }

    async fn standing(&self) -> Result<Standing, StoreError> {
        match self {
            Self::Memory(turn) => turn.standing().await,
            Self::IndexedDb(turn) => turn.standing().await,
        }
    }

    async fn note(&mut self, saved: Saved) -> Result<(), StoreError> {
        match self {
            Self::Memory(turn) => turn.note(saved).await,
            Self::IndexedDb(turn) => turn.note(saved).await,
        }
    }
}
