//! What several pages are made of.

mod breaking;
mod confirm;
mod copy;
pub(crate) mod dom;
mod field;
mod file_button;
#[cfg(test)]
mod html_text;
mod link;
mod page;
mod place;
mod remote;
mod shell;
mod state_mark;
mod time;

pub(crate) use breaking::breaking;
pub(crate) use confirm::Confirm;
pub(crate) use copy::Copy;
#[cfg(feature = "workbench")]
pub(crate) use copy::copy;
pub(crate) use field::TextField;
pub(crate) use file_button::{Accepts, file_button};
#[cfg(test)]
pub(crate) use html_text::html_text;
pub(crate) use link::Link;
pub(crate) use page::Page;
pub(crate) use place::Place;
#[cfg(feature = "workbench")]
pub(crate) use place::place;
pub(crate) use remote::{remote, when_open};
pub(crate) use shell::Shell;
pub(crate) use state_mark::state_mark;
#[cfg(feature = "workbench")]
pub(crate) use time::short;
pub(crate) use time::{day, day_in, time};
