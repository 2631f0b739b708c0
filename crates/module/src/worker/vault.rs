//! What is done beside the operations.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::{
    Failure, LocalError,
    LocalErrorCode::{self, DatabaseDamaged, VaultLocked},
    frame::{FrameId, FromWorker},
    vault::{Contents, Outcome, Task},
};
use waxseal_crypto::{Scrypt, age::Fresh};
use web_sys::Blob;
use zeroize::Zeroizing;

use super::{Attached, Worker};
use crate::{
    backup::{self, Backup, BackupError},
    browser, entropy,
    import::import,
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
            Task::Saved => self.saved().await?,
            Task::LastBackup => Outcome::LastBackup(self.world()?.last_backup().await?),
            Task::Change { minutes } => self.change(minutes, secret).await?,
            Task::Protect { minutes } => self.protect(minutes, secret).await?,
            Task::Unprotect => self.unprotect(secret).await?,
            Task::Lock => self.lock().await?,
            Task::Unlock => self.unlock(secret).await?,
            Task::CreateAgain { key_id, body } => {
                self.world()?.create_again(key_id, &body).await?.result?;
                Outcome::Done
            }
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
        let (backup, saved) = self.world()?.back_up().await?;
        let file = backup.seal((&fresh, &key), &mut *entropy())?;
        *attached = Some(blob(&file)?);
        self.made.set(Some(saved));
        Ok(Outcome::BackedUp(backup.summary()))
    }

    async fn open_backup(&self, file: &JsValue, passphrase: &[u8]) -> Result<Outcome, LocalError> {
        self.opened.take();
        let file: &Blob = file.unchecked_ref();
        if file.size() > MOST {
            let text = "This file is far longer than any backup of a vault.".to_owned();
            return Err(BackupError::NotABackup(text).into());
        }
        let bytes = read(file).await?;
        let sealed = backup::sealed(&bytes)?;
        let key = stretched(&self.lanes, sealed.scrypt(), passphrase).await?;
        let backup = Backup::open(&sealed, &key)?;
        let (here, unreadable) = self.here().await?;
        let summary = backup.summary();
        self.opened.replace(Some((backup, unreadable)));
        if here == Contents::default() && !unreadable {
            self.restore(here).await
        } else {
            Ok(Outcome::Opened { backup: summary, here, unreadable })
        }
    }

    /// How much is here, and whether it cannot be read.
    async fn here(&self) -> Result<(Contents, bool), LocalError> {
        let read = match self.world() {
            Ok(world) => world.contents().await,
            Err(error) => Err(error),
        };
        match read {
            Err(error) if [DatabaseDamaged, VaultLocked].contains(&error.code) => {
                Ok((self.store()?.count().await?, true))
            }
            read => Ok((read?, false)),
        }
    }

    async fn restore(&self, seen: Contents) -> Result<Outcome, LocalError> {
        let missing =
            || LocalError::new(LocalErrorCode::BadRequest, "No backup is open. Choose the file again.");
        let (backup, unreadable) = self.opened.take().ok_or_else(missing)?;
        let summary = backup.summary();
        let restored = match unreadable {
            true => self.renew(&backup, seen).await,
            false => self.world()?.restore(&backup, seen).await,
        };
        let here = match restored {
            Ok(None) => return Ok(Outcome::Restored(summary)),
            Ok(Some(here)) => Ok(Outcome::Opened { backup: summary, here, unreadable }),
            Err(error) => Err(error),
        };
        // It can be tried once more, by somebody who knows what is here now.
        self.opened.replace(Some((backup, unreadable)));
        here
    }

    /// Puts a backup in the place of what cannot be read, and opens that.
    async fn renew(&self, backup: &Backup, seen: Contents) -> Result<Option<Contents>, LocalError> {
        let (mut store, mut seen) = (self.store()?, seen);
        if !store.is_whole() {
            store.delete().await?;
            self.open_store(store.world()).await?;
            (store, seen) = (self.store()?, Contents::default());
        }
        let here = store.renew(backup.records(), backup.summary().made, seen).await?;
        if here.is_none() {
            self.tell_others();
            self.enter().await?;
        }
        Ok(here)
    }

    async fn saved(&self) -> Result<Outcome, LocalError> {
        if let Some(saved) = self.made.take() {
            self.world()?.note(saved).await?;
        }
        Ok(Outcome::Done)
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

/// The bytes of a file.
pub(super) async fn read(file: &Blob) -> Result<Vec<u8>, LocalError> {
    let buffer = JsFuture::from(file.array_buffer()).await;
    let unreadable =
        |error: JsValue| LocalError::new(LocalErrorCode::FileUnreadable, browser::describe(&error));
    Ok(Uint8Array::new(&buffer.map_err(unreadable)?).to_vec())
}

/// Bytes as a file.
pub(super) fn blob(bytes: &[u8]) -> Result<JsValue, LocalError> {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts)
        .map(JsValue::from)
        .map_err(|error| LocalError::new(LocalErrorCode::StorageFull, browser::describe(&error)))
}
