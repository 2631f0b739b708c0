//! Running test programs and adding up what they say.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Write},
    mem,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result};

/// Lines that are shown again, at the end, of what a test program that failed said last.
const LAST_LINES: usize = 40;

/// Tests that passed and failed, and the parts that ended badly.
#[derive(Default)]
pub(crate) struct Tally {
    passed: u32,
    failed: u32,
    /// What the failed test programs of the present part said last.
    last_lines: Vec<String>,
    broken_parts: Vec<BrokenPart>,
}

struct BrokenPart {
    name: &'static str,
    last_lines: Vec<String>,
}

impl Tally {
    /// Runs a part of the tests. A part that fails, or cannot be run, does not keep the next one from running.
    pub(crate) fn part(&mut self, name: &'static str, run: impl FnOnce(&mut Self) -> Result<bool>) {
        println!("\n== {name} ==");
        #[expect(clippy::disallowed_methods, reason = "this runs on this machine alone")]
        let start = Instant::now();
        let succeeded = run(self).unwrap_or_else(|error| {
            let error = format!("{name}: {error:#}");
            println!("{error}");
            self.last_lines.push(error);
            false
        });
        println!("== {name} took {} s ==", start.elapsed().as_secs());
        let last_lines = mem::take(&mut self.last_lines);
        if !succeeded {
            self.broken_parts.push(BrokenPart { name, last_lines });
        }
    }

    /// Runs a test program, shows what it prints and adds its counts. Returns whether it succeeded.
    pub(crate) fn run(&mut self, command: impl Into<Command>) -> Result<bool> {
        let mut command = command.into();
        let mut last = VecDeque::new();
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run {command:?}"))?;
        let output = child.stdout.take().context("a child has no output")?;
        for line in BufReader::new(output).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            self.count(&line);
            writeln!(std::io::stdout(), "{line}")?;
            last.push_back(line);
            if last.len() > LAST_LINES {
                last.pop_front();
            }
        }
        let status = child.wait()?;
        if !status.success() {
            last.push_back(format!("{}: {status}", command.get_program().display()));
            self.last_lines.extend(last);
        }
        Ok(status.success())
    }

    /// Says how it went, last, and shows again what the parts that failed said before they ended.
    pub(crate) fn conclude(self) -> Result<()> {
        for part in &self.broken_parts {
            println!("\n== {} failed; its last lines ==\n{}", part.name, part.last_lines.join("\n"));
        }
        println!("\n{} passed, {} failed", self.passed, self.failed);
        let names: Vec<_> = self.broken_parts.iter().map(|part| part.name).collect();
        anyhow::ensure!(names.is_empty(), "these parts failed: {}", names.join(", "));
        Ok(())
    }

    fn count(&mut self, line: &str) {
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.passed += number_before(counts, " passed");
            self.failed += number_before(counts, " failed");
        } else if let Some(counts) = line.strip_prefix("ℹ pass ") {
            self.passed += counts.parse().unwrap_or(0);
        } else if let Some(counts) = line.strip_prefix("ℹ fail ") {
            self.failed += counts.parse().unwrap_or(0);
        }
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    let number = text.split_once(word).and_then(|(before, _)| before.rsplit(' ').next());
    number.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_cargo_and_of_node() {
        let mut tally = Tally::default();
        tally.count("test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s");
        tally.count("ℹ pass 5");
        tally.count("ℹ fail 1");
        tally.count("test api::passes ... ok");
        assert_eq!((tally.passed, tally.failed), (17, 4));
        assert!(tally.conclude().is_ok());
    }

    #[test]
    fn what_a_failed_program_said_last_is_kept() {
        let mut tally = Tally::default();
        let cargo = |option| {
            let mut command = Command::new("cargo");
            command.arg(option);
            command
        };
        tally.part("one", |tally| tally.run(cargo("--no-such-option")));
        tally.part("two", |_| anyhow::bail!("no browser"));
        tally.part("three", |tally| tally.run(cargo("--version")));
        let [one, two] = &tally.broken_parts[..] else { panic!("two parts failed") };
        assert!(one.last_lines.last().is_some_and(|line| line.starts_with("cargo: exit")));
        assert_eq!(two.last_lines, ["two: no browser"]);
    }

    #[test]
    fn a_broken_part_fails_the_whole() {
        let mut tally = Tally::default();
        tally.part("one", |_| Ok(false));
        tally.part("two", |_| anyhow::bail!("no browser"));
        tally.part("three", |_| Ok(true));
        assert_eq!(tally.conclude().unwrap_err().to_string(), "these parts failed: one, two");
    }
}
