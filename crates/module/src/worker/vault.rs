//! What is done beside the operations.

use futures_util::future::AbortHandle;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::{
    Failure, LocalError, LocalErrorCode,
    frame::{FrameId, FromWorker},
    vault::{Contents, Outcome, Task},
};
use waxseal_crypto::{
    Scrypt,
    age::{Fresh, Sealed},
};
use web_sys::Blob;
use zeroize::Zeroizing;

use super::{Attached, Worker};
use crate::{
    backup::{Backup, BackupError},
    browser, entropy,
    import::import,
    store::{
        Store,
        indexed_db::{IndexedDbStore, NewLock},
    },
    stretch::stretched,
};

/// No vault comes near this; whatever is longer is not read into memory.
const MOST: f64 = 256.0 * 1024.0 * 1024.0;

impl Worker {
    /// Does a task and answers. A secret is erased here in either case.
    pub(super) async fn vault(&self, id: FrameId, task: Task, file: JsValue, secret: JsValue) {
        let secret = taken(&secret);
        let mut attached = None;
        let result = self.perform(task, &file, &secret, &mut attached).await;
        self.notice_lock(result.as_ref().err().and_then(Failure::local));
        self.send(&FromWorker::Vault { id, result }, Attached { file: attached, ..Attached::default() });
        crate::memory::scrub_stack();
    }

    async fn perform(
        &self,
        task: Task,
        file: &JsValue,
        secret: &[u8],
        attached: &mut Option<JsValue>,
    ) -> Result<Outcome, Failure> {
        Ok(match task {
            Task::BackUp => self.back_up(secret, attached).await?,
            Task::Open => self.open_backup(file, secret).await?,
            Task::Restore { seen } => self.restore(seen).await?,
            Task::Close => {
                self.opened.take();
                Outcome::Done
            }
            Task::Protect { minutes } => self.protect(minutes, secret).await?,
            Task::Unprotect => self.unprotect(secret).await?,
            Task::Lock => self.lock().await?,
            Task::Unlock => self.unlock(secret).await?,
            Task::Import { key_id, valid_to } => {
                import(&*self.world()?, key_id, valid_to, secret).await?;
                Outcome::Done
            }
        })
    }

    async fn back_up(
        &self,
        passphrase: &[u8],
        attached: &mut Option<JsValue>,
    ) -> Result<Outcome, LocalError> {
        let fresh = Fresh::new(Scrypt::LOG_N, &mut *entropy());
        let key = stretched(&self.lanes, fresh.scrypt(), passphrase).await?;
        let backup = self.world()?.back_up().await?;
        let file = backup.seal((&fresh, &key), &mut *entropy())?;
        *attached = Some(blob(&file)?);
        Ok(Outcome::BackedUp(backup.summary()))
    }

    async fn open_backup(&self, file: &JsValue, passphrase: &[u8]) -> Result<Outcome, LocalError> {
        self.opened.take();
        let bytes = read(file.unchecked_ref()).await?;
        let sealed = Sealed::parse(&bytes).map_err(BackupError::from)?;
        let key = stretched(&self.lanes, sealed.scrypt(), passphrase).await?;
        let backup = Backup::open(&sealed, &key)?;
        let here = self.world()?.contents().await?;
        let summary = backup.summary();
        self.opened.replace(Some(backup));
        if here == Contents::default() {
            self.restore(here).await
        } else {
            Ok(Outcome::Opened { backup: summary, here })
        }
    }

    async fn restore(&self, seen: Contents) -> Result<Outcome, LocalError> {
        let missing =
            || LocalError::new(LocalErrorCode::BadRequest, "No backup is open. Choose the file again.");
        let backup = self.opened.take().ok_or_else(missing)?;
        let summary = backup.summary();
        let world = self.world()?;
        let here = match world.restore(&backup, seen).await {
            Ok(None) => return Ok(Outcome::Restored(summary)),
            Ok(Some(here)) => Ok(Outcome::Opened { backup: summary, here }),
            Err(error) => Err(error),
        };
        // It can be tried once more, by somebody who knows what is here now.
        self.opened.replace(Some(backup));
        here
    }
}

/// The passphrase of the vault itself.
impl Worker {
    async fn protect(&self, minutes: u32, passphrase: &[u8]) -> Result<Outcome, LocalError> {
        let new = NewLock::new(minutes, &mut *entropy());
        let key = stretched(&self.lanes, new.scrypt(), passphrase).await?;
        self.store()?.turn().await?.protect(&new, &key, &mut *entropy()).await?;
        self.changed_lock().await
    }

    async fn unprotect(&self, passphrase: &[u8]) -> Result<Outcome, LocalError> {
        let store = self.store()?;
        if let Some(lock) = store.lock().await? {
            let key = stretched(&self.lanes, &lock.scrypt(), passphrase).await?;
            let mut turn = store.turn().await?;
            store.verify(&key).await?;
            turn.unprotect().await?;
        }
        self.changed_lock().await
    }

    /// Other tabs have to give up the root key that they have.
    async fn changed_lock(&self) -> Result<Outcome, LocalError> {
        if let Some(channel) = &*self.tell.borrow() {
            let _ = channel.post_message(&JsValue::NULL);
        }
        self.enter().await?;
        Ok(Outcome::Done)
    }

    /// Without a passphrase there is nothing to lock.
    async fn lock(&self) -> Result<Outcome, LocalError> {
        if self.store()?.lock().await?.is_some() {
            self.leave();
        }
        Ok(Outcome::Done)
    }

    async fn unlock(&self, passphrase: &[u8]) -> Result<Outcome, LocalError> {
        let store = self.store()?;
        if let Some(lock) = store.lock().await? {
            let key = stretched(&self.lanes, &lock.scrypt(), passphrase).await?;
            store.unlock(&key).await?;
        } else {
            store.look_again().await?;
        }
        self.enter().await?;
        Ok(Outcome::Done)
    }

    /// Forgets the root key and everything that was read with it.
    fn leave(&self) {
        self.jobs.borrow().values().for_each(AbortHandle::abort);
        self.results.borrow_mut().clear();
        self.opened.take();
        self.world.take();
        self.store.borrow().iter().for_each(IndexedDbStore::forget);
        self.send(&FromWorker::Locked, Attached::default());
    }

    /// Leaves when a call has found that another tab has put the vault under a passphrase.
    pub(super) fn notice_lock(&self, error: Option<&LocalError>) {
        let locked = error.is_some_and(|error| error.code == LocalErrorCode::VaultLocked);
        if locked && self.world.borrow().is_some() {
            self.leave();
        }
    }
}

/// The bytes of a transferred buffer, which is erased.
fn taken(secret: &JsValue) -> Zeroizing<Vec<u8>> {
    let Some(buffer) = secret.dyn_ref::<ArrayBuffer>() else { return Zeroizing::default() };
    let bytes = Uint8Array::new(buffer);
    let copy = Zeroizing::new(bytes.to_vec());
    bytes.fill(0, 0, bytes.length());
    copy
}

async fn read(file: &Blob) -> Result<Vec<u8>, LocalError> {
    if file.size() > MOST {
        let text = "This file is far longer than any backup of a vault.".to_owned();
        return Err(BackupError::NotABackup(text).into());
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let unreadable =
        |error: JsValue| LocalError::new(LocalErrorCode::FileUnreadable, browser::describe(&error));
    Ok(Uint8Array::new(&buffer.map_err(unreadable)?).to_vec())
}

fn blob(bytes: &[u8]) -> Result<JsValue, LocalError> {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts)
        .map(JsValue::from)
        .map_err(|error| LocalError::new(LocalErrorCode::StorageFull, browser::describe(&error)))
}
