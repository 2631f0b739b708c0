//! The pages, but for the file page.

mod about;
mod home;
mod key;
mod keys;
mod new_key;
mod not_found;

pub(crate) use about::About;
pub(crate) use home::Home;
pub(crate) use key::Key;
pub(crate) use keys::Keys;
#[cfg(feature = "workbench")]
pub(crate) use new_key::policy as new_key_policy;
pub(crate) use new_key::{NewKey, alias_name, alias_problem};
pub(crate) use not_found::not_found;
