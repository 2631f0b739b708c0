//! What is drawn, as the text of an HTML document, for native tests.

use yew::prelude::*;

/// Renders what a function draws.
pub(crate) fn html_text(drawn: Html) -> String {
    pollster::block_on(
        yew::LocalServerRenderer::<Show>::with_props(Drawn { drawn }).hydratable(false).render(),
    )
}

#[derive(Properties, PartialEq)]
struct Drawn {
    drawn: Html,
}

#[component]
fn Show(props: &Drawn) -> Html {
    props.drawn.clone()
}
