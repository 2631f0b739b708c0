//! Whole messages: made by AWS's clients, made here, and changed by someone in between.

mod kms;
mod round_trip;
mod streaming;
mod support;
mod tampering;
mod vectors;
