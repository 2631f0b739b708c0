//! The commands of this repository. `cargo xtask` lists them.
#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

mod bench;
mod browser;
mod dist;
mod first;
mod fuzz;
mod hash;
mod html;
mod learn;
mod lint;
mod module;
mod npm;
mod offline;
mod python;
mod serve;
mod site;
mod styles;
mod tally;
mod test;
mod tools;
mod workshop;

use std::process::ExitCode;

use workshop::Workshop;

const USAGE: &str = "\
cargo xtask serve [--port N] [--dev]        build the site and serve it on this machine
cargo xtask test [part [name]]              run the tests: all, or one of native, clients, wasm, browser
cargo xtask lint                            check format, lints and the rules of the house
cargo xtask lesson check [FOLDER…]          play lessons on the engine and say what is wrong with them
cargo xtask lesson play SCRIPT [CHECK…]     do a script of a lesson and say whether checks hold then
cargo xtask fuzz TARGET [SECONDS]           look for bytes that a parser cannot take
cargo xtask bench [part]                    measure speed and size: all, or one of site, sandboxes, endpoint
cargo xtask dist                            leave the site in dist/site and the npm package in dist/npm";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> anyhow::Result<()> {
    let workshop = Workshop::open()?;
    match words {
        ["serve", options @ ..] => serve::run(&workshop, options),
        ["test", selection @ ..] => test::run(&workshop, selection),
        ["lint"] => lint::run(&workshop),
        ["lesson", words @ ..] => lesson(&workshop, words),
        ["fuzz", words @ ..] => fuzz::run(&workshop, words),
        ["bench", part @ ..] => bench::run(&workshop, part),
        ["dist"] => dist::run(&workshop),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => anyhow::bail!("there is no such command\n\n{USAGE}"),
    }
}

/// The author's tool of the course. It is built like tests are.
fn lesson(workshop: &Workshop, words: &[&str]) -> anyhow::Result<()> {
    Ok(xshell::cmd!(workshop.sh, "cargo run --quiet --package waxseal-lessons -- {words...}").run()?)
}
