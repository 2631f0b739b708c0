#![doc = include_str!("../README.md")]

mod audit;
mod ciphertext;
mod constraints;
mod cx;
mod due;
mod error;
mod members;
mod operations;
mod page;
mod policy;
mod request;
mod service;
mod state;

pub use due::{Due, due};
pub use request::{Caller, Outcome, Principal, Request};
pub use service::handle;
pub use state::{
    AliasRecord, Change, Damaged, KeyRecord, MaterialId, MaterialRecord, State, Stored, Table, Write,
};
