//! A small shell around the command: pipes, redirections, variables, files.
//!
//! A line is run as a pure function of the terminal and of the answers that its calls have so far. A call without an
//! answer stops it; with the answer it runs again from its beginning, until it comes to its end.

mod arithmetic;
mod compound;
mod conditional;
mod expand;
mod function;
mod glob;
mod input;
mod lex;
mod openssl;
mod parse;
mod redirect;
mod run;
mod tools;

use std::collections::{BTreeMap, BTreeSet};

use waxseal_api::ApiError;

use crate::{
    aws::Config,
    call::{Answers, Call, Wanted},
    fail::Stop,
    files::Files,
};

pub use openssl::{Hash, Mode, Work};
pub(crate) use parse::RESERVED;
pub(crate) use tools::PROGRAMS;

/// A terminal between two lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shell {
    /// Its files.
    pub files: Files,
    /// Its variables, exported or not.
    pub variables: BTreeMap<String, String>,
    /// Variables that programs do not see, since they were set without `export`.
    pub private: BTreeSet<String>,
    /// Its profiles.
    pub config: Config,
    /// What was entered before, for the command `history`.
    pub history: Vec<String>,
    /// The exit code of the last command, for `$?`.
    pub last: u8,
    /// What time it is for `date`, in milliseconds since 1970; its owner's to set.
    pub now: i64,
    /// Whether the last line asked for an empty screen.
    pub cleared: bool,
    /// Whether its calls name files instead of having what is in them: for whoever shows a request and does not make it. See
    /// [`command_of`](crate::command_of).
    pub naming: bool,
}

/// What a line has come to.
#[derive(Debug)]
pub struct Outcome {
    /// What was printed.
    pub stdout: Vec<u8>,
    /// What was complained about.
    pub stderr: String,
    /// 0 for success.
    pub exit: u8,
}

/// What a line needs or has come to.
#[derive(Debug)]
pub enum Step {
    /// A call to be answered with [`Run::answer`].
    Call(Call),
    /// Something to be computed, and answered with the bytes that come of it, as base64 in a JSON text.
    Work(Work),
    /// The line is done.
    Done(Outcome),
}

/// A line on its way.
#[derive(Debug)]
pub struct Run<'a> {
    shell: &'a mut Shell,
    line: String,
    answers: Answers,
}

impl Shell {
    /// Begins a line. The terminal changes when the line is done, and not at all when it is dropped before.
    pub fn enter(&mut self, line: &str) -> Run<'_> {
        Run { shell: self, line: line.to_owned(), answers: Answers::default() }
    }

    /// Whether a line goes on below: a quote or a loop is open, or it ends with a backslash.
    pub fn is_open(line: &str) -> bool {
        lex::is_open(line)
    }

    /// Sets a variable. A new one is the shell's own.
    pub(crate) fn assign(&mut self, name: &str, value: String) {
        if self.variables.insert(name.to_owned(), value).is_none() {
            self.private.insert(name.to_owned());
        }
    }
}

impl Run<'_> {
    /// Goes as far as the answers allow.
    pub fn step(&mut self) -> Step {
        let mut shell = self.shell.clone();
        shell.cleared = false;
        self.answers.rewind();
        match run::line(&mut shell, &mut self.answers, &self.line) {
            Ok(outcome) => {
                shell.last = outcome.exit;
                *self.shell = shell;
                Step::Done(outcome)
            }
            Err(wanted) => match *wanted {
                Wanted::Call(call) => Step::Call(call),
                Wanted::Work(work) => Step::Work(work),
            },
        }
    }

    /// Answers the call of the last step with the output's JSON text, or with the refusal.
    pub fn answer(&mut self, answer: Result<String, ApiError>) {
        self.answers.keep(answer);
    }
}

/// A command's end, or what it waits for.
type Waits<T> = Result<T, Box<Wanted>>;

/// A failure becomes what the terminal shows; a call goes up.
fn settle(result: Result<String, Stop>) -> Waits<Outcome> {
    match result {
        Ok(text) => Ok(Outcome { stdout: text.into_bytes(), stderr: String::new(), exit: 0 }),
        Err(Stop::Fail(fail)) => Ok(Outcome { stdout: Vec::new(), stderr: fail.text, exit: fail.exit }),
        Err(Stop::Wait(wanted)) => Err(wanted),
    }
}
