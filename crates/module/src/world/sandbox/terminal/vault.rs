//! A terminal at the vault. What is done there is real: its calls are the vault's own, made by its one principal in its one Region
//! at the system's time, and nothing takes them back. Its files and lines are gone with the page.

use std::cell::{Cell, RefCell};

use waxseal_api::{
    LocalError, LocalErrorCode, Region, Service,
    sandbox::{self, Candidates, Identity, KeyRow, Printed, Request, Task},
};
use waxseal_cli::{Call, Shell, command_of, complete};
use waxseal_crypto::CryptoRng;
use waxseal_kms::Caller;

use super::{
    desk, dissect, files, form, json, merge,
    run::{self, Answered, Answering, Complaint},
};
use crate::{store::Store, world::World};

/// The profile that stands for the vault's principal.
const PROFILE: &str = "vault";

/// The terminal of a page.
pub struct VaultTerminal {
    shell: RefCell<Shell>,
    /// How often whoever sits before it has given up a line.
    stops: Cell<u32>,
}

impl VaultTerminal {
    /// A new one, for whoever the vault is used by.
    pub fn new(caller: &Caller) -> Self {
        let mut shell = Shell::default();
        desk::add_profile(&mut shell, PROFILE, &caller.arn());
        desk::set_profile(&mut shell, PROFILE);
        desk::set_region(&mut shell, caller.place.region.as_str());
        Self { shell: RefCell::new(shell), stops: Cell::default() }
    }

    /// Does a task and returns its outcome as JSON text.
    ///
    /// # Errors
    /// It is none for the vault, or the store could not be read or written.
    pub async fn perform<S: Store>(&self, world: &World<S>, task: Task) -> Result<String, LocalError> {
        match task {
            Task::Read { text } => json(&run::lines(&text)),
            Task::Enter { line } => json(&self.enter(world, &line).await?),
            Task::Stop => json(&self.stops.set(self.stops.get().wrapping_add(1))),
            Task::Complete { line, cursor } => json(&self.complete(world, &line, cursor).await?),
            Task::ReadFile { name } => {
                json(&self.shell.borrow().files.read(&name).ok().map(|it| desk::blob(&it)))
            }
            Task::WriteFile { name, bytes } => {
                json(&self.shell.borrow_mut().files.write(&name, bytes.into_bytes()))
            }
            Task::RemoveFile { name } => {
                let _ = self.shell.borrow_mut().files.remove(&name);
                json(&())
            }
            Task::Terminal => json(&self.stands(world.caller())),
            Task::Keys { after, limit } => json(&keys(world, after.as_deref(), limit).await?),
            Task::Dissect { bytes } => json(&dissect::dissect(bytes.as_bytes())),
            Task::Offers => {
                let kms = |offer: &sandbox::Offer| offer.service == Service::Kms;
                json(&form::offers().into_iter().filter(kms).collect::<Vec<_>>())
            }
            Task::Form { service, operation } => json(&form::form(service, &operation)),
            Task::Command { request: Request { service, operation, body } } => {
                json(&command_of(service, &operation, &body))
            }
            Task::Request { line } => json(&form::request(&self.shell.borrow(), &line)),
            _ => Err(LocalError::new(
                LocalErrorCode::BadRequest,
                "The vault has its own time and its own people, and no way back. Sandboxes have the others.",
            )),
        }
    }

    /// Runs a line. What was done to files meanwhile stays.
    async fn enter<S: Store>(&self, world: &World<S>, line: &str) -> Result<Printed, LocalError> {
        let mut before = self.shell.borrow().clone();
        before.now = (world.surroundings.clock)().as_millis();
        let mut after = before.clone();
        desk::remember(&mut after, line);
        let running = Running { terminal: self, world, stops: self.stops.get() };
        let ran = run::run(&running, &mut after, line).await;
        let mut now = self.shell.borrow_mut();
        merge::carry(&before, &after, &mut now);
        desk::remember(&mut now, line);
        Ok(Printed { profile: desk::profile(&now).to_owned(), cleared: after.cleared, ..ran?.printed() })
    }

    async fn complete<S: Store>(
        &self,
        world: &World<S>,
        line: &str,
        cursor: usize,
    ) -> Result<Candidates, LocalError> {
        let keys = keys(world, None, usize::MAX).await?;
        let names: Vec<String> =
            keys.into_iter().flat_map(|key| key.names.into_iter().chain([key.id])).collect();
        let found = complete(line, cursor, &self.shell.borrow().files, &names);
        Ok(Candidates { start: found.start, words: found.words })
    }

    fn stands(&self, caller: &Caller) -> sandbox::Terminal {
        let shell = self.shell.borrow();
        sandbox::Terminal {
            who: Some(caller.arn()),
            profile: desk::profile(&shell).to_owned(),
            region: desk::region(&shell).to_owned(),
            people: vec![PROFILE.to_owned()],
            files: files(&shell),
            history: shell.history.clone(),
        }
    }
}

/// The vault's keys.
async fn keys<S: Store>(
    world: &World<S>,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<KeyRow>, LocalError> {
    let turn = world.turn().await?;
    let (now, place) = ((world.surroundings.clock)(), &world.caller.place);
    let keys = waxseal_kms::keys_in(&world.known.borrow().state, place, now, after).take(limit).collect();
    drop(turn);
    Ok(keys)
}

/// A line that runs at the vault.
struct Running<'a, S> {
    terminal: &'a VaultTerminal,
    world: &'a World<S>,
    /// How often lines had been given up when it began.
    stops: u32,
}

impl<S: Store> Answering for Running<'_, S> {
    fn rng(&self) -> Box<dyn CryptoRng> {
        self.world.entropy()
    }

    fn is_stopped(&self) -> bool {
        self.terminal.stops.get() != self.stops
    }

    async fn answer(&self, who: Identity, region: Region, call: &Call) -> Result<Answered, LocalError> {
        let own = self.world.caller();
        let refusal = match call.service {
            Service::Kms if !matches!(who, Identity::Principal(arn) if arn == own.arn()) => {
                "The vault is used by its own principal alone. In a sandbox you can be somebody else."
            }
            Service::Kms if region != own.place.region => {
                "The vault has one Region. In a sandbox you can go to others."
            }
            Service::Kms => {
                return Ok(Ok(self.world.call(call.service, call.operation, &call.body).await?.result));
            }
            _ => "The vault is a key service and nothing else. Sandboxes have the other services.",
        };
        Ok(Err(Complaint::new("NotInTheVault", refusal, 255)))
    }
}

#[cfg(test)]
mod tests;
