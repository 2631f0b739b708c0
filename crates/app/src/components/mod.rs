//! What several pages are made of.

pub(crate) mod dom;
mod link;
mod page;
mod place;
mod remote;
mod shell;

pub(crate) use link::Link;
pub(crate) use page::Page;
pub(crate) use place::Place;
pub(crate) use remote::remote;
pub(crate) use shell::Shell;
