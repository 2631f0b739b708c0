//! A sandbox: a world for learning, with a clock that can be moved, in which a call says who makes it.

mod share;
mod steps;
mod terminal;

use std::cell::RefCell;

use serde_json::Value;
use waxseal_api::{
    ApiError, ErrorCode, LocalError, LocalErrorCode, Place, Region, Reply, Service, Timestamp,
    audit::AuditRecord,
    bill::Meter,
    sandbox::{Clock, Identity, Matrix, Passed, Task},
    trace::Trace,
};
use waxseal_crypto::equal;
use waxseal_kms::{
    Asker, Brought, Caller, Change, Due, Outcome, Principal, Quotas, Request, ResourceRecord, State,
};
use waxseal_services::{Done, Next, billing};

pub use self::{
    share::fill,
    terminal::{VaultTerminal, openssl::computed},
};
use self::{steps::Label, terminal::Terminal};
pub(crate) use self::{steps::rows_of, terminal::is_terminal};
use super::World;
use crate::store::{SandboxTurn, Store, StoreError};

/// A sandbox over a store.
pub struct Sandbox<S> {
    world: World<S>,
    terminal: Terminal,
    /// What is left of the request quotas, as far as callers are held to them.
    quotas: RefCell<Quotas>,
}

/// A call, and who makes it.
#[derive(Debug)]
pub struct Call<'a> {
    /// Who.
    pub identity: &'a Identity,
    /// In which Region.
    pub region: Region,
    /// Whose operation.
    pub service: Service,
    /// Its name.
    pub operation: &'a str,
    /// Its input, as JSON text.
    pub body: &'a str,
}

/// How far a clock may jump at a time, in days: a hundred years.
const FARTHEST: i64 = 36_525;
const LONGEST_PAGE: &str = r#"{"Limit":1000}"#;
const LONGEST_PAGE_OF_ALIASES: &str = r#"{"Limit":100}"#;
/// The record that says that callers are held to the request quotas.
const HELD: &str = "servicequotas/kms";
/// So many things that are due are told.
const TOLD: usize = 8;
/// So many entries of the log a service reads.
const READ: usize = 20_000;

impl<S: Store<Turn: SandboxTurn>> Sandbox<S> {
    /// Makes a sandbox of an open world, whose own caller makes no calls then.
    pub fn new(world: World<S>) -> Self {
        Self { world, terminal: Terminal::default(), quotas: RefCell::default() }
    }

    /// Calls an operation. What it changes, and its entry in the log, are durable before this returns.
    ///
    /// # Errors
    /// The caller is nobody, or the service has refused: the inner result. The outer one: the store could not be read or
    /// written, and nothing has changed.
    pub async fn call(&self, call: Call<'_>) -> Result<Result<Reply, ApiError>, LocalError> {
        let Call { identity, region, service, operation, body } = call;
        let key_pair = self.world.key_pair(service, operation, body).await;
        let mut turn = self.world.turn().await?;
        let now = self.pass_time(&mut turn).await?;
        let caller = match caller(&self.world.known.borrow().state, identity, region, now) {
            Ok(caller) => caller,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let request = Request { caller: &caller, now, service, operation, body };
        let mut events = Vec::new();
        let Done { reply, calls, changes, notes } = match waxseal_services::answers(service) {
            true => {
                let log =
                    if waxseal_services::reads_log(service) { turn.log(0, READ).await? } else { Vec::new() };
                let records: Vec<&str> = log.iter().filter_map(|(_, entry)| record_of(entry)).collect();
                self.serve(&request, &records)?
            }
            false => {
                let brought = Brought { key_pair, ..self.predefined(&request) };
                let outcome =
                    self.throttled(&request).unwrap_or_else(|| self.world.handle(&request, brought));
                let Outcome { reply, changes, notes, .. } = outcome;
                events = outcome.events;
                Done { reply, calls: Vec::new(), changes, notes }
            }
        };
        let replies = calls.iter().chain([&reply]);
        let of_calls = replies.clone().map(|reply| entry(&reply.audit, &reply.trace));
        turn.enter(of_calls.chain(of_events(&events)).collect());
        let counted = billing::count(&self.world.known.borrow().state, replies, now);
        let changes = changes.into_iter().chain(notes).chain(counted).collect();
        self.commit(&mut turn, changes, Label { name: operation, at: now, event: false }).await?;
        (self.world.surroundings.changed)();
        Ok(Ok(reply))
    }

    /// The aliases that AWS has predefined, and a key for the one that a call asks for.
    fn predefined(&self, request: &Request<'_>) -> Brought {
        let predefined = &waxseal_services::WITH_KEYS;
        let (state, rng) = (&self.world.known.borrow().state, &mut *self.world.entropy());
        let associated = waxseal_kms::associate(state, rng, request, predefined);
        Brought { predefined, associated, ..Brought::default() }
    }

    /// Has another service answer a call. An AWS managed key that it needs is made in the same write.
    fn serve(&self, request: &Request<'_>, log: &[&str]) -> Result<Done, StoreError> {
        let mut first = Vec::new();
        loop {
            let next = {
                let (state, rng) = (&self.world.known.borrow().state, &mut *self.world.entropy());
                let mut kms = |request: &Request<'_>, made: &[Change]| {
                    self.throttled(request).unwrap_or_else(|| self.world.handle_after(request, made))
                };
                waxseal_services::handle(state, rng, &mut kms, log, request)
            };
            match next {
                Next::Before(changes) => {
                    self.world.foresee(&changes)?;
                    first.extend(changes);
                }
                Next::Done(mut done) => {
                    first.append(&mut done.changes);
                    done.changes = first;
                    return Ok(*done);
                }
            }
        }
    }

    fn held(&self) -> bool {
        self.world.known.borrow().state.resource(HELD).is_some()
    }

    /// Counts a call, and refuses it if there have been too many.
    fn throttled(&self, request: &Request<'_>) -> Option<Outcome> {
        if !self.held() || self.quotas.borrow_mut().admit(request) {
            return None;
        }
        let (state, rng) = (&self.world.known.borrow().state, &mut *self.world.entropy());
        Some(waxseal_kms::throttled(state, rng, request))
    }

    /// Holds callers to the request quotas from now on, or no more.
    async fn hold(&self, on: bool) -> Result<Clock, LocalError> {
        let mut turn = self.world.turn().await?;
        let at = self.pass_time(&mut turn).await?;
        if on != self.held() {
            let record = ResourceRecord { name: HELD.to_owned(), value: "{}".to_owned(), secret: None };
            let change = match on {
                true => Change::PutResource(Box::new(record)),
                false => Change::DeleteResource(record.name),
            };
            self.commit(&mut turn, vec![change], Label { name: "RequestQuotas", at, event: false }).await?;
            self.quotas.replace(Quotas::default());
            (self.world.surroundings.changed)();
        }
        turn.flush().await?;
        self.clock_of(&turn).await
    }

    /// Does something beside the operations and returns its outcome as JSON text.
    ///
    /// # Errors
    /// The store could not be read or written, or the clock cannot be moved there; then nothing has changed.
    pub async fn perform(&self, task: Task) -> Result<String, LocalError> {
        match task {
            Task::Clock => json(&self.clock().await?),
            Task::Advance { to } => json(&self.advance(to).await?),
            Task::Hold { on } => json(&self.hold(on).await?),
            Task::Log { after, most } => self.log(after, most).await,
            Task::Matrix { key_id, policy } => json(&self.matrix(&key_id, policy).await?),
            Task::Meter => json(&self.meter().await?),
            Task::Steps => json(&self.told_steps().await?),
            Task::Back { entry } => self.go_back(entry).await,
            Task::Return { step } => self.come_back(step).await,
            Task::Save | Task::Examine | Task::TakeIn { .. } | Task::Rename { .. } => Err(share::not_here()),
            task => self.at_terminal(task).await,
        }
    }

    /// What the service lists to the account itself, as far as its first page goes.
    async fn names(&self, place: Place) -> Result<Vec<String>, LocalError> {
        let turn = self.world.turn().await?;
        let (caller, now) = (Caller::root(place), self.now(turn.ahead().await?));
        let listed = |operation: &str, body: &str| {
            let request = Request { caller: &caller, now, service: Service::Kms, operation, body };
            self.world.handle(&request, Brought::default()).reply.result.unwrap_or_default()
        };
        let of = |operation: &str, body: &str, list: &str, members: &[&str]| {
            let output: Value = serde_json::from_str(&listed(operation, body)).unwrap_or_default();
            let items = output[list].as_array().cloned().unwrap_or_default();
            let named = items.iter().flat_map(|item| members.iter().filter_map(|name| item[*name].as_str()));
            named.map(str::to_owned).collect::<Vec<_>>()
        };
        let mut names = of("ListKeys", LONGEST_PAGE, "Keys", &["KeyId", "KeyArn"]);
        names.extend(of("ListAliases", LONGEST_PAGE_OF_ALIASES, "Aliases", &["AliasName"]));
        Ok(names)
    }

    /// Who may do what to a key, as far as the service tells whom the terminal stands for which key it is.
    async fn matrix(
        &self,
        key_id: &str,
        policy: Option<String>,
    ) -> Result<Result<Matrix, ApiError>, LocalError> {
        let Some((place, who)) = self.stands_for().await? else { return Ok(Err(invalid())) };
        let turn = self.world.turn().await?;
        let now = self.now(turn.ahead().await?);
        let state = &self.world.known.borrow().state;
        // A role is asked for as its account, since it is nobody before somebody has assumed it.
        let root = Principal::Root { account: place.account.clone() };
        let caller = Caller { principal: state.principal(&who).unwrap_or(root), place, via: None };
        let asker = Asker { caller: &caller, now };
        Ok(waxseal_kms::matrix(state, &mut *self.world.entropy(), asker, key_id, policy))
    }

    /// What the account where the terminal is has used.
    async fn meter(&self) -> Result<Option<Meter>, LocalError> {
        let now = self.clock().await?.now;
        let stands = self.stands_for().await?;
        let state = &self.world.known.borrow().state;
        Ok(stands.map(|(place, _)| billing::meter(state, &place.account, now)))
    }

    async fn clock(&self) -> Result<Clock, LocalError> {
        let mut turn = self.world.turn().await?;
        self.pass_time(&mut turn).await?;
        turn.flush().await?;
        self.clock_of(&turn).await
    }

    async fn clock_of(&self, turn: &S::Turn) -> Result<Clock, LocalError> {
        let ahead = turn.ahead().await?;
        let due = waxseal_kms::upcoming(&self.world.known.borrow().state).take(TOLD).collect();
        Ok(Clock { now: self.now(ahead), ahead, due, held: self.held() })
    }

    /// Moves the clock forward and lets happen what comes due on the way.
    async fn advance(&self, to: Timestamp) -> Result<Passed, LocalError> {
        let mut turn = self.world.turn().await?;
        let now = self.pass_time(&mut turn).await?;
        if to < now || to > now.plus_days(FARTHEST) {
            let text = "A sandbox's clock goes forward only, and at most a hundred years at a time.";
            return Err(LocalError::new(LocalErrorCode::BadRequest, text));
        }
        let ahead = turn.ahead().await? + (to.as_millis() - now.as_millis());
        self.set_ahead(&mut turn, ahead, now).await?;
        let mut records = Vec::new();
        self.happen(&mut turn, to, &mut |passed| records.extend_from_slice(passed)).await?;
        self.note_wait(&mut turn, to.as_millis() - now.as_millis()).await?;
        (self.world.surroundings.changed)();
        Ok(Passed { clock: self.clock_of(&turn).await?, records })
    }

    /// The newest entries as they were written, each with its number.
    async fn log(&self, after: u64, most: usize) -> Result<String, LocalError> {
        let turn = self.world.turn().await?;
        // One more, to see whether the entry is there after which they are asked for.
        let mut entries = turn.log(after.saturating_sub(1), most.saturating_add(1)).await?;
        let whole = after == 0 || entries.first().is_none_or(|(number, _)| *number != after);
        if whole {
            entries = turn.log(0, most).await?;
        }
        let numbered: Vec<String> = entries
            .iter()
            .skip(usize::from(!whole))
            .filter_map(|(number, text)| Some(format!("{{\"number\":{number},{}", text.strip_prefix('{')?)))
            .collect();
        Ok(format!("{{\"whole\":{whole},\"entries\":[{}]}}", numbered.join(",")))
    }

    /// The sandbox's time, after whatever is due until then has happened.
    async fn pass_time(&self, turn: &mut S::Turn) -> Result<Timestamp, StoreError> {
        let now = self.now(turn.ahead().await?);
        self.happen(turn, now, &mut |_| {}).await?;
        Ok(now)
    }

    async fn happen(
        &self,
        turn: &mut S::Turn,
        now: Timestamp,
        told: &mut dyn FnMut(&[AuditRecord]),
    ) -> Result<(), StoreError> {
        loop {
            let Due { changes, records } = self.world.due(now);
            if changes.is_empty() {
                return Ok(());
            }
            told(&records);
            turn.enter(of_events(&records).collect());
            let name = records.first().map_or("", |record| &record.event_name);
            self.commit(turn, changes, Label { name, at: now, event: true }).await?;
        }
    }

    fn now(&self, ahead: i64) -> Timestamp {
        Timestamp::from_millis((self.world.surroundings.clock)().as_millis().saturating_add(ahead))
    }
}

/// Who makes a call, or why it is nobody.
fn caller(state: &State, identity: &Identity, region: Region, now: Timestamp) -> Result<Caller, ApiError> {
    let principal = principal(state, identity, now)?;
    let account = principal.account().cloned().ok_or_else(invalid)?;
    Ok(Caller { place: Place { account, region }, principal, via: None })
}

/// Who an identity is at this time.
fn principal(state: &State, identity: &Identity, now: Timestamp) -> Result<Principal, ApiError> {
    match identity {
        Identity::Principal(arn) => state.principal(arn).ok_or_else(invalid),
        Identity::AccessKey { id, secret, session_token } => {
            let credential = state.credential(id, now).ok_or_else(invalid)?;
            let known = credential.session_token.as_deref() == session_token.as_deref()
                && equal(secret.expose().as_bytes(), credential.secret.expose());
            known.then(|| credential.principal.clone()).ok_or_else(invalid)
        }
    }
}

fn invalid() -> ApiError {
    let text = "The security token included in the request is invalid.";
    ApiError::new(ErrorCode::AccessDeniedException, text)
}

/// The entries of what the service does by itself.
fn of_events(records: &[AuditRecord]) -> impl Iterator<Item = String> {
    records.iter().map(|record| entry(record, &Trace::default()))
}

/// An entry for the log, which is given its number when it is read.
fn entry(record: &AuditRecord, trace: &Trace) -> String {
    let text = |value: Result<String, LocalError>| value.unwrap_or_default();
    format!("{{\"record\":{},\"trace\":{}}}", text(json(record)), text(json(trace)))
}

/// The record of an entry, as it was written.
fn record_of(entry: &str) -> Option<&str> {
    Some(entry.strip_prefix("{\"record\":")?.split_once(",\"trace\":{\"steps\":")?.0)
}

fn json(value: &impl serde::Serialize) -> Result<String, LocalError> {
    serde_json::to_string(value).map_err(|error| LocalError::new(LocalErrorCode::BadFrame, error.to_string()))
}

#[cfg(test)]
mod tests;
