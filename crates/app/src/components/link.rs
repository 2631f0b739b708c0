//! Links between the pages.

use yew::prelude::*;
use yew_router::{hooks::use_navigator, query::Raw};

use super::dom;
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(crate) struct LinkProps {
    /// Where to.
    pub(crate) to: Route,
    /// What follows the `?` of the address.
    #[prop_or_default]
    pub(crate) query: AttrValue,
    /// Called before it is followed on this page.
    #[prop_or_default]
    pub(crate) before: Callback<()>,
    #[prop_or_default]
    pub(crate) class: Classes,
    /// Whether it leads to where the reader is.
    #[prop_or_default]
    pub(crate) current: bool,
    pub(crate) children: Html,
}

/// A real `<a href>` that changes the page without loading it anew, unless it leads to another document.
#[component]
pub(crate) fn Link(props: &LinkProps) -> Html {
    let navigator = use_navigator();
    let base = navigator.as_ref().and_then(|navigator| navigator.basename()).unwrap_or_default();
    let mark = if props.query.is_empty() { "" } else { "?" };
    let href = format!("{base}{}{mark}{}", props.to.path(), props.query);
    let onclick = {
        let (to, query, before) = (props.to, props.query.clone(), props.before.clone());
        let elsewhere = !to.is_here();
        Callback::from(move |event: MouseEvent| {
            if elsewhere || event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key() {
                return;
            }
            if let Some(navigator) = &navigator {
                event.prevent_default();
                before.emit(());
                let Ok(()) = navigator.push_with_query(&to, Raw(query.as_str()));
                dom::scroll_to_top();
            }
        })
    };
    html! {
        <a class={props.class.clone()} {href} {onclick} aria-current={props.current.then_some("page")}>
            { props.children.clone() }
        </a>
    }
}
