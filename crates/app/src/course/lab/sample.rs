//! A lab, for tests.

use waxseal_api::sandbox::Start;
use waxseal_study::{Lab, LabText, Mistake};

/// A lab.
pub(super) fn lab() -> Lab {
    let mistake = |name: &str| Mistake { name: name.to_owned(), when: String::new(), script: String::new() };
    Lab {
        id: "two-names".to_owned(),
        objectives: Vec::new(),
        start: Start::Empty,
        prepare: "aws kms create-key".to_owned(),
        goals: vec![String::new(); 2],
        mistakes: vec![mistake("left-alive"), mistake("other")],
        solution: "aws kms create-alias\n@as dora".to_owned(),
        routes: Vec::new(),
    }
}

/// Its words.
pub(super) fn words() -> LabText {
    let mistakes = [("left-alive", "<p>The key is <code>there</code>.</p>"), ("other", "<p>Other.</p>")];
    LabText {
        title: "Two names".to_owned(),
        task: "<p>Do it.</p>".to_owned(),
        goals: vec!["A <code>name</code>".to_owned(), "Another".to_owned()],
        hints: vec!["<p>A nudge.</p>".to_owned()],
        notice: "<p>Both lead to one key.</p>".to_owned(),
        mistakes: mistakes.map(|(name, text)| (name.to_owned(), text.to_owned())).into(),
    }
}
