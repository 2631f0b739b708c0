//! What the database of a sandbox has besides.
//!
//! In `meta`, `ahead` is how far its clock is ahead, in milliseconds, and `kept` the text that its page keeps, sealed:
//! `{ nonce, sealed }`; `entered` is the number of the last entry that the log ever had. The table `log` has an entry a row, in
//! JSON, by its number; a log holds no secrets. Both are written without a new generation, since no other tab has to read its
//! records again for that. Entries of steps that were gone back over stay in the table, and the tree of steps says which are seen.

use idb::{KeyRange, Query, Transaction};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use waxseal_api::{Secret, SecretText, sandbox::PREFIX};
use waxseal_kms::{Stored, Table};

use super::{
    GENERATION, IndexedDbTurn, LOG, META, STEPS,
    access::{finish, get, number, put, reading, refused, set, writing},
    steps::{HEAD, key, put_shape, put_step},
    turn::write_rows,
};
use crate::{
    faults,
    store::{
        Everything, SandboxTurn, Step, StoreError, Travel, Turn,
        seal::Sealed,
        tree::{Row, Tree},
    },
};

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

    async fn tree(&self) -> Result<Tree, StoreError> {
        self.read_tree().await
    }

    async fn steps(&self, row: Row) -> Result<Vec<Step>, StoreError> {
        self.read_steps(row).await
    }

    async fn step_of(&self, entry: u64) -> Result<Option<u64>, StoreError> {
        self.find_step(entry).await
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

    async fn log(&self, after: u64, most: usize) -> Result<Vec<(u64, String)>, StoreError> {
        let mut seen = self.read_tree().await?.seen();
        let (mut entries, mut wanted) = (Vec::new(), most as u64);
        while let Some((first, last)) = seen.pop().filter(|_| wanted > 0) {
            let last = last.min(self.entered().await?);
            let newest = (last + 1).saturating_sub(wanted);
            let row = (first.max(after + 1).max(newest), last);
            let found = if row.0 <= row.1 { self.read_log(row).await? } else { Vec::new() };
            wanted = wanted.saturating_sub(found.len() as u64);
            entries.splice(0..0, found);
        }
        Ok(entries)
    }

    async fn kept(&self) -> Result<Option<SecretText>, StoreError> {
        let reading = reading(&self.opened.database, &[META])?;
        let Some(kept) = get(&reading, META, KEPT).await? else { return Ok(None) };
        let field = |name: &str| Uint8Array::new(&Reflect::get(&kept, &name.into()).unwrap_or_default());
        let sealed = Sealed { nonce: field("nonce"), bytes: field("sealed") };
        Ok(Some(text_of(&self.root.unseal(KEPT_NAME, &sealed).await?)))
    }

    async fn keep(&mut self, text: &SecretText) -> Result<(), StoreError> {
        let kept = self.sealed_kept(text).await?;
        self.write(Vec::new(), false, vec![(KEPT, Some(kept))], self.generation()).await
    }

    async fn everything(&self) -> Result<Everything, StoreError> {
        let (tree, mut records) = (self.read_tree().await?, self.load().await?);
        records.sort_by(|a, b| (a.table, &a.key).cmp(&(b.table, &b.key)));
        Ok(Everything {
            ahead: self.ahead().await?,
            entered: self.entered().await?,
            records,
            steps: self.read_steps(tree.kept).await?,
            log: self.read_log((0, u64::MAX)).await?,
            kept: self.kept().await?,
            head: tree.head,
            shape: tree.shape,
        })
    }

    async fn fill(&mut self, everything: Everything) -> Result<u64, StoreError> {
        let Everything { ahead, head, shape, entered, records, steps, log, kept } = everything;
        let rows = self.rows(records).await?;
        let sealed = self.sealed_steps(&steps).await?;
        let kept = match &kept {
            Some(text) => Some(self.sealed_kept(text).await?),
            None => None,
        };
        let mut names: Vec<&str> = Table::ALL.iter().map(|table| table.as_str()).collect();
        names.extend([META, LOG, STEPS]);
        let next = self.next();
        let writing = writing(&self.opened.database, &names)?;
        let transaction = Transaction::from(writing.clone());
        faults::point("transaction");
        write_rows(&transaction, rows)?;
        let table = transaction.object_store(STEPS).map_err(refused)?;
        for (step, sealed) in steps.iter().zip(&sealed) {
            put_step(&table, step.number, step.entries, sealed)?;
        }
        put_entries(&transaction, log.iter().map(|(number, entry)| (*number, entry.as_str())))?;
        put_shape(&transaction, &shape)?;
        for (name, value) in [(HEAD, head), (ENTERED, entered), (GENERATION, next)] {
            put(&transaction, META, name, &key(value)).await?;
        }
        put(&transaction, META, AHEAD, &JsValue::from(ahead as f64)).await?;
        if let Some(kept) = kept {
            put(&transaction, META, KEPT, &kept).await?;
        }
        faults::point("written");
        finish(writing).await?;
        self.generation = next;
        Ok(next)
    }
}

/// Puts entries into the log; whether the browser has taken them shows at the end of the transaction.
fn put_entries<'a>(
    transaction: &Transaction,
    entries: impl Iterator<Item = (u64, &'a str)>,
) -> Result<(), StoreError> {
    let log = transaction.object_store(LOG).map_err(refused)?;
    for (number, entry) in entries {
        log.put(&entry.into(), Some(&key(number))).map_err(refused)?;
    }
    Ok(())
}

impl IndexedDbTurn {
    async fn sealed_kept(&self, text: &SecretText) -> Result<JsValue, StoreError> {
        let sealed = self.root.seal(KEPT_NAME, &Secret::from(text.expose().as_bytes())).await?;
        let kept = Object::new();
        set(&kept, "nonce", &sealed.nonce)?;
        set(&kept, "sealed", &sealed.bytes)?;
        Ok(kept.into())
    }

    async fn entered(&self) -> Result<u64, StoreError> {
        Ok(number(get(&reading(&self.opened.database, &[META])?, META, ENTERED).await?))
    }

    /// Entries of the log, seen or not.
    async fn read_log(&self, (first, last): Row) -> Result<Vec<(u64, String)>, StoreError> {
        let transaction = reading(&self.opened.database, &[LOG])?;
        let store = transaction.object_store(LOG).map_err(refused)?;
        let range = || KeyRange::bound(&key(first), &key(last), None, None).map(Query::from).map_err(refused);
        let keys = store.get_all_keys(Some(range()?), None).map_err(refused)?;
        let values = store.get_all(Some(range()?), None).map_err(refused)?;
        let (keys, values) = (keys.await.map_err(refused)?, values.await.map_err(refused)?);
        let text = |value: JsValue| value.as_string().unwrap_or_default();
        Ok(keys.into_iter().map(|key| number(Some(key))).zip(values.into_iter().map(text)).collect())
    }

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
        put_entries(transaction, (first..).zip(self.entries.iter().map(String::as_str)))?;
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
