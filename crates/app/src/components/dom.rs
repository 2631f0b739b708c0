//! The few things that are asked of the browser itself. None of them works outside a browser, so components call them
//! from effects and event handlers only.

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{Blob, Document, Element, HtmlAnchorElement, HtmlElement, Storage, Url, Window};

/// The window.
pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// `<html>`
pub(crate) fn root_element() -> Option<Element> {
    document()?.document_element()
}

/// Has the browser save a file under this name.
pub(crate) fn hand_over(name: &str, file: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(file).ok()?;
    let link = document()?.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has it by now, and an address that is not there need not be given back.
    Url::revoke_object_url(&url).ok()
}

/// `localStorage`, where the browser allows it.
pub(crate) fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// Whether a media query holds.
pub(crate) fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

/// Sets the title of the window.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus to an element.
pub(crate) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // It fails only for elements that cannot have the focus; then it stays where it is.
        let _ = element.focus();
    }
}

/// Moves the focus to the first element that a selector finds.
pub(crate) fn focus_first(selector: &str) {
    if let Some(element) = document().and_then(|document| document.query_selector(selector).ok().flatten()) {
        focus(&element);
    }
}

/// Moves the focus to an element if the one that had it is gone.
pub(crate) fn focus_if_lost(element: &Element) {
    let active = document().and_then(|document| document.active_element());
    if active.is_none_or(|active| active.tag_name().eq_ignore_ascii_case("body")) {
        focus(element);
    }
}

/// Scrolls back to the top.
pub(crate) fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Now, in milliseconds since the epoch.
pub(crate) fn now() -> i64 {
    Date::now() as i64
}

/// Loads the page again.
pub(crate) fn reload() {
    if let Some(window) = window() {
        // It fails only where the page may not navigate itself; then the person still can.
        let _ = window.location().reload();
    }
}
