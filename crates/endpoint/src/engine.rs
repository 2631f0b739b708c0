//! The engine with its clock and its state file: one call at a time, and no reply before what it rests on is durable.

use std::{
    collections::{BTreeMap, VecDeque},
    path::Path,
};

use getrandom::SysRng;
use rand_core::UnwrapErr;
use tokio::{
    sync::{Mutex, MutexGuard},
    task::spawn_blocking,
};
use waxseal_api::{Reply, Service, Timestamp, audit::AuditRecord};
use waxseal_crypto::KeyMaterial;
use waxseal_kms::{Brought, Caller, Change, Damaged, Quotas, Request, State, Write};

use crate::{
    clock::Clock,
    identity::Credential,
    journal::{Contents, Entry, FileError, Journal, Unstored},
};

/// Keeps the keys of all accounts and Regions.
#[derive(Debug)]
pub(crate) struct Engine(Mutex<Turn>);

/// What one call at a time has for itself.
#[derive(Debug)]
struct Turn {
    state: State,
    clock: Clock,
    /// None: the state is in memory only.
    journal: Option<Journal>,
    /// What is to be written with the next change: the last note of each record.
    notes: BTreeMap<String, Entry>,
    log: Log,
    /// None: everybody may call as often as they like.
    quotas: Option<Quotas>,
}

/// Why the engine does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The state file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The state file holds a record that the engine cannot take back.
    #[error("the state file does not fit this version: {0}")]
    Record(#[from] Damaged),
}

/// The last calls, and what the service did by itself between them. In memory only.
#[derive(Debug, Default)]
struct Log(VecDeque<AuditRecord>);

impl Log {
    /// More would only grow.
    const LENGTH: usize = 10_000;

    fn add(&mut self, records: impl IntoIterator<Item = AuditRecord>) {
        self.0.extend(records);
        let surplus = self.0.len().saturating_sub(Self::LENGTH);
        self.0.drain(..surplus);
    }
}

impl Engine {
    /// An engine whose state is in a file, or in memory only, and that holds its callers to the request quotas or not.
    ///
    /// # Errors
    /// The file cannot be read, or is in use.
    pub(crate) fn open(path: Option<&Path>, quotas: bool) -> Result<Self, StartError> {
        let Some((journal, contents)) = path.map(Journal::open).transpose()? else {
            return Ok(Self(Mutex::new(Turn::new(None, quotas))));
        };
        let mut turn = Turn::new(Some(journal), quotas);
        turn.restore(contents)?;
        Ok(Self(Mutex::new(turn)))
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// What it would have changed cannot be stored; then nothing has changed. A refusal by the service is a [`Reply`].
    pub(crate) async fn call(
        &self,
        caller: &Caller,
        service: Service,
        operation: &str,
        body: &str,
    ) -> Result<Reply, Unstored> {
        let key_pair = key_pair(service, operation, body).await;
        let mut turn = self.turn().await?;
        let now = turn.pass_time()?;
        let request = Request { caller, now, service, operation, body };
        let admitted = turn.quotas.as_mut().is_none_or(|quotas| quotas.admit(&request));
        let outcome = if admitted {
            waxseal_kms::handle_with(
                &turn.state,
                &mut entropy(),
                &request,
                Brought { key_pair, ..Brought::default() },
            )
        } else {
            waxseal_kms::throttled(&turn.state, &mut entropy(), &request)
        };
        turn.commit(outcome.changes)?;
        turn.note(outcome.notes)?;
        turn.log.add([outcome.reply.audit.clone()].into_iter().chain(outcome.events));
        end(turn).await?;
        Ok(outcome.reply)
    }

    /// The audit log, the oldest record first.
    ///
    /// # Errors
    /// The state cannot be read again after a failure.
    pub(crate) async fn log(&self) -> Result<Vec<AuditRecord>, Unstored> {
        Ok(self.turn().await?.log.0.iter().cloned().collect())
    }

    /// What an access key stands for, or stood for. None: nothing that is known.
    ///
    /// # Errors
    /// The state cannot be read again after a failure.
    pub(crate) async fn credential(&self, access_key_id: &str) -> Result<Option<Credential>, Unstored> {
        let mut turn = self.turn().await?;
        let now = turn.clock.now();
        // Asked of a moment before all others, so that what has expired is told apart from what never was.
        let known = turn.state.credential(access_key_id, Timestamp::from_millis(i64::MIN));
        Ok(known.map(|known| Credential {
            expired: known.expiration.is_some_and(|end| end <= now),
            secret: known.secret.duplicate(),
            session_token: known.session_token.clone(),
            principal: known.principal.clone(),
        }))
    }

    /// Empties the state, and sets the clock to real time.
    ///
    /// # Errors
    /// That cannot be stored; then nothing has changed.
    pub(crate) async fn reset(&self) -> Result<(), Unstored> {
        let mut turn = self.turn().await?;
        turn.record(&[Entry::Reset])?;
        turn.notes.clear();
        (turn.state, turn.clock, turn.log) = (State::default(), Clock::default(), Log::default());
        end(turn).await
    }

    /// Moves the clock ahead. Returns what time it is then, or None when it cannot be moved so far.
    ///
    /// # Errors
    /// That cannot be stored; then nothing has changed.
    pub(crate) async fn advance(&self, seconds: u64) -> Result<Option<Timestamp>, Unstored> {
        let mut turn = self.turn().await?;
        let Some(ahead) = turn.clock.moved(seconds) else { return Ok(None) };
        turn.record(&[Entry::Clock(ahead)])?;
        turn.clock.set_ahead(ahead);
        let now = turn.pass_time()?;
        end(turn).await?;
        Ok(Some(now))
    }

    /// Writes what could still wait.
    ///
    /// # Errors
    /// It cannot be stored.
    pub(crate) async fn close(&self) -> Result<(), Unstored> {
        let mut turn = self.turn().await?;
        let notes: Vec<Entry> = std::mem::take(&mut turn.notes).into_values().collect();
        if !notes.is_empty() {
            turn.record(&notes)?;
        }
        end(turn).await
    }

    /// Does to the state what no operation does: what its surroundings do to it. Returns what that says.
    ///
    /// # Errors
    /// It cannot be stored; then nothing has changed.
    pub(crate) async fn act<T>(
        &self,
        action: impl FnOnce(&State, Timestamp) -> (Vec<Change>, T),
    ) -> Result<T, Unstored> {
        let mut turn = self.turn().await?;
        let now = turn.pass_time()?;
        let (changes, said) = action(&turn.state, now);
        turn.commit(changes)?;
        end(turn).await?;
        Ok(said)
    }

    /// Waits for a turn. If something could not be stored, what the file says is true again.
    async fn turn(&self) -> Result<MutexGuard<'_, Turn>, Unstored> {
        let mut turn = self.0.lock().await;
        turn.recover().map_err(Unstored::because)?;
        Ok(turn)
    }
}

/// The RSA key pair that a call makes, made before its turn.
async fn key_pair(service: Service, operation: &str, body: &str) -> Option<KeyMaterial> {
    let spec = waxseal_kms::key_pair_to_make(service, operation, body)?;
    let made = spawn_blocking(move || KeyMaterial::generate(spec, &mut entropy()));
    made.await.ok()?.ok()
}

/// Ends a turn, lets the next begin, and waits until all that this one saw is durable.
async fn end(turn: MutexGuard<'_, Turn>) -> Result<(), Unstored> {
    let receipt = turn.journal.as_ref().map(Journal::receipt);
    drop(turn);
    match receipt {
        Some(receipt) => receipt.durable().await,
        None => Ok(()),
    }
}

/// The randomness of this machine.
pub(crate) fn entropy() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

impl Turn {
    fn new(journal: Option<Journal>, quotas: bool) -> Self {
        Self {
            state: State::default(),
            clock: Clock::default(),
            journal,
            notes: BTreeMap::new(),
            log: Log::default(),
            quotas: quotas.then(Quotas::default),
        }
    }

    fn recover(&mut self) -> Result<(), StartError> {
        match self.journal.as_mut().map(Journal::recover).transpose()?.flatten() {
            Some(contents) => Ok(self.restore(contents)?),
            None => Ok(()),
        }
    }

    fn restore(&mut self, contents: Contents) -> Result<(), Damaged> {
        let mut state = State::default();
        contents.records.into_values().try_for_each(|stored| state.restore(stored))?;
        self.state = state;
        self.notes.clear();
        self.clock.set_ahead(contents.ahead);
        Ok(())
    }

    /// Does what is due. Returns what time it is.
    fn pass_time(&mut self) -> Result<Timestamp, Unstored> {
        let now = self.clock.now();
        loop {
            let due = waxseal_kms::due(&self.state, &mut entropy(), now);
            if due.is_empty() {
                return Ok(now);
            }
            self.commit(due.changes)?;
            self.log.add(due.records);
        }
    }

    /// Appends changes to the file, and makes them true.
    fn commit(&mut self, changes: Vec<Change>) -> Result<(), Unstored> {
        if changes.is_empty() {
            return Ok(());
        }
        if self.journal.is_some() {
            let mut entries: Vec<Entry> = std::mem::take(&mut self.notes).into_values().collect();
            for change in &changes {
                entries.push(Entry::of(change.write()).map_err(Unstored::because)?);
            }
            self.record(&entries)?;
        }
        changes.into_iter().for_each(|change| self.state.apply(change));
        Ok(())
    }

    /// Makes notes true, and keeps them for the file. A call that only makes notes waits for nothing.
    fn note(&mut self, notes: Vec<Change>) -> Result<(), Unstored> {
        for note in notes {
            if let (true, Write::Put(stored)) = (self.journal.is_some(), note.write()) {
                let name = format!("{}/{}", stored.table, stored.key);
                self.notes.insert(name, Entry::of(Write::Put(stored)).map_err(Unstored::because)?);
            }
            self.state.apply(note);
        }
        Ok(())
    }

    fn record(&mut self, entries: &[Entry]) -> Result<(), Unstored> {
        match &mut self.journal {
            Some(journal) => journal.append(entries).map_err(Unstored::because),
            None => Ok(()),
        }
    }
}
