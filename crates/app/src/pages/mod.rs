//! The pages, but for the file page.

mod about;
mod home;
mod not_found;

pub(crate) use about::About;
pub(crate) use home::Home;
pub(crate) use not_found::NotFound;
