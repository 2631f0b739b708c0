//! The first page.

use yew::prelude::*;

use crate::components::Page;

/// What this is, and the main job.
#[component]
pub(crate) fn Home() -> Html {
    html! {
        <Page title="Encrypt files with keys that never leave this browser">
            <p>{ "A KMS key protects a data key; the data key protects your file." }</p>
        </Page>
    }
}
