//! The frame of every page: its title and its one heading.

use std::cell::Cell;

use web_sys::Element;
use yew::prelude::*;

use super::dom;

thread_local! {
    /// Whether a page has been shown before this one: then the focus follows the reader to the new heading.
    static ARRIVED: Cell<bool> = const { Cell::new(false) };
}

#[derive(Properties, PartialEq)]
pub(crate) struct PageProps {
    /// For the window's title; the heading says the same unless told otherwise.
    pub(crate) title: AttrValue,
    /// The heading, where it is more than the title.
    #[prop_or_default]
    pub(crate) heading: Option<Html>,
    /// What names the page in the style sheets.
    #[prop_or_default]
    pub(crate) class: Classes,
    pub(crate) children: Html,
}

/// A page with its heading, to which the focus moves when the reader comes from another page.
#[component]
pub(crate) fn Page(props: &PageProps) -> Html {
    let heading = use_node_ref();
    use_effect_with(props.title.clone(), |title| dom::set_title(&format!("{title} · Waxseal")));
    use_effect_with((), {
        let heading = heading.clone();
        move |()| {
            if ARRIVED.replace(true)
                && let Some(element) = heading.cast::<Element>()
            {
                dom::focus(&element);
            }
        }
    });
    html! {
        <article class={classes!("page", props.class.clone())}>
            <h1 ref={heading} tabindex="-1">
                { props.heading.clone().unwrap_or_else(|| html! { &props.title }) }
            </h1>
            { props.children.clone() }
        </article>
    }
}
