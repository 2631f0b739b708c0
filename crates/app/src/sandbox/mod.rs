//! What every document has that opens a sandbox: which one it is, its beginning and its time, the place chip, and the ways
//! between the pages about it.

mod begun;
mod parts;
mod place;

use waxseal_api::sandbox::is_name;
use yew::AttrValue;

use crate::{components::dom, route};

pub(crate) use begun::{use_begun, use_time};
pub(crate) use parts::parts;
pub(crate) use place::{account, place};

/// The sandbox that is there from the start.
pub(crate) const FIRST: &str = "first";

/// The sandbox that the address asks for.
pub(crate) fn asked() -> AttrValue {
    let query = address_query();
    let name = route::asked(&query, "sandbox").filter(|name| is_name(name)).unwrap_or(FIRST);
    AttrValue::from(name.to_owned())
}

/// The query of the address.
pub(crate) fn address_query() -> String {
    dom::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// How an address names a sandbox.
pub(crate) fn query(name: &str) -> String {
    format!("sandbox={name}")
}
