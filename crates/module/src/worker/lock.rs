//! The passphrase of the vault itself.

use wasm_bindgen::JsValue;
use waxseal_api::{LocalError, LocalErrorCode, frame::FromWorker, vault::Outcome};

use super::{Attached, Worker};
use crate::{
    entropy,
    store::{
        Store,
        indexed_db::{IndexedDbStore, NewLock},
    },
    stretch::stretched,
};

impl Worker {
    pub(super) async fn protect(&self, minutes: u32, passphrase: &[u8]) -> Result<Outcome, LocalError> {
        let new = NewLock::new(minutes, &mut *entropy());
        let key = stretched(&self.lanes, new.scrypt(), passphrase).await?;
        self.store()?.turn().await?.protect(&new, &key, &mut *entropy()).await?;
        self.changed_lock().await
    }

    pub(super) async fn unprotect(&self, passphrase: &[u8]) -> Result<Outcome, LocalError> {
        let store = self.store()?;
        if let Some(lock) = store.lock().await? {
            let key = stretched(&self.lanes, &lock.scrypt(), passphrase).await?;
            let mut turn = store.turn().await?;
            store.verify(&key).await?;
            turn.unprotect().await?;
        }
        self.changed_lock().await
    }

    /// Another passphrase, given the old one, a line feed, and the new one.
    pub(super) async fn change(&self, minutes: u32, both: &[u8]) -> Result<Outcome, LocalError> {
        let unclear = || LocalError::new(LocalErrorCode::BadRequest, "Two passphrases are needed.");
        let at = both.iter().position(|byte| *byte == b'\n').ok_or_else(unclear)?;
        let (old, new) = (&both[..at], &both[at + 1..]);
        let store = self.store()?;
        if let Some(lock) = store.lock().await? {
            let known = stretched(&self.lanes, &lock.scrypt(), old).await?;
            let fresh = NewLock::new(minutes, &mut *entropy());
            let key = stretched(&self.lanes, fresh.scrypt(), new).await?;
            let mut turn = store.turn().await?;
            store.verify(&known).await?;
            turn.protect(&fresh, &key, &mut *entropy()).await?;
        }
        self.changed_lock().await
    }

    pub(super) fn tell_others(&self) {
        if let Some(channel) = &*self.tell.borrow() {
            // Nobody has to hear it: a turn always reads the truth.
            let _ = channel.post_message(&JsValue::NULL);
        }
    }

    /// Other tabs have to give up the root key that they have.
    async fn changed_lock(&self) -> Result<Outcome, LocalError> {
        self.tell_others();
        self.enter().await?;
        Ok(Outcome::Done)
    }

    /// Without a passphrase there is nothing to lock.
    pub(super) async fn lock(&self) -> Result<Outcome, LocalError> {
        if self.store()?.lock().await?.is_some() {
            self.leave();
        }
        Ok(Outcome::Done)
    }

    pub(super) async fn unlock(&self, passphrase: &[u8]) -> Result<Outcome, LocalError> {
        let store = self.store()?;
        if let Some(lock) = store.lock().await? {
            let key = stretched(&self.lanes, &lock.scrypt(), passphrase).await?;
            store.unlock(&key).await?;
        } else {
            store.look_again().await?;
        }
        if let Err(error) = self.enter().await {
            self.close(error.clone());
            return Err(error);
        }
        Ok(Outcome::Done)
    }

    /// Forgets the root key and everything that was read with it.
    fn leave(&self) {
        self.jobs.borrow().values().for_each(|job| job.stop.abort());
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
