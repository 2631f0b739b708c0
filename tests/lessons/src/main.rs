//! The author's tool, which `cargo xtask lesson` runs:
//!
//!     check [FOLDER…]                        says what is wrong with lessons
//!     play [--two-accounts] SCRIPT [CHECK…]  does a script and says whether checks hold then

#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

use std::{env, fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use waxseal_api::sandbox::Start;

fn main() -> Result<ExitCode> {
    let mut words = env::args().skip(1);
    match words.next().as_deref() {
        Some("check") => check(words.map(PathBuf::from).collect()),
        Some("play") => play(words.collect()),
        _ => anyhow::bail!("check [FOLDER…], or play [--two-accounts] SCRIPT [CHECK…]"),
    }
}

fn check(mut folders: Vec<PathBuf>) -> Result<ExitCode> {
    if folders.is_empty() {
        folders = waxseal_lessons::folders()?;
    }
    let mut fine = true;
    for folder in folders {
        let problems = waxseal_lessons::check(&waxseal_lessons::read(&folder)?);
        println!("{}: {}", folder.display(), if problems.is_empty() { "fine" } else { "to be mended" });
        for problem in &problems {
            println!("  {problem}");
        }
        fine &= problems.is_empty();
    }
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn play(mut words: Vec<String>) -> Result<ExitCode> {
    let start = if words.first().is_some_and(|word| word == "--two-accounts") {
        words.remove(0);
        Start::TwoAccounts
    } else {
        Start::Empty
    };
    let mut words = words.into_iter();
    let path = words.next().context("which script?")?;
    let script = fs::read_to_string(&path).with_context(|| path.clone())?;
    let checks: Vec<String> = words.collect();
    let (seen, holds) = waxseal_lessons::play(start, &script, checks.clone())?;
    print!("{seen}");
    for (check, holds) in checks.iter().zip(holds) {
        println!("{holds}: {check}");
    }
    Ok(ExitCode::SUCCESS)
}
