//! The terminal of a sandbox. It runs where the keys are, so its calls cross no channel and no page waits for it.
//!
//! What it holds is read in one turn before a line and written in one turn after it: what the line has changed then goes on
//! top of what is there by that time. So tabs that write different files at the same instant keep both, and whoever becomes
//! somebody else while a line runs stays so. There is another one at the vault, which keeps nothing.

mod ask;
mod desk;
mod dissect;
mod form;
mod identity;
mod merge;
pub(super) mod openssl;
mod people;
mod record;
mod report;
mod run;
mod script;
mod start;
mod trial;
mod vault;

use std::cell::{Cell, RefCell};

use waxseal_api::{
    LocalError, LocalErrorCode, Place, Region,
    sandbox::{self, Candidates, File, Identity, KeyRow, Printed, Request, Script, Start, Task},
};
use waxseal_cli::{Call, Shell, command_of, complete};
use waxseal_crypto::CryptoRng;

pub use self::vault::VaultTerminal;
use self::{
    desk::Own,
    identity::Profile,
    record::Record,
    run::{Answered, Answering, Ran},
};
use super::{Sandbox, json, principal};
use crate::store::{SandboxTurn, Store};

/// Whether a text is what a terminal keeps.
pub(crate) fn is_terminal(text: &str) -> bool {
    desk::read(text).is_some()
}

/// What a tab's terminal has beside what the sandbox keeps.
#[derive(Default)]
pub(super) struct Terminal {
    /// What is this tab's alone; none before it was first read.
    own: RefCell<Option<Own>>,
    /// How often whoever sits before it has given up a line.
    stops: Cell<u32>,
    /// How many calls its lines have made.
    calls: Cell<u32>,
}

impl<S: Store<Turn: SandboxTurn>> Sandbox<S> {
    /// Does one of the terminal's tasks.
    pub(super) async fn at_terminal(&self, task: Task) -> Result<String, LocalError> {
        match task {
            Task::Begin { start, prepare } => json(&self.begin(start, &prepare).await?),
            Task::Play { line } => json(&self.play(&line).await?),
            Task::Judge { checks } => json(&self.judge(&checks, &[]).await?),
            Task::Try(experiment) => json(&self.try_out(experiment).await?),
            Task::Read { text } => json(&run::lines(&text)),
            Task::Enter { line } => json(&self.enter(&line).await?),
            Task::Stop => json(&self.terminal.stops.set(self.terminal.stops.get().wrapping_add(1))),
            Task::Complete { line, cursor } => json(&self.complete(&line, cursor).await?),
            Task::Be { profile } => json(&self.become_somebody(&profile).await?),
            Task::Move { region } => json(&self.go_to(&region).await?),
            Task::ReadFile { name } => {
                json(&self.shell().await?.files.read(&name).ok().map(|it| desk::blob(&it)))
            }
            Task::WriteFile { name, bytes } => {
                let line = record::write(&name, &bytes);
                json(&self.change_as(line, |shell| shell.files.write(&name, bytes.into_bytes())).await?)
            }
            Task::RemoveFile { name } => {
                let line = Some(record::remove(&name));
                json(&self.change_as(line, |shell| _ = shell.files.remove(&name)).await?)
            }
            Task::Script => json(&self.script().await?),
            Task::Keys { after, limit } => json(&self.keys(after.as_deref(), limit).await?),
            Task::Dissect { bytes } => json(&dissect::dissect(bytes.as_bytes())),
            Task::Offers => json(&form::offers()),
            Task::Form { service, operation } => json(&form::form(service, &operation)),
            Task::Command { request: Request { service, operation, body } } => {
                json(&command_of(service, &operation, &body))
            }
            Task::Request { line } => json(&form::request(&self.shell().await?, &line)),
            _ => json(&self.stands().await?),
        }
    }

    /// The terminal as it is kept, with what is this tab's alone.
    async fn shell(&self) -> Result<Shell, LocalError> {
        let turn = self.world.turn().await?;
        Ok(self.kept(&turn).await?.map_or_else(desk::fresh, |(shell, _)| shell))
    }

    /// What was done that has led to what there is.
    async fn script(&self) -> Result<Script, LocalError> {
        let turn = self.world.turn().await?;
        let record = self.kept(&turn).await?.map(|(_, record)| record).unwrap_or_default();
        Ok(record.script(&turn.tree().await?))
    }

    async fn kept(&self, turn: &S::Turn) -> Result<Option<(Shell, Record)>, LocalError> {
        let Some(text) = turn.kept().await? else { return Ok(None) };
        let damaged =
            || LocalError::new(LocalErrorCode::DatabaseDamaged, "What the terminal keeps cannot be read.");
        let (mut shell, record) = desk::read(text.expose()).ok_or_else(damaged)?;
        // A tab begins with what the last one had.
        let own = self.terminal.own.borrow_mut().get_or_insert_with(|| Own::of(&shell)).clone();
        own.put_into(&mut shell);
        Ok(Some((shell, record)))
    }

    /// Changes the terminal as it is by now, in one turn, and notes what was done as a line of a script, if it is one.
    async fn change_as(
        &self,
        line: Option<String>,
        change: impl FnOnce(&mut Shell),
    ) -> Result<(), LocalError> {
        self.change(|shell, record, step| {
            change(shell);
            line.into_iter().for_each(|line| record.note(step, line));
        })
        .await
    }

    /// Changes the terminal as it is by now, and what was done until this step, in one turn.
    async fn change(&self, change: impl FnOnce(&mut Shell, &mut Record, u64)) -> Result<(), LocalError> {
        let mut turn = self.world.turn().await?;
        let kept = self.kept(&turn).await?;
        let (mut shell, mut record) = kept.clone().unwrap_or_else(|| (desk::fresh(), Record::default()));
        change(&mut shell, &mut record, turn.tree().await?.head);
        if kept.is_none_or(|kept| desk::is_other(&kept.0, &shell) || kept.1 != record) {
            turn.keep(&desk::written(&shell, &record)).await?;
            (self.world.surroundings.changed)();
        }
        self.terminal.own.replace(Some(Own::of(&shell)));
        Ok(())
    }

    /// Notes a jump of the clock, where there is a terminal.
    pub(super) async fn note_wait(&self, turn: &mut S::Turn, millis: i64) -> Result<(), LocalError> {
        if let Some((shell, mut record)) = self.kept(turn).await? {
            record.note(turn.tree().await?.head, record::wait(millis));
            turn.keep(&desk::written(&shell, &record)).await?;
        }
        Ok(())
    }

    /// Lets a new sandbox's terminal begin. What it begins with are commands of its own, and so calls like any others.
    async fn begin(&self, start: Start, prepare: &str) -> Result<(), LocalError> {
        if self.world.turn().await?.kept().await?.is_some() {
            return Ok(());
        }
        let script = start::script(start);
        if script.is_empty() && prepare.is_empty() {
            return self.change(|_, record, _| record.begin(start)).await;
        }
        let new = self.scratch().await?.begun(script).await?;
        new.change(|_, record, _| *record = Record::new(start)).await?;
        self.take_over(&new.begun(prepare).await?).await
    }

    /// Runs a line, which is given up when there are other `stops`.
    async fn run(&self, shell: &mut Shell, line: &str, stops: u32) -> Result<Ran, LocalError> {
        run::run(&Running { sandbox: self, stops }, shell, line).await
    }

    /// Runs a line and keeps what it has changed; its calls have turns of their own.
    async fn enter(&self, line: &str) -> Result<Printed, LocalError> {
        let (stops, calls) = (self.terminal.stops.get(), self.terminal.calls.get());
        let mut before = self.shell().await?;
        before.now = self.clock().await?.now.as_millis();
        let mut after = before.clone();
        desk::remember(&mut after, line);
        let ran = self.run(&mut after, line, stops).await;
        let mut profile = String::new();
        // What has called nobody and changed nothing need not be done again.
        let done = self.terminal.calls.get() != calls || merge::is_other(&before, &after);
        let kept = self.change_as(done.then(|| line.to_owned()), |now| {
            merge::carry(&before, &after, now);
            desk::remember(now, line);
            profile = desk::profile(now).to_owned();
        });
        kept.await?;
        Ok(Printed { profile, cleared: after.cleared, ..ran?.printed() })
    }

    async fn complete(&self, line: &str, cursor: usize) -> Result<Candidates, LocalError> {
        let shell = self.shell().await?;
        let keys = match self.place(&shell).await? {
            Some(place) => self.names(place).await?,
            None => Vec::new(),
        };
        let found = complete(line, cursor, &shell.files, &keys);
        Ok(Candidates { start: found.start, words: found.words })
    }

    /// The keys where the terminal is.
    async fn keys(&self, after: Option<&str>, limit: usize) -> Result<Vec<KeyRow>, LocalError> {
        let shell = self.shell().await?;
        let Some(place) = self.place(&shell).await? else { return Ok(Vec::new()) };
        let turn = self.world.turn().await?;
        let now = self.now(turn.ahead().await?);
        Ok(waxseal_kms::keys_in(&self.world.known.borrow().state, &place, now, after).take(limit).collect())
    }

    /// Where commands are made that do not say it, if anybody makes them.
    async fn place(&self, shell: &Shell) -> Result<Option<Place>, LocalError> {
        let account = self.who(shell).await?.and_then(|arn| arn.split(':').nth(4)?.parse().ok());
        let region = desk::region(shell).parse::<Region>().ok();
        Ok(account.zip(region).map(|(account, region)| Place { account, region }))
    }

    /// Where commands are made that do not say it, and the ARN of whom they are made by, if anybody makes them.
    pub(super) async fn stands_for(&self) -> Result<Option<(Place, String)>, LocalError> {
        let shell = self.shell().await?;
        Ok(self.place(&shell).await?.zip(self.who(&shell).await?))
    }

    /// Whom the terminal's profile stands for.
    async fn who(&self, shell: &Shell) -> Result<Option<String>, LocalError> {
        let profile = Profile::of(&shell.config, desk::profile(shell));
        match profile.map(|profile| profile.identity()) {
            Some(Ok(identity)) => self.arn_of(&identity).await,
            Some(Err(role)) => Ok(Some(role.to_owned())),
            None => Ok(None),
        }
    }

    async fn arn_of(&self, identity: &Identity) -> Result<Option<String>, LocalError> {
        let turn = self.world.turn().await?;
        let now = self.now(turn.ahead().await?);
        Ok(principal(&self.world.known.borrow().state, identity, now).ok().map(|principal| principal.arn()))
    }

    /// The ARNs of all users.
    fn users(&self) -> Vec<String> {
        self.world.known.borrow().state.people().map(|principal| principal.arn()).collect()
    }

    /// Goes to another Region.
    async fn go_to(&self, region: &str) -> Result<(), LocalError> {
        self.change_as(Some(format!("@in {region}")), |shell| desk::set_region(shell, region)).await
    }

    async fn become_somebody(&self, name: &str) -> Result<(), LocalError> {
        self.change_as(Some(format!("@as {name}")), |shell| {
            let people = people::all(shell, &self.users());
            if let Some(people::Person { new: Some(arn), .. }) = people.iter().find(|it| it.profile == name) {
                desk::add_profile(shell, name, arn);
            }
            desk::set_profile(shell, name);
        })
        .await
    }

    /// How the terminal stands.
    async fn stands(&self) -> Result<sandbox::Terminal, LocalError> {
        let shell = self.shell().await?;
        Ok(sandbox::Terminal {
            who: self.who(&shell).await?,
            profile: desk::profile(&shell).to_owned(),
            region: desk::region(&shell).to_owned(),
            people: people::all(&shell, &self.users()).into_iter().map(|person| person.profile).collect(),
            files: files(&shell),
            history: shell.history,
        })
    }
}

/// The files of a terminal.
fn files(shell: &Shell) -> Vec<File> {
    shell.files.iter().map(|(name, bytes)| File { name: name.to_owned(), length: bytes.len() }).collect()
}

/// A line that runs in a sandbox.
struct Running<'a, S> {
    sandbox: &'a Sandbox<S>,
    /// How often lines had been given up when it began.
    stops: u32,
}

impl<S: Store<Turn: SandboxTurn>> Answering for Running<'_, S> {
    fn rng(&self) -> Box<dyn CryptoRng> {
        self.sandbox.world.entropy()
    }

    fn is_stopped(&self) -> bool {
        self.sandbox.terminal.stops.get() != self.stops
    }

    async fn answer(&self, who: Identity, region: Region, call: &Call) -> Result<Answered, LocalError> {
        let Call { service, operation, ref body, .. } = *call;
        let calls = &self.sandbox.terminal.calls;
        calls.set(calls.get().wrapping_add(1));
        let call = super::Call { identity: &who, region, service, operation, body };
        Ok(Ok(self.sandbox.call(call).await?.and_then(|reply| reply.result)))
    }
}

#[cfg(test)]
mod tests;
