#![doc = include_str!("../README.md")]

mod clock;
mod engine;
mod http;
mod identity;
mod journal;
pub mod options;
mod refusal;
mod server;

pub use engine::StartError;
pub use journal::{FileError, Unstored};
pub use server::{Error, serve};
