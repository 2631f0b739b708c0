//! A world: the engine's state, the store that keeps it, and the door through which it is called.

mod sandbox;

use std::{cell::RefCell, pin::Pin, rc::Rc};

use waxseal_api::{
    Answer, KeyId, LocalError, Operation, Reply, Service, Timestamp, Transport,
    operations::CreateKey,
    vault::{Contents, LastBackup},
};
use waxseal_crypto::{CryptoRng, KeyMaterial, Spec};
use waxseal_kms::{Brought, Caller, Change, Due, Outcome, Quotas, Request, State, Stored, Write};

use crate::{
    backup::{self, Backup},
    faults,
    store::{Saved, Store, StoreError, Turn},
};

pub use sandbox::{Call, Sandbox, VaultTerminal, computed, fill};
pub(crate) use sandbox::{is_terminal, rows_of};

/// What a world takes from its surroundings.
pub struct Surroundings {
    /// What time it is.
    pub clock: Box<dyn Fn() -> Timestamp>,
    /// Fresh randomness.
    pub entropy: Box<dyn Fn() -> Box<dyn CryptoRng>>,
    /// Makes an RSA key pair in the background, if they can.
    pub key_pair: Box<dyn Fn(Spec) -> Making>,
    /// What holds the callers to the service's request quotas. None: they may call as often as they like.
    pub quotas: Option<RefCell<Quotas>>,
    /// Called after each change of what is stored.
    pub changed: Box<dyn Fn()>,
}

/// A key pair in the making; None where it cannot be made.
pub type Making = Pin<Box<dyn Future<Output = Option<KeyMaterial>>>>;

/// One world, open.
pub struct World<S> {
    store: S,
    known: RefCell<Known>,
    caller: Caller,
    surroundings: Rc<Surroundings>,
}

/// What was read of the store, and when.
#[derive(Default)]
struct Known {
    generation: u64,
    state: State,
}

impl<S: Store> World<S> {
    /// Opens the world that the store keeps, and reads it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn open(store: S, caller: Caller, surroundings: Surroundings) -> Result<Self, LocalError> {
        let surroundings = Rc::new(surroundings);
        let world = Self { store, known: RefCell::default(), caller, surroundings };
        drop(world.turn().await?);
        Ok(world)
    }

    /// Who calls, and where.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Fresh randomness, for work outside the engine.
    pub fn entropy(&self) -> Box<dyn CryptoRng> {
        (self.surroundings.entropy)()
    }

    /// Calls an operation. What it changes is durable before this returns.
    ///
    /// # Errors
    /// The store could not be read or written; then nothing has changed. A refusal by the service is a [`Reply`].
    pub async fn call(&self, service: Service, operation: &str, body: &str) -> Result<Reply, LocalError> {
        let key_pair = self.key_pair(service, operation, body).await;
        self.answer(service, operation, body, Brought { key_pair, ..Brought::default() }).await
    }

    /// Makes the key that has this ID elsewhere here too, by CreateKey with this input. It waits for the same material.
    ///
    /// # Errors
    /// As [`World::call`].
    pub async fn create_again(&self, key_id: KeyId, body: &str) -> Result<Reply, LocalError> {
        self.answer(
            Service::Kms,
            CreateKey::NAME,
            body,
            Brought { key_id: Some(key_id), ..Brought::default() },
        )
        .await
    }

    async fn answer(
        &self,
        service: Service,
        operation: &str,
        body: &str,
        brought: Brought,
    ) -> Result<Reply, LocalError> {
        let mut turn = self.turn().await?;
        let now = (self.surroundings.clock)();
        self.pass_time(&mut turn, now).await?;
        let request = Request { caller: &self.caller, now, service, operation, body };
        let outcome = self.handle(&request, brought);
        self.conclude(&mut turn, outcome.changes, outcome.notes).await?;
        Ok(outcome.reply)
    }

    /// The key pair that a call will need, made before its turn.
    async fn key_pair(&self, service: Service, operation: &str, body: &str) -> Option<KeyMaterial> {
        let spec = waxseal_kms::key_pair_to_make(service, operation, body)?;
        (self.surroundings.key_pair)(spec).await
    }

    /// Waits for a turn and reads what others have written.
    async fn turn(&self) -> Result<S::Turn, StoreError> {
        let turn = self.store.turn().await?;
        self.catch_up(&turn).await?;
        Ok(turn)
    }

    /// Lets happen what is due.
    async fn pass_time(&self, turn: &mut S::Turn, now: Timestamp) -> Result<(), StoreError> {
        loop {
            let due = self.due(now);
            if due.is_empty() {
                return Ok(());
            }
            self.commit(turn, due.changes).await?;
        }
    }

    /// What is due next.
    fn due(&self, now: Timestamp) -> Due {
        waxseal_kms::due(&self.known.borrow().state, &mut *self.entropy(), now)
    }

    fn handle(&self, request: &Request<'_>, brought: Brought) -> Outcome {
        let (state, rng) = (&self.known.borrow().state, &mut *self.entropy());
        if self.admits(request) {
            waxseal_kms::handle_with(state, rng, request, brought)
        } else {
            waxseal_kms::throttled(state, rng, request)
        }
    }

    /// The same for a call that another service makes, after others whose changes are not made yet.
    fn handle_after(&self, request: &Request<'_>, made: &[Change]) -> Outcome {
        let (state, rng) = (&self.known.borrow().state, &mut *self.entropy());
        if self.admits(request) {
            waxseal_kms::handle_after(state, made, rng, request)
        } else {
            waxseal_kms::throttled(state, rng, request)
        }
    }

    /// Makes new records true that the write of this turn will make durable. Until then what is known is nobody's generation,
    /// so a turn that fails has the next one read again.
    fn foresee(&self, changes: &[Change]) -> Result<(), StoreError> {
        let mut known = self.known.borrow_mut();
        known.generation = u64::MAX;
        for change in changes {
            if let Write::Put(stored) = change.write() {
                restore(&mut known.state, stored)?;
            }
        }
        Ok(())
    }

    /// Makes records true that are durable already, and which deleted nothing.
    fn overwrite(&self, records: Vec<Stored>, generation: u64) -> Result<(), StoreError> {
        let mut known = self.known.borrow_mut();
        // If one is damaged, the next turn reads all of them again.
        known.generation = u64::MAX;
        records.into_iter().try_for_each(|stored| restore(&mut known.state, stored))?;
        known.generation = generation;
        Ok(())
    }

    /// Makes durable what a call has changed.
    async fn conclude(
        &self,
        turn: &mut S::Turn,
        changes: Vec<Change>,
        notes: Vec<Change>,
    ) -> Result<(), StoreError> {
        faults::point("handled");
        self.commit(turn, changes).await?;
        // What cannot be noted is no reason to withhold the reply.
        let _ = self.commit(turn, notes).await;
        faults::point("applied");
        Ok(())
    }

    /// Everything that is here now, and what is to be noted once somebody has it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn back_up(&self) -> Result<(Backup, Saved), LocalError> {
        let turn = self.store.turn().await?;
        let (records, made) = (turn.load().await?, (self.surroundings.clock)());
        Ok((Backup::new(made, records), Saved { made, generation: turn.generation() }))
    }

    /// Notes that somebody has a backup.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn note(&self, saved: Saved) -> Result<(), LocalError> {
        self.store.turn().await?.note(saved).await?;
        (self.surroundings.changed)();
        Ok(())
    }

    /// How the last backup stands to what is here.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn last_backup(&self) -> Result<LastBackup, LocalError> {
        let standing = self.store.turn().await?.standing().await?;
        Ok(LastBackup { made: standing.saved.map(|saved| saved.made), behind: standing.is_behind() })
    }

    /// How much is here now.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn contents(&self) -> Result<Contents, LocalError> {
        Ok(backup::contents(&self.store.turn().await?.load().await?))
    }

    /// Puts a backup in the place of everything that is here, all at once, if that is what has been `seen`. Otherwise
    /// nothing changes, and what is here now is returned.
    ///
    /// # Errors
    /// The store could not be read or written, or the backup does not fit the engine; then nothing has changed.
    pub async fn restore(&self, backup: &Backup, seen: Contents) -> Result<Option<Contents>, LocalError> {
        let state = state_of(backup.records())?;
        let mut turn = self.store.turn().await?;
        let here = backup::contents(&turn.load().await?);
        if here != seen {
            return Ok(Some(here));
        }
        let generation = turn.replace(backup.records(), backup.summary().made).await?;
        self.known.replace(Known { generation, state });
        drop(turn);
        (self.surroundings.changed)();
        Ok(None)
    }

    /// Whether the caller's account has quota left for a call.
    fn admits(&self, request: &Request<'_>) -> bool {
        let quotas = self.surroundings.quotas.as_ref();
        quotas.is_none_or(|quotas| quotas.borrow_mut().admit(request))
    }

    /// Reads the store again if somebody else has written.
    async fn catch_up(&self, turn: &S::Turn) -> Result<(), StoreError> {
        if turn.generation() == self.known.borrow().generation {
            return Ok(());
        }
        let state = state_of(turn.load().await?)?;
        self.known.replace(Known { generation: turn.generation(), state });
        Ok(())
    }

    /// Makes changes durable, and then true.
    async fn commit(&self, turn: &mut S::Turn, changes: Vec<Change>) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let generation = turn.commit(changes.iter().map(Change::write).collect()).await?;
        let mut known = self.known.borrow_mut();
        known.generation = generation;
        for change in changes {
            known.state.apply(change);
        }
        drop(known);
        (self.surroundings.changed)();
        Ok(())
    }
}

/// The state that was stored as these records.
fn state_of(records: Vec<Stored>) -> Result<State, StoreError> {
    let mut state = State::default();
    records.into_iter().try_for_each(|stored| restore(&mut state, stored))?;
    Ok(state)
}

fn restore(state: &mut State, stored: Stored) -> Result<(), StoreError> {
    let name = stored.key.clone();
    state.restore(stored).map_err(|damaged| StoreError::Damaged { name, reason: damaged.to_string() })
}

/// What a job asks of a world, whatever its store: so the code of jobs is there once.
pub trait Vault {
    /// Calls an operation. See [`World::call`].
    fn ask(&self, service: Service, operation: &'static str, body: String) -> Asking<'_>;

    /// Fresh randomness.
    fn randomness(&self) -> Box<dyn CryptoRng>;
}

/// An answer that is under way.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Result<Answer, LocalError>> + 'a>>;

impl<S: Store> Vault for World<S> {
    fn ask(&self, service: Service, operation: &'static str, body: String) -> Asking<'_> {
        Box::pin(async move { Ok(self.call(service, operation, &body).await?.into()) })
    }

    fn randomness(&self) -> Box<dyn CryptoRng> {
        self.entropy()
    }
}

impl Transport for &dyn Vault {
    async fn send(
        &self,
        service: Service,
        operation: &'static str,
        body: String,
    ) -> Result<Answer, LocalError> {
        self.ask(service, operation, body).await
    }
}

#[cfg(test)]
mod tests;
