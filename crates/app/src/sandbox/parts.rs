//! The ways between the pages of a world.

use yew::prelude::*;

use crate::{components::Link, route::Route};

/// Links to terminal, console, inspector and files, of which `here` is where one is. `query` names the world in their addresses;
/// `files` are the vault's or a sandbox's.
pub(crate) fn parts(query: &AttrValue, files: Route, here: Route) -> Html {
    let link = |(to, words): (Route, &'static str)| {
        // The vault is what that page is of, unless it is told otherwise.
        let query = if to == Route::Files { AttrValue::default() } else { query.clone() };
        html! { <li><Link {to} {query} current={to == here}>{ words }</Link></li> }
    };
    let all = [
        (Route::Workbench, "Terminal"),
        (Route::Console, "Console"),
        (Route::Bytes, "Bytes"),
        (files, "Files"),
    ];
    html! { <nav class="bench-nav" aria-label="Workbench"><ul>{ for all.map(link) }</ul></nav> }
}
