//! A line runs: what comes of it, and which lines a text has.

use waxseal_api::{
    ApiError, LocalError, Region,
    sandbox::{Identity, Lines, Printed},
};
use waxseal_cli::{Call, Outcome, Shell, Step};
use waxseal_crypto::CryptoRng;

use super::{identity, openssl};

/// What the command line says instead of making a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) text: String,
    pub(super) exit: u8,
}

impl Complaint {
    /// As the AWS CLI says what went wrong on its own side.
    pub(super) fn new(name: &str, text: &str, exit: u8) -> Self {
        Self { text: format!("\naws: [ERROR]: An error occurred ({name}): {text}\n"), exit }
    }
}

/// How a line has ended.
pub(super) enum Ran {
    /// By itself.
    Done(Outcome),
    /// Before a call that nobody can make.
    Complained(Complaint),
    /// It was given up.
    Stopped,
}

impl Ran {
    /// What is seen of it.
    pub(super) fn printed(self) -> Printed {
        let (stdout, stderr, exit) = match self {
            Self::Done(Outcome { stdout, stderr, exit }) => {
                (String::from_utf8_lossy(&stdout).into_owned(), stderr, exit)
            }
            Self::Complained(Complaint { text, exit }) => (String::new(), text, exit),
            Self::Stopped => (String::new(), "^C".to_owned(), 130),
        };
        Printed { stdout, stderr, exit, ..Printed::default() }
    }
}

/// What answers the calls of a line.
pub(super) trait Answering {
    /// Fresh randomness.
    fn rng(&self) -> Box<dyn CryptoRng>;

    /// Whether the line was given up.
    fn is_stopped(&self) -> bool;

    /// The answer to a call, or why nobody can make it.
    async fn answer(&self, who: Identity, region: Region, call: &Call) -> Result<Answered, LocalError>;
}

/// Inside: what the service says.
pub(super) type Answered = Result<Result<String, ApiError>, Complaint>;

/// Runs a line. The terminal has changed when it has come to its end, and not when it was given up or has failed.
pub(super) async fn run(
    answering: &impl Answering,
    shell: &mut Shell,
    line: &str,
) -> Result<Ran, LocalError> {
    let config = shell.config.clone();
    shell.cleared = false;
    let mut run = shell.enter(line);
    loop {
        let wanted = match run.step() {
            Step::Done(outcome) => return Ok(Ran::Done(outcome)),
            Step::Call(wanted) => wanted,
            Step::Work(work) => {
                run.answer(openssl::computed(work, &mut *answering.rng()));
                continue;
            }
        };
        let answered = match identity::caller(&config, &wanted) {
            Ok((who, region)) => answering.answer(who, region, &wanted).await?,
            Err(complaint) => Err(complaint),
        };
        let answer = match answered {
            Ok(answer) => answer,
            Err(complaint) => return Ok(Ran::Complained(complaint)),
        };
        if answering.is_stopped() {
            return Ok(Ran::Stopped);
        }
        run.answer(answer);
    }
}

/// The lines of a text, each of which can be run by itself: what is open goes on in the next.
pub(super) fn lines(text: &str) -> Lines {
    let mut lines: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match lines.last_mut().filter(|_| open) {
            Some(last) => {
                last.push('\n');
                last.push_str(line);
            }
            None if line.trim().is_empty() => continue,
            None => lines.push(line.to_owned()),
        }
        open = lines.last().is_some_and(|last| Shell::is_open(last));
    }
    Lines { lines, open }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str], open: bool) {
        let lines = lines(text);
        assert_eq!(
            (lines.lines, lines.open),
            (expect.iter().map(ToString::to_string).collect(), open),
            "{text:?}"
        );
    }

    #[test]
    fn pasted_lines_run_one_by_one() {
        check("", &[], false);
        check("ls\n\n  \npwd\n", &["ls", "pwd"], false);
        check(
            "aws kms create-key \\\n  --output text\nls",
            &["aws kms create-key \\\n  --output text", "ls"],
            false,
        );
        check("echo 'a\n\nb' > f\ncat f", &["echo 'a\n\nb' > f", "cat f"], false);
        check("echo 'open", &["echo 'open"], true);
    }
}
