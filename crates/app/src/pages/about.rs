//! How it keeps its promises.

use yew::prelude::*;

use crate::components::Page;

/// What is stored where, how to check it, and the limits.
#[component]
pub(crate) fn About() -> Html {
    html! {
        <Page title="How it keeps its promises">
            <p>{ "Keys are stored sealed, and only the worker can open them." }</p>
        </Page>
    }
}
