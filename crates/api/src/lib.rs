#![doc = include_str!("../README.md")]

pub mod arn;
pub mod audit;
pub mod bill;
pub mod blob;
mod calendar;
pub mod client;
pub mod dissection;
pub mod error;
pub mod frame;
pub mod iam;
pub mod inspection;
pub mod job;
pub mod operation;
pub mod operations;
pub mod sandbox;
pub mod sts;
pub mod time;
pub mod trace;
pub mod types;
pub mod vault;
pub mod wire;

pub use arn::{AccountId, AliasName, KeyArn, KeyId, KeyRef, Place, Region};
pub use blob::{Blob, Secret, SecretText};
pub use client::{Answer, Client, Reply, Transport};
pub use error::{ApiError, ErrorCode, Failure, LocalError, LocalErrorCode};
pub use operation::{Operation, Service};
pub use time::Timestamp;
pub use types::EnumValue;
