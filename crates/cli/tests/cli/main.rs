//! The terminal, from a line to what it prints.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic")]

mod bash;
mod commands;
mod help;
mod jmespath;
mod properties;
mod real;
mod shell;
mod terminal;
mod transcripts;
