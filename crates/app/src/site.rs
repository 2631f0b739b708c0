//! Where this page was loaded from: the site's root and the worker's script.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::Url;
use yew::Callback;

use crate::{
    bridge::{Starter, WorkerAddress, start_worker},
    components::dom,
};

/// The path of the site's root, as `/` or `/some/where/`. To be asked for the first time before the address in the window changes.
pub(crate) fn root_path() -> String {
    ROOT.with(Clone::clone)
}

thread_local! {
    /// Each page tells by `data-root` how to get there from where it was loaded.
    static ROOT: String = {
        let root = dom::root_element().and_then(|element| element.get_attribute("data-root"));
        absolute(root.as_deref().unwrap_or("./")).map_or_else(|_| "/".to_owned(), |url| url.pathname())
    };
    /// The worker that the page names, asked for once: a page may trust its address once, and the address in the window changes.
    static WORKER: Result<Rc<WorkerAddress>, LocalError> = worker_address().map(Rc::new);
}

/// What starts a worker. To be made for the first time before the address in the window changes.
pub(crate) fn worker_starter() -> Starter {
    let address = WORKER.with(Clone::clone);
    Callback::from(move |incoming| match &address {
        Ok(address) => start_worker(address, incoming),
        Err(error) => Err(error.clone()),
    })
}

/// Keeps the page's icon where it is: browsers look for it again, relative to the address, whenever that changes.
pub(crate) fn hold_icon() {
    let icon = dom::document().and_then(|document| document.query_selector("link[rel=icon]").ok().flatten());
    let Some(icon) = icon else { return };
    if let Some(url) = icon.get_attribute("href").and_then(|href| absolute(&href).ok()) {
        // Only a name that is not an attribute's name fails.
        let _ = icon.set_attribute("href", &url.href());
    }
}

fn worker_address() -> Result<WorkerAddress, LocalError> {
    let meta = dom::document()
        .and_then(|document| document.query_selector("meta[name=waxseal-worker]").ok().flatten())
        .and_then(|meta| meta.get_attribute("content"))
        .ok_or_else(|| unreachable("This page does not name its worker."))?;
    absolute(&meta)
        .and_then(|url| WorkerAddress::trust(&url.href()))
        .map_err(|_| unreachable("The browser does not accept the worker's address."))
}

/// An address relative to the page, in full.
fn absolute(relative: &str) -> Result<Url, JsValue> {
    let page = dom::document().and_then(|document| document.document_uri().ok()).unwrap_or_default();
    Url::new_with_base(relative, &page)
}

fn unreachable(message: &str) -> LocalError {
    LocalError::new(LocalErrorCode::WorkerCrashed, message)
}
