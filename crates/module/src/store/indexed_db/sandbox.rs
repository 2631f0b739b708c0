//! What the database of a sandbox has besides.
//!
//! In `meta`, `ahead` is how far its clock is ahead, in milliseconds, and `kept` the text that its page keeps, sealed:
//! `{ nonce, sealed }`. That text and the [`log`](super::log) are written without a new generation, since no other tab has to read
//! its records again for that.
//!
//! Records that have come at once are in [`base`](super::base), many to a row.

use futures_util::future::try_join3;
use idb::Transaction;
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use waxseal_api::{Secret, SecretText, sandbox::PREFIX};
use waxseal_kms::{Stored, Table};

use super::{
    GENERATION, IndexedDbTurn, LOG, META, STEPS,
    access::{finish, look_up, number, put, set, writing},
    base::{BASE, put_all},
    block::key,
    log::{ENTERED, put_entries},
    steps::{HEAD, put_shape, put_steps},
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
/// What the seal of the kept text is bound to.
const KEPT_NAME: &str = "waxseal v1/sandbox/kept";

/// Whether there are sandboxes at all.
pub(super) const SANDBOXES: bool = cfg!(any(test, feature = "sandboxes"));

/// Whether a database is a sandbox's.
pub(super) fn is_sandbox(name: &str) -> bool {
    SANDBOXES && name.strip_prefix("waxseal-").is_some_and(|world| world.starts_with(PREFIX))
}

impl SandboxTurn for IndexedDbTurn {
    async fn ahead(&self) -> Result<i64, StoreError> {
        let [ahead] = look_up(&self.opened.database, META, [AHEAD]).await?;
        Ok(number(ahead) as i64)
    }

    async fn set_ahead(&mut self, millis: i64) -> Result<(), StoreError> {
        let next = self.next();
        self.write(Vec::new(), false, vec![(AHEAD, Some(JsValue::from(millis as f64)))], next).await?;
        self.generation = next;
        self.gather().await;
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
        if !self.entries.is_empty() {
            self.write(Vec::new(), false, Vec::new(), self.generation()).await?;
        }
        self.gather().await;
        Ok(())
    }

    async fn log(&self, after: u64, most: usize) -> Result<Vec<(u64, String)>, StoreError> {
        let mut seen = self.read_tree().await?.seen();
        let (mut entries, mut wanted) = (Vec::new(), most as u64);
        while let Some((first, last)) = seen.pop().filter(|_| wanted > 0) {
            let last = last.min(self.entered().await?);
            let newest = (last + 1).saturating_sub(wanted);
            let found = self.read_log((first.max(after + 1).max(newest), last)).await?;
            wanted = wanted.saturating_sub(found.len() as u64);
            entries.splice(0..0, found);
        }
        Ok(entries)
    }

    async fn kept(&self) -> Result<Option<SecretText>, StoreError> {
        let [Some(kept)] = look_up(&self.opened.database, META, [KEPT]).await? else { return Ok(None) };
        let field = |name: &str| Uint8Array::new(&Reflect::get(&kept, &name.into()).unwrap_or_default());
        let sealed = Sealed { nonce: field("nonce"), bytes: field("sealed") };
        Ok(Some(text_of(self.root.unseal(KEPT_NAME, &sealed).await?.expose())))
    }

    async fn keep(&mut self, text: &SecretText) -> Result<(), StoreError> {
        let kept = self.sealed_kept(text).await?;
        self.write(Vec::new(), false, vec![(KEPT, Some(kept))], self.generation()).await
    }

    async fn everything(&self) -> Result<Everything, StoreError> {
        let tree = self.read_tree().await?;
        // While the browser reads one, another is opened.
        let (mut records, steps, log) =
            try_join3(self.load(), self.read_steps(tree.kept), self.read_log((0, u64::MAX))).await?;
        records.sort_by(|a, b| (a.table, &a.key).cmp(&(b.table, &b.key)));
        Ok(Everything {
            ahead: self.ahead().await?,
            entered: self.entered().await?,
            records,
            steps,
            log,
            kept: self.kept().await?,
            head: tree.head,
            shape: tree.shape,
        })
    }

    async fn fill(&mut self, everything: &Everything) -> Result<u64, StoreError> {
        let Everything { ahead, head, shape, entered, records, steps, log, kept } = everything;
        let rows = self.rows(records).await?.into_iter();
        let rows = rows.filter_map(|(table, name, row)| Some((table, name, row?))).collect();
        let sealed = self.sealed_steps(steps).await?;
        let kept = match kept {
            Some(text) => Some(self.sealed_kept(text).await?),
            None => None,
        };
        let next = self.next();
        let writing = writing(&self.opened.database, &[META, LOG, STEPS, BASE])?;
        let transaction = Transaction::from(writing.clone());
        faults::point("transaction");
        put_all(&transaction, rows)?;
        put_steps(&transaction, steps, &sealed)?;
        put_entries(&transaction, log)?;
        put_shape(&transaction, shape)?;
        for (name, value) in [(HEAD, *head), (ENTERED, *entered), (GENERATION, next)] {
            put(&transaction, META, name, &key(value)).await?;
        }
        put(&transaction, META, AHEAD, &JsValue::from(*ahead as f64)).await?;
        if let Some(kept) = kept {
            put(&transaction, META, KEPT, &kept).await?;
        }
        faults::point("written");
        finish(writing).await?;
        self.generation = next;
        Ok(next)
    }
}

impl IndexedDbTurn {
    async fn sealed_kept(&self, text: &SecretText) -> Result<JsValue, StoreError> {
        let sealed = self.root.seal(KEPT_NAME, &Secret::from(text.expose().as_bytes())).await?;
        let kept = Object::new();
        set(&kept, "nonce", &sealed.nonce)?;
        set(&kept, "sealed", &sealed.bytes)?;
        Ok(kept.into())
    }
}

/// What was sealed as a text.
pub(super) fn text_of(bytes: &[u8]) -> SecretText {
    string(bytes).into()
}

/// What was a text before it was bytes. Checking all of it is many times as fast as looking for what is wrong.
pub(super) fn string(bytes: &[u8]) -> String {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), str::to_owned)
}
