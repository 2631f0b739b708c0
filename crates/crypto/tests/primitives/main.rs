//! The primitives against known answers: Wycheproof wherever it has some, else the standards' own examples.

mod curves;
mod keys;
mod post_quantum;
mod rsa;
mod sm2;
mod support;
mod symmetric;
mod wrapping;
