//! A database whose records cannot be read, because they are damaged or locked: they are counted, and replaced.

use std::rc::Rc;

use idb::Factory;
use wasm_bindgen::JsValue;
use waxseal_api::{Timestamp, vault::Contents};
use waxseal_kms::{Stored, Table};

use super::{
    IndexedDbStore, IndexedDbTurn, LOCK, META, Opened, ROOT,
    access::{missing, reading, refused},
    acquire,
};
use crate::store::{StoreError, seal::RootKey};

impl IndexedDbStore {
    /// How much is here, read or not.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub(crate) async fn count(&self) -> Result<Contents, StoreError> {
        self.0.count().await
    }

    /// Whether every table is there.
    pub(crate) fn is_whole(&self) -> bool {
        self.0.missing_table().is_none()
    }

    /// Deletes the database. Only for one that is not whole: nothing but a new one gives it its tables.
    ///
    /// # Errors
    /// The browser does not.
    pub(crate) async fn delete(&self) -> Result<(), StoreError> {
        self.0.database.close();
        Factory::new()
            .and_then(|factory| factory.delete(&self.0.name))
            .map_err(missing)?
            .await
            .map_err(missing)
    }

    /// Puts the records of a backup in the place of everything, under a new root key and without a lock, if so much is
    /// here as was `seen`. Otherwise nothing changes, and it is returned how much is here.
    ///
    /// # Errors
    /// Nothing was written.
    pub(crate) async fn renew(
        &self,
        records: Vec<Stored>,
        made: Timestamp,
        seen: Contents,
    ) -> Result<Option<Contents>, StoreError> {
        let lock = acquire(&self.0.name).await?;
        let here = self.count().await?;
        if here != seen {
            return Ok(Some(here));
        }
        let (generation, epoch) = self.0.standing().await?;
        let root = Rc::new(RootKey::generate(self.0.subtle.clone()).await?);
        let kept = JsValue::from(root.as_js());
        let mut turn = IndexedDbTurn {
            opened: self.0.clone(),
            root: root.clone(),
            generation,
            epoch,
            entries: Vec::new(),
            step: None,
            stepped: None,
            _lock: lock,
        };
        let mut notes = turn.restored(made);
        notes.extend([(ROOT, Some(kept)), (LOCK, None)]);
        turn.put_under(root, records, notes).await?;
        Ok(None)
    }
}

impl Opened {
    /// A table that is not there.
    pub(super) fn missing_table(&self) -> Option<&'static str> {
        let there = self.database.object_store_names();
        let names = Table::ALL.iter().map(|table| table.as_str()).chain([META]);
        names.into_iter().find(|name| !there.contains(name))
    }

    async fn count(&self) -> Result<Contents, StoreError> {
        let there = self.database.object_store_names();
        let mut contents = Contents::default();
        for table in Table::ALL.iter().filter(|table| there.contains(table.as_str())) {
            let store = reading(&self.database, &[table.as_str()])?.object_store(table.as_str());
            let count = store.map_err(refused)?.count(None).map_err(refused)?.await.map_err(refused)?;
            contents.records += count;
            match table {
                Table::Keys => contents.keys = count,
                Table::Aliases => contents.aliases = count,
                _ => {}
            }
        }
        Ok(contents)
    }
}
