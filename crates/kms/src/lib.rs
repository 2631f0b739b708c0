#![doc = include_str!("../README.md")]

mod algorithms;
mod audit;
mod ciphertext;
mod constraints;
mod cx;
mod dissect;
mod due;
mod error;
mod grant_token;
mod holding;
mod import_token;
mod key_pair;
mod layout;
mod managed;
mod matrix;
mod members;
mod operations;
mod overview;
mod page;
mod patterns;
mod policy;
mod quotas;
mod request;
mod rotation;
mod service;
mod sever;
mod state;
mod usage;

pub use dissect::{dissect, policy_problem};
pub use due::{Due, due, upcoming};
pub use holding::Holding;
pub use key_pair::key_pair_to_make;
pub use managed::{associate, has_managed_key, managed_key};
pub use matrix::{Asker, matrix};
pub use overview::{keys_in, survey};
pub use quotas::Quotas;
pub use request::{Caller, Outcome, Principal, Request};
pub use service::{Brought, allowed, handle, handle_after, handle_with, throttled};
pub use sever::sever;
pub use state::{
    AliasRecord, Change, Credential, Damaged, GrantRecord, IdentityName, IdentityRecord, KeyRecord,
    KeyStoreRecord, MaterialId, MaterialRecord, ResourceRecord, RoleRecord, State, Stored, Table,
    UsageRecord, UserRecord, WrappingKeyRecord, Write,
};
