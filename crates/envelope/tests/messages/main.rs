//! Whole messages: made by AWS's clients, made here, and changed by someone in between.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test are tests")]

mod inspection;
mod kms;
mod legacy;
mod mutation;
mod round_trip;
#[path = "../service/mod.rs"]
mod service;
mod streaming;
mod support;
mod tampering;
mod vectors;
