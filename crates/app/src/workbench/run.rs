//! Running a line of the terminal: its calls go to the worker, one after the other.

use std::cell::Cell;

use waxseal_cli::{Outcome, Shell, Step};

use super::{
    identity::{Problem, call},
    screen::Printed,
};
use crate::bridge::Bridge;

/// Runs a line. The terminal has changed when it has come to its end, and not when it was stopped or has failed.
pub(crate) async fn run(bridge: &Bridge, shell: &mut Shell, line: &str, stopped: &Cell<bool>) -> Printed {
    let config = shell.config.clone();
    let mut run = shell.enter(line);
    loop {
        match run.step() {
            Step::Done(outcome) => return printed(outcome),
            Step::Call(wanted) => match call(bridge, &config, &wanted).await {
                _ if stopped.get() => return Printed::stopped(),
                Ok(answer) => run.answer(answer.result),
                Err(Problem::Said(text, exit)) => {
                    return Printed { stderr: text, exit, ..Printed::default() };
                }
                Err(Problem::Broken(error)) => {
                    return Printed { broken: Some(error), exit: 255, ..Printed::default() };
                }
            },
        }
    }
}

fn printed(outcome: Outcome) -> Printed {
    let stdout = String::from_utf8_lossy(&outcome.stdout).into_owned();
    Printed { stdout, stderr: outcome.stderr, exit: outcome.exit, ..Printed::default() }
}

/// The lines of a text, each of which can be run by itself: what is open goes on in the next.
pub(crate) fn statements(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match all.last_mut().filter(|_| open) {
            Some(last) => {
                last.push('\n');
                last.push_str(line);
            }
            None if line.trim().is_empty() => continue,
            None => all.push(line.to_owned()),
        }
        open = all.last().is_some_and(|last| Shell::is_open(last));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(statements(text), expect, "{text:?}");
    }

    #[test]
    fn pasted_lines_run_one_by_one() {
        check("", &[]);
        check("ls\n\n  \npwd\n", &["ls", "pwd"]);
        check(
            "aws kms create-key \\\n  --output text\nls",
            &["aws kms create-key \\\n  --output text", "ls"],
        );
        check("echo 'a\n\nb' > f\ncat f", &["echo 'a\n\nb' > f", "cat f"]);
        check("echo 'open", &["echo 'open"]);
    }
}
