//! What surrounds every page of the documents: the top bar and the last line.

use web_sys::Element;
use yew::prelude::*;
use yew_router::hooks::use_route;

use super::{Link, dom};
use crate::{bridge::use_service, route::Route, sandbox::query, shapes::shape, theme::ThemeSwitch};
use waxseal_api::trace::Role;

#[derive(Properties, PartialEq)]
pub(crate) struct ShellProps {
    /// What the bar's edge says: `top-bar-vault` or `top-bar-sandbox`.
    pub(crate) bar: &'static str,
    /// The place chip.
    pub(crate) place: Html,
    pub(crate) children: Html,
}

/// The top bar, the page, the last line.
#[component]
pub(crate) fn Shell(props: &ShellProps) -> Html {
    let (main, here) = (use_node_ref(), use_route::<Route>().unwrap_or(Route::NotFound));
    let bridge = use_service().bridge;
    let skip = {
        let main = main.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if let Some(main) = main.cast::<Element>() {
                dom::focus(&main);
            }
        })
    };
    html! {
        <>
            <a class="skip" href="#main" onclick={skip}>{ "Skip to the content" }</a>
            { top_bar(props, here, bridge.sandbox()) }
            <main id="main" tabindex="-1" ref={main}>{ props.children.clone() }</main>
            <footer class="last-line">
                <p>{ "Nothing leaves this browser: no account, no server, no tracking. Waxseal is not AWS and does not speak to it." }</p>
            </footer>
        </>
    }
}

/// The wordmark, the doors, where one is, and the colours.
fn top_bar(props: &ShellProps, here: Route, sandbox: Option<&str>) -> Html {
    let door = |to: Route, also: &[Route], words: &'static str| {
        // The workbench stays that of the sandbox that one is in.
        let query = sandbox.filter(|_| to == Route::Workbench).map(query).unwrap_or_default();
        html! { <li><Link {to} {query} current={here == to || also.contains(&here)}>{ words }</Link></li> }
    };
    html! {
        <header class={classes!("top-bar", props.bar)}>
            <Link class="wordmark" to={Route::Home}>
                { shape(Role::KmsKey, "") }
                <span>{ "Waxseal" }</span>
            </Link>
            <nav aria-label="Main">
                <ul>
                    { door(Route::Learn, &[], "Learn") }
                    { door(Route::Files, &[Route::Inspect], "Files") }
                    { door(Route::Keys, &[Route::Key, Route::NewKey, Route::Backup], "Keys") }
                    { door(Route::Workbench, &[Route::Console, Route::Bytes, Route::SandboxFiles, Route::Lab], "Workbench") }
                    { door(Route::About, &[], "About") }
                </ul>
            </nav>
            { props.place.clone() }
            <ThemeSwitch />
        </header>
    }
}
