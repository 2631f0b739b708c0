//! Running test programs and adding up what they say.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

/// Tests that passed and failed, and the parts that ended badly.
#[derive(Default)]
pub(crate) struct Tally {
    passed: u32,
    failed: u32,
    broken_parts: Vec<&'static str>,
}

impl Tally {
    /// Runs a part of the tests. A part that fails, or cannot be run, does not keep the next one from running.
    pub(crate) fn part(&mut self, name: &'static str, run: impl FnOnce(&mut Self) -> Result<bool>) {
        println!("\n== {name} ==");
        match run(self) {
            Ok(true) => {}
            Ok(false) => self.broken_parts.push(name),
            Err(error) => {
                println!("{name}: {error:#}");
                self.broken_parts.push(name);
            }
        }
    }

    /// Runs a test program, shows what it prints and adds its counts. Returns whether it succeeded.
    pub(crate) fn run(&mut self, command: impl Into<Command>) -> Result<bool> {
        let mut command = command.into();
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run {command:?}"))?;
        let output = child.stdout.take().context("a child has no output")?;
        for line in BufReader::new(output).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            self.count(&line);
            writeln!(std::io::stdout(), "{line}")?;
        }
        Ok(child.wait()?.success())
    }

    /// Says how it went, last.
    pub(crate) fn conclude(self) -> Result<()> {
        println!("\n{} passed, {} failed", self.passed, self.failed);
        anyhow::ensure!(self.broken_parts.is_empty(), "these parts failed: {}", self.broken_parts.join(", "));
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
    fn a_broken_part_fails_the_whole() {
        let mut tally = Tally::default();
        tally.part("one", |_| Ok(false));
        tally.part("two", |_| anyhow::bail!("no browser"));
        tally.part("three", |_| Ok(true));
        assert_eq!(tally.conclude().unwrap_err().to_string(), "these parts failed: one, two");
    }
}
