//! A sandbox to play in.

use anyhow::{Result, anyhow};
use pollster::block_on;
use serde::de::DeserializeOwned;
use waxseal::{
    store::memory::MemoryStore,
    world::{Sandbox, Surroundings, World},
};
use waxseal_api::{
    Place, Timestamp,
    sandbox::{Experiment, Holds, Printed, Start, Task, Tried, understood},
};
use waxseal_kms::Caller;

/// When it is, until the clock is moved: 2026-11-24T09:00:00Z.
const NOW: i64 = 1_795_510_800_000;

/// A sandbox.
pub(crate) struct Bench(Sandbox<MemoryStore>);

impl Bench {
    /// One that begins like this.
    pub(crate) fn new(start: Start, prepare: &str) -> Result<Self> {
        let surroundings = Surroundings {
            clock: Box::new(|| Timestamp::from_millis(NOW)),
            entropy: Box::new(waxseal::entropy),
            key_pair: Box::new(|_| Box::pin(async { None })),
            quotas: None,
            changed: Box::new(|| {}),
        };
        let caller = Caller::root(Place { account: "111122223333".parse()?, region: "us-east-1".parse()? });
        let world = block_on(World::open(MemoryStore::default(), caller, surroundings))
            .map_err(|error| anyhow!(error.message))?;
        let bench = Self(Sandbox::new(world));
        bench.perform::<()>(Task::Begin { start, prepare: prepare.to_owned() })?;
        Ok(bench)
    }

    fn perform<T: DeserializeOwned>(&self, task: Task) -> Result<T> {
        let text = block_on(self.0.perform(task)).map_err(|error| anyhow!(error.message))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Does all lines of a script, whatever comes of each, and returns what they have printed.
    pub(crate) fn play(&self, script: &str) -> Result<String> {
        let lines: waxseal_api::sandbox::Lines = self.perform(Task::Read { text: script.to_owned() })?;
        let mut seen = String::new();
        for line in lines.lines {
            let Printed { stdout, stderr, exit, .. } = self.perform(Task::Play { line: line.clone() })?;
            seen.push_str(&format!(
                "    > {line}\n      [{exit}] {}{}\n",
                stdout.trim_end(),
                stderr.trim_end()
            ));
        }
        Ok(seen)
    }

    /// Whether each of the checks holds.
    pub(crate) fn judge(&self, checks: Vec<String>) -> Result<Vec<bool>> {
        let holds: Vec<Holds> = self.perform(Task::Judge { checks: checks.clone() })?;
        understood(&checks, &holds).map_err(|error| anyhow!(error))
    }

    /// Tries something beside it.
    pub(crate) fn try_out(&self, experiment: Experiment) -> Result<Tried> {
        let checks = experiment.checks.clone();
        let tried: Result<Tried, String> = self.perform(Task::Try(experiment))?;
        let tried = tried.map_err(|error| anyhow!(error))?;
        understood(&checks, &tried.holds).map_err(|error| anyhow!(error))?;
        Ok(tried)
    }
}
