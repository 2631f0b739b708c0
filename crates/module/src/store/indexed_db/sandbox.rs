//! What the database of a sandbox has besides.
//!
//! In `meta`, `ahead` is how far its clock is ahead, in milliseconds, and `kept` the text that its page keeps, sealed:
//! `{ nonce, sealed }`. The table `log` has an entry a row, in JSON, by its number; a log holds no secrets. Both are written
//! without a new generation, since no other tab has to read its records again for that.

use idb::{KeyRange, Query, Transaction};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use waxseal_api::{Secret, SecretText, sandbox::PREFIX};

use super::{
    IndexedDbTurn, LOG, META,
    access::{get, number, reading, refused, set},
};
use crate::store::{SandboxTurn, StoreError, Turn, seal::Sealed};

const AHEAD: &str = "ahead";
const KEPT: &str = "kept";
/// So many entries of a log are kept.
const LOG_LENGTH: u64 = 2000;
/// What the seal of the kept text is bound to.
const KEPT_NAME: &str = "waxseal v1/sandbox/kept";

/// Whether a database is a sandbox's.
pub(super) fn is_sandbox(name: &str) -> bool {
    name.strip_prefix("waxseal-").is_some_and(|world| world.starts_with(PREFIX))
}

impl SandboxTurn for IndexedDbTurn {
    async fn ahead(&self) -> Result<i64, StoreError> {
        let kept = get(&reading(&self.opened.database, &[META])?, META, AHEAD).await?;
        Ok(number(kept) as i64)
    }

    async fn set_ahead(&mut self, millis: i64) -> Result<(), StoreError> {
        let next = self.next();
        self.write(Vec::new(), false, vec![(AHEAD, Some(JsValue::from(millis as f64)))], next).await?;
        self.generation = next;
        Ok(())
    }

    fn enter(&mut self, entries: Vec<String>) {
        self.entries.extend(entries);
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        if self.entries.is_empty() {
            return Ok(());
        }
        self.write(Vec::new(), false, Vec::new(), self.generation()).await
    }

    async fn log(&self, after: u64) -> Result<Vec<(u64, String)>, StoreError> {
        let transaction = reading(&self.opened.database, &[LOG])?;
        let store = transaction.object_store(LOG).map_err(refused)?;
        let range = || KeyRange::lower_bound(&JsValue::from(after as f64), Some(true)).map(Query::from);
        let keys = store.get_all_keys(Some(range().map_err(refused)?), None).map_err(refused)?;
        let values = store.get_all(Some(range().map_err(refused)?), None).map_err(refused)?;
        let keys = keys.await.map_err(refused)?;
        let values = values.await.map_err(refused)?;
        let text = |value: JsValue| value.as_string().unwrap_or_default();
        Ok(keys.into_iter().map(|key| number(Some(key))).zip(values.into_iter().map(text)).collect())
    }

    async fn kept(&self) -> Result<Option<SecretText>, StoreError> {
        let reading = reading(&self.opened.database, &[META])?;
        let Some(kept) = get(&reading, META, KEPT).await? else { return Ok(None) };
        let field = |name: &str| Uint8Array::new(&Reflect::get(&kept, &name.into()).unwrap_or_default());
        let sealed = Sealed { nonce: field("nonce"), bytes: field("sealed") };
        let text = self.root.unseal(KEPT_NAME, &sealed).await?;
        Ok(Some(String::from_utf8_lossy(text.expose()).into_owned().into()))
    }

    async fn keep(&mut self, text: &SecretText) -> Result<(), StoreError> {
        let sealed = self.root.seal(KEPT_NAME, &Secret::from(text.expose().as_bytes())).await?;
        let kept = Object::new();
        set(&kept, "nonce", &sealed.nonce)?;
        set(&kept, "sealed", &sealed.bytes)?;
        self.write(Vec::new(), false, vec![(KEPT, Some(kept.into()))], self.generation()).await
    }
}

impl IndexedDbTurn {
    /// Puts the entries into the log, within a transaction, and drops the oldest.
    pub(super) async fn write_entries(&self, transaction: &Transaction) -> Result<(), StoreError> {
        if self.entries.is_empty() {
            return Ok(());
        }
        let store = transaction.object_store(LOG).map_err(refused)?;
        let newest = store
            .open_key_cursor(None, Some(idb::CursorDirection::Prev))
            .map_err(refused)?
            .await
            .map_err(refused)?;
        let last = match newest {
            Some(cursor) => number(Some(cursor.key().map_err(refused)?)),
            None => 0,
        };
        for (at, entry) in (last + 1..).zip(&self.entries) {
            let key = JsValue::from(at as f64);
            store.put(&entry.as_str().into(), Some(&key)).map_err(refused)?.await.map_err(refused)?;
        }
        let end = last + self.entries.len() as u64;
        if end > LOG_LENGTH {
            let old = KeyRange::upper_bound(&JsValue::from((end - LOG_LENGTH) as f64), None);
            store.delete(Query::from(old.map_err(refused)?)).map_err(refused)?.await.map_err(refused)?;
        }
        Ok(())
    }
}
