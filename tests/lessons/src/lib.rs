//! Plays the course natively, on the module with a store in memory: what a page does in a browser.

mod bench;
mod guide;
mod play;
mod read;

pub use guide::{guide, guide_problems};
pub use play::{check, lab_problems, play};
pub use read::{Course, folders, read};
