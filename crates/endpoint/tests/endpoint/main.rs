//! The endpoint as a process, called over HTTP.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test are tests")]

mod control;
mod crash;
mod process;
mod requests;
mod state_file;
