//! What holds a job up for a while.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;

use crate::browser;

/// Open, or closed with a promise that it will open.
#[derive(Default)]
pub(crate) struct Gate(RefCell<Option<(Promise, Option<Function>)>>);

impl Gate {
    /// Closes it, or opens it for all who wait.
    pub(crate) fn close(&self, closed: bool) {
        if closed == self.0.borrow().is_some() {
            return;
        }
        let before = self.0.replace(closed.then(browser::promise));
        browser::call(before.and_then(|(_, open)| open).as_ref());
    }

    /// Waits until it is open.
    pub(super) async fn pass(&self) {
        loop {
            let Some(opened) = self.0.borrow().as_ref().map(|(opened, _)| opened.clone()) else { return };
            // It is never rejected.
            let _ = JsFuture::from(opened).await;
        }
    }
}
