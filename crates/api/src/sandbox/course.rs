//! What is tried for a lesson, in a sandbox that is forgotten.

use serde::{Deserialize, Serialize};

use super::Start;

/// Something to be tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Experiment {
    /// In what.
    pub start: Start,
    /// What is done before, and has to succeed: a script.
    #[serde(default)]
    pub prepare: String,
    /// What is done: a script.
    pub script: String,
    /// What is asked then; see [`Task::Judge`](super::Task::Judge). Here `printed` is what each line of the script has printed.
    #[serde(default)]
    pub checks: Vec<String>,
}

/// What came of an experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tried {
    /// The lines of the script and what each has printed.
    pub played: Vec<Played>,
    /// Whether each of the checks holds.
    pub holds: Vec<Holds>,
}

/// Whether a check holds, or why it cannot be understood.
pub type Holds = Result<bool, String>;

/// A line of a script, and what it has printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Played {
    /// The line.
    pub line: String,
    /// See [`Printed::stdout`](super::Printed::stdout).
    pub stdout: String,
    /// See [`Printed::stderr`](super::Printed::stderr).
    pub stderr: String,
    /// See [`Printed::exit`](super::Printed::exit).
    pub exit: u8,
}

/// Whether each check holds, where all of them are known to be understood.
///
/// # Errors
/// The first that cannot be understood, and why.
pub fn understood(checks: &[String], holds: &[Holds]) -> Result<Vec<bool>, String> {
    let one = |(check, holds): (&String, &Holds)| holds.clone().map_err(|error| format!("{check}: {error}"));
    checks.iter().zip(holds).map(one).collect()
}
