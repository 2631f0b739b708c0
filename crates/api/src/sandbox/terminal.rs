//! The terminal of a sandbox.

use serde::{Deserialize, Serialize};

use super::Start;

/// A terminal between two lines. Its files, profiles and history are the sandbox's; who one is and where, each tab's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terminal {
    /// The profile that commands have when they name none.
    pub profile: String,
    /// The Region that they have.
    pub region: String,
    /// The ARN of whom the profile stands for; none for nobody.
    pub who: Option<String>,
    /// Whom one can be: the profiles, and users that have none yet.
    pub people: Vec<String>,
    /// The files, by name.
    pub files: Vec<File>,
    /// The lines that were entered before, the last one last.
    pub history: Vec<String>,
}

/// A file of the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub length: usize,
}

/// What was done in a sandbox, as lines of a script: those of the terminal that have called a service or changed something,
/// and, beginning with `@`, what was done beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Script {
    /// With what the sandbox has begun; none if that is not known.
    pub start: Option<Start>,
    /// Whether no line is too long ago to be known.
    pub whole: bool,
    /// The lines.
    pub lines: Vec<String>,
}

/// The lines of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lines {
    /// Each can be run by itself; some have several lines of the text.
    pub lines: Vec<String>,
    /// Whether the last one wants to go on: a quote is open, or it ends with a backslash.
    pub open: bool,
}

/// What a line of the terminal has printed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Printed {
    /// What it was asked for. Bytes that are no text are replaced.
    pub stdout: String,
    /// What it complains about.
    pub stderr: String,
    /// 0 for success, 130 if it was given up.
    pub exit: u8,
    /// Whether it has asked for an empty screen.
    pub cleared: bool,
    /// The profile that the next line has when it names none.
    pub profile: String,
}

/// What a word can become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidates {
    /// Where the word begins, in bytes of the line.
    pub start: usize,
    /// What can stand there, in order.
    pub words: Vec<String>,
}
