#![doc = include_str!("../README.md")]

mod condition;
mod context;
mod decide;
mod document;
mod json;
mod operator;
mod parse;
mod pattern;
mod principal;
mod statement;

pub use context::Context;
pub use decide::{Decision, Denial, Question, Reason, considered, decide, explain};
pub use document::{Document, Kind, StatementRef};
pub use parse::PolicyError;
pub use principal::{Name, Naming, Principal};
pub use statement::{Effect, Policy, Statement, Verdict, Version};
