//! What the real command line, version 2, was recorded to print.

use std::fs;

use waxseal_api::ApiError;

use crate::terminal::{run, shell};

/// A command, what the service said to it, and what was printed.
#[derive(Debug, Default)]
struct Recorded {
    line: String,
    answer: Option<Result<String, ApiError>>,
    stdout: String,
    stderr: String,
    exit: u8,
}

fn recorded() -> Vec<Recorded> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/aws-cli/transcripts.txt");
    let text = fs::read_to_string(path).unwrap();
    let mut all = Vec::new();
    for block in text.split("\n\n$ ").skip(1) {
        let mut lines = block.lines();
        let mut case = Recorded { line: lines.next().unwrap().to_owned(), ..Recorded::default() };
        for line in lines {
            if let Some(json) = line.strip_prefix("> ") {
                case.answer = Some(Ok(json.to_owned()));
            } else if let Some((code, message)) =
                line.strip_prefix("! ").and_then(|line| line.split_once(' '))
            {
                case.answer = Some(Err(ApiError::new(code.parse().unwrap(), message)));
            } else if let Some(text) = line.strip_prefix("[stderr] ") {
                case.stderr.push_str(&format!("{text}\n"));
            } else if let Some(code) = line.strip_prefix("[rc=") {
                case.exit = code.trim_end_matches(']').parse().unwrap();
            } else {
                case.stdout.push_str(&format!("{line}\n"));
            }
        }
        all.push(case);
    }
    all
}

#[test]
fn the_terminal_prints_what_was_recorded() {
    let recorded = recorded();
    assert!(recorded.len() > 30, "{}", recorded.len());
    let mut shell = shell();
    shell.files.write("p.txt", *b"hello");
    for case in &recorded {
        let (calls, outcome) = run(&mut shell, &case.line, |_| case.answer.clone().unwrap());
        assert_eq!(calls.len(), usize::from(case.answer.is_some()), "{}", case.line);
        let stdout = String::from_utf8(outcome.stdout).unwrap();
        // Recorded without the empty lines at its end.
        let found = (stdout.as_str(), outcome.stderr.trim_end(), outcome.exit);
        assert_eq!(found, (case.stdout.as_str(), case.stderr.trim_end(), case.exit), "{}", case.line);
    }
}
