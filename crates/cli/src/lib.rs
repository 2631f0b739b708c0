#![doc = include_str!("../README.md")]

mod args;
mod aws;
mod blob;
mod call;
mod complete;
mod copy;
mod fail;
mod files;
mod json;
pub mod model;
mod params;
pub mod query;
mod render;
mod response;
mod shell;
mod shorthand;
mod suggest;
mod time;
mod validate;
mod value;
mod yaml;

pub use aws::{Config, OUTFILE, VERSION};
pub use call::{Call, Identity};
pub use complete::{Candidates, complete};
pub use copy::{command_of, sketch};
pub use files::Files;
pub use json::parse as parse_json;
pub use shell::{Hash, Mode, Outcome, Run, Shell, Step, Work};
pub use value::Value;
