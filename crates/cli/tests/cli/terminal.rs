//! A terminal whose service is a table of answers.

use waxseal_api::ApiError;
use waxseal_cli::{Call, Outcome, Shell, Step};

/// A terminal with a Region and a profile.
pub(crate) fn shell() -> Shell {
    let mut shell = Shell::default();
    shell.config.set("default", "region", "us-east-1");
    shell
}

/// Runs a line; every call is answered by the same function. The calls and the outcome.
pub(crate) fn run(
    shell: &mut Shell,
    line: &str,
    answer: impl Fn(&Call) -> Result<String, ApiError>,
) -> (Vec<Call>, Outcome) {
    let mut run = shell.enter(line);
    let mut calls = Vec::new();
    loop {
        match run.step() {
            Step::Call(call) => {
                run.answer(answer(&call));
                calls.push(call);
            }
            Step::Work(work) => unreachable!("nothing here computes {work:?}"),
            Step::Done(outcome) => return (calls, outcome),
        }
    }
}

/// Stdout, stderr and exit code of a line whose calls are all answered with this.
#[track_caller]
pub(crate) fn prints(line: &str, answer: &str) -> (String, String, u8) {
    let (_, outcome) = run(&mut shell(), line, |_| Ok(answer.to_owned()));
    (String::from_utf8(outcome.stdout).unwrap(), outcome.stderr, outcome.exit)
}
