//! The terminal, from a line to what it prints.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod commands;
mod jmespath;
mod properties;
mod shell;
mod terminal;
