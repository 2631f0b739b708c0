//! The endpoint as a process, called over HTTP.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers of a test are tests"
)]

mod clients;
mod control;
mod crash;
mod process;
mod requests;
mod state_file;
