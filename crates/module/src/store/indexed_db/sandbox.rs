//! What the database of a sandbox has besides.
//!
//! In `meta`, `ahead` is how far its clock is ahead, in milliseconds, and `kept` the text that its page keeps, sealed:
//! `{ nonce, sealed }`; `entered` is the number of the last entry that the log ever had. The table `log` has an entry a row, in JSON, by its number; a log holds no secrets. Both are written
//! without a new generation, since no other tab has to read its records again for that.

use idb::{KeyRange, Query, Transaction};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use waxseal_api::{Secret, SecretText, sandbox::PREFIX};
use waxseal_kms::{Stored, Table};

use super::{
    IndexedDbTurn, LOG, META,
    access::{get, number, put, reading, refused, set},
};
use crate::store::{SandboxTurn, Steps, StoreError, Travel, Turn, seal::Sealed};

pub(super) const AHEAD: &str = "ahead";
const KEPT: &str = "kept";
/// So many entries of a log are kept.
const LOG_LENGTH: u64 = 10_000;
const ENTERED: &str = "entered";
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

    async fn records(&self, names: &[(Table, String)]) -> Result<Vec<Stored>, StoreError> {
        self.read_records(names).await
    }

    async fn step(&mut self, text: &SecretText) -> Result<(), StoreError> {
        self.seal_step(text).await
    }

    async fn steps(&self) -> Result<Steps, StoreError> {
        self.read_steps().await
    }

    async fn step_texts(&self, numbers: &[u64]) -> Result<Vec<SecretText>, StoreError> {
        self.read_step_texts(numbers).await
    }

    async fn travel(&mut self, travel: Travel) -> Result<u64, StoreError> {
        self.go(travel).await
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
        Ok(Some(text_of(&self.root.unseal(KEPT_NAME, &sealed).await?)))
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
    /// Puts the entries into the log, within a transaction, and drops the oldest. Says what the first one's number is, and the
    /// one after the last.
    pub(super) async fn write_entries(&self, transaction: &Transaction) -> Result<(u64, u64), StoreError> {
        if self.entries.is_empty() && self.step.is_none() {
            return Ok((0, 0));
        }
        let first = number(get(transaction, META, ENTERED).await?) + 1;
        let end = first + self.entries.len() as u64;
        if first == end {
            return Ok((first, end));
        }
        let store = transaction.object_store(LOG).map_err(refused)?;
        for (at, entry) in (first..).zip(&self.entries) {
            let key = JsValue::from(at as f64);
            store.put(&entry.as_str().into(), Some(&key)).map_err(refused)?.await.map_err(refused)?;
        }
        put(transaction, META, ENTERED, &JsValue::from((end - 1) as f64)).await?;
        drop_before(transaction, LOG, end.saturating_sub(LOG_LENGTH)).await?;
        Ok((first, end))
    }
}

/// Deletes the rows of a table whose number is less.
pub(super) async fn drop_before(
    transaction: &Transaction,
    table: &str,
    first: u64,
) -> Result<(), StoreError> {
    if first <= 1 {
        return Ok(());
    }
    let store = transaction.object_store(table).map_err(refused)?;
    let old = KeyRange::upper_bound(&JsValue::from(first as f64), Some(true)).map_err(refused)?;
    store.delete(Query::from(old)).map_err(refused)?.await.map_err(refused)
}

/// What was sealed as a text.
pub(super) fn text_of(secret: &Secret) -> SecretText {
    String::from_utf8_lossy(secret.expose()).into_owned().into()
}
