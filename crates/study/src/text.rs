//! What a lesson says, in one language. Texts are Markdown where it says so, and plain elsewhere.

use serde::{Deserialize, Serialize};

use crate::lesson::{Lesson, Named};

/// The texts of a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Its title.
    pub title: String,
    /// What it is about, in one sentence: for the map of lessons and for whoever searches.
    pub summary: String,
    /// Of each objective: what one can do then.
    pub objectives: Named<String>,
    /// Of each step.
    pub steps: Named<StepText>,
    /// Of each lab.
    pub labs: Named<LabText>,
    /// Of each question.
    pub questions: Named<QuestionText>,
}

/// The texts of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepText {
    /// Its title.
    pub title: String,
    /// What is said before anything is run; Markdown.
    pub text: String,
    /// What is asked before it is run.
    pub predict: Option<Predict>,
    /// What is said after it was run; Markdown.
    pub why: Option<String>,
}

/// A question before something is run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predict {
    /// What is asked.
    pub question: String,
    /// What can be answered.
    pub options: Vec<String>,
}

/// The texts of a lab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabText {
    /// Its title.
    pub title: String,
    /// What is to be done, in one sentence; Markdown.
    pub task: String,
    /// Of each goal, in order: what holds when it is reached.
    pub goals: Vec<String>,
    /// Three hints, each saying more than the one before; Markdown.
    pub hints: Vec<String>,
    /// What to notice after it was done; Markdown.
    pub notice: String,
    /// Of each mistake: what has gone wrong, and what to do.
    #[serde(default)]
    pub mistakes: Named<String>,
}

/// The texts of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionText {
    /// The scenario and what is asked; Markdown.
    pub text: String,
    /// The options, in order.
    pub options: Vec<String>,
    /// Why each of them is right or wrong, in order. For a question of order: why each stands where it does.
    pub why: Vec<String>,
    /// For a question of order, what its proof looks at; Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tested: Option<String>,
}

/// A lesson as a page loads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ready {
    /// What happens.
    pub lesson: Lesson,
    /// What it says; Markdown has become HTML.
    pub text: Text,
}

/// A line in pieces that make it up, each with whether it is the name of an option, or another word that is short enough for
/// any line: `--key-id` and `us-east-1` have hyphens at which no reader expects the end of a line.
pub fn pieces(line: &str) -> Vec<(&str, bool)> {
    let (mut pieces, mut plain, mut at) = (Vec::new(), 0, 0);
    for word in line.split_inclusive(' ') {
        let name = word.trim_end_matches(' ');
        if name.len() > 1 && name.contains('-') && (name.starts_with('-') || name.len() <= 28) {
            pieces.extend([(&line[plain..at], false), (name, true)]);
            plain = at + name.len();
        }
        at += word.len();
    }
    pieces.push((&line[plain..], false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn options_are_told_from_what_is_between_them() {
        let line = "aws kms sign --key-id $KEY  - -d";
        let told = [("aws kms sign ", false), ("--key-id", true), (" $KEY  - ", false), ("-d", true)];
        assert_eq!(pieces(line), told);
        assert_eq!(
            pieces("aws s3-like eu-central-1"),
            [("aws ", false), ("s3-like", true), (" ", false), ("eu-central-1", true)]
        );
        assert_eq!(
            pieces("generate-data-key-pair-without-plaintext"),
            [("generate-data-key-pair-without-plaintext", false)]
        );
        for line in ["", "ls -l", "--a --b", "echo 'Größe --x'"] {
            assert_eq!(pieces(line).iter().map(|it| it.0).collect::<String>(), line);
        }
    }
}
