//! A file on its way from one page to another.

use std::cell::RefCell;

use web_sys::File;
use yew::Callback;

use super::state::Picked;

thread_local! {
    static CARRIED: RefCell<Option<Picked<File>>> = const { RefCell::new(None) };
}

/// Takes a file along; for a link to the page that takes it.
pub(crate) fn along(picked: &Picked<File>) -> Callback<()> {
    let picked = picked.clone();
    Callback::from(move |()| drop(CARRIED.replace(Some(picked.clone()))))
}

/// The file that was taken along, once.
pub(crate) fn take() -> Option<Picked<File>> {
    CARRIED.take()
}
