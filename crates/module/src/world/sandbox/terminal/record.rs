//! What was done in a sandbox, as lines of a script: for whoever makes a lesson of it.
//!
//! A line stands with the step that the sandbox was at when it was done, so what was gone back over is told from what has
//! led to what there is.

use serde::{Deserialize, Serialize};
use waxseal_api::{
    Blob,
    sandbox::{Script, Start},
};

use crate::store::tree::Tree;

/// The most lines that are kept.
const MOST: usize = 500;
/// The longest file that becomes a line, in bytes.
const LONGEST: usize = 4096;
const SECOND: i64 = 1000;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Record {
    /// With what the sandbox has begun, where that is known.
    start: Option<Start>,
    /// Each line with its step.
    lines: Vec<(u64, String)>,
}

impl Record {
    /// Of a sandbox that begins now.
    pub(super) fn new(start: Start) -> Self {
        Self { start: Some(start), lines: Vec::new() }
    }

    /// Says with what the sandbox has begun, unless another tab was faster.
    pub(super) fn begin(&mut self, start: Start) {
        if *self == Self::default() {
            *self = Self::new(start);
        }
    }

    /// Of a terminal that has kept only what was entered.
    pub(super) fn of_history(history: &[String]) -> Self {
        Self { start: None, lines: history.iter().map(|line| (0, line.clone())).collect() }
    }

    /// Takes in a line that was done.
    pub(super) fn note(&mut self, step: u64, line: String) {
        self.lines.push((step, line));
        let old = self.lines.len().saturating_sub(MOST);
        self.lines.drain(..old);
    }

    /// The lines that have led to what there is.
    pub(super) fn script(self, tree: &Tree) -> Script {
        let led = |step: u64| step == 0 || tree.has_led_here(step);
        let whole = self.lines.len() < MOST;
        let lines = self.lines.into_iter().filter(|(step, _)| led(*step)).map(|(_, line)| line);
        Script { start: self.start, whole, lines: lines.collect() }
    }
}

/// A jump of the clock. Whoever plays it is faster than whoever did it, so it is no shorter than it was, and rounded as far as
/// nobody would care: what came due then comes due again.
pub(super) fn wait(millis: i64) -> String {
    let up = |unit: i64| (millis + unit - 1) / unit;
    let (minute, hour, day) = (60 * SECOND, 3600 * SECOND, 86_400 * SECOND);
    let rounded = match millis {
        it if it > day => up(hour) * hour,
        it if it > hour => up(minute) * minute,
        _ => up(SECOND) * SECOND,
    };
    let units = [(day, "day"), (hour, "hour"), (minute, "minute"), (SECOND, "second")];
    let (unit, name) = units.into_iter().find(|(unit, _)| rounded % unit == 0).unwrap_or(units[3]);
    let count = rounded / unit;
    format!("@wait {count} {name}{}", if count == 1 { "" } else { "s" })
}

/// A file that was brought in; none if it is too long for a line.
pub(super) fn write(name: &str, bytes: &Blob) -> Option<String> {
    let text = serde_json::to_string(bytes).ok().filter(|_| bytes.as_bytes().len() <= LONGEST)?;
    Some(format!("printf '%s' '{}' | base64 --decode > {}", text.trim_matches('"'), quoted(name)))
}

/// A file that was taken away.
pub(super) fn remove(name: &str) -> String {
    format!("rm {}", quoted(name))
}

/// A word of the shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_no_shorter_than_it_was() {
        let day = 86_400_000;
        for (millis, line) in [
            (day - 5, "@wait 1 day"),
            (365 * day - 40, "@wait 365 days"),
            (7 * day - 40_000, "@wait 7 days"),
            (day + 1, "@wait 25 hours"),
            (90 * 60_000 - 7, "@wait 90 minutes"),
            (59_001, "@wait 1 minute"),
            (1, "@wait 1 second"),
        ] {
            assert_eq!(wait(millis), line, "{millis}");
        }
    }

    #[test]
    fn names_of_files_are_one_word() {
        for (name, word) in [("a-1.bin", "a-1.bin"), ("it's", r"'it'\''s'"), ("-f", "'-f'"), ("", "''")] {
            assert_eq!(quoted(name), word);
        }
        assert_eq!(write("a.bin", &vec![0; LONGEST + 1].into()), None);
    }

    #[test]
    fn old_lines_are_forgotten_and_that_is_said() {
        let mut record = Record::new(Start::Empty);
        (0..600).for_each(|n| record.note(0, format!("echo {n}")));
        let script = record.script(&Tree::default());
        assert_eq!((script.whole, script.lines.len(), &*script.lines[0]), (false, 500, "echo 100"));
    }
}
