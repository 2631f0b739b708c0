//! What comes of a line, and which lines a text has.

use waxseal_api::sandbox::{Lines, Printed};
use waxseal_cli::{Outcome, Shell};

/// What the command line says instead of making a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) text: String,
    pub(super) exit: u8,
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
