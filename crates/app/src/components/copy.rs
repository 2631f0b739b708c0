//! Something to copy, in full, with its button.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::dom;

#[derive(Properties, PartialEq)]
pub(crate) struct CopyProps {
    /// What it is, as `key ARN`.
    pub(crate) what: &'static str,
    /// The text.
    pub(crate) text: AttrValue,
    /// The same as it is shown, where it has parts.
    #[prop_or_default]
    pub(crate) shown: Option<Html>,
}

/// How copying went.
#[derive(Clone, Copy, PartialEq)]
enum Copied {
    NotYet,
    Yes,
    Refused,
}

/// A text that is never cut, and a button that copies it and says so.
#[component]
pub(crate) fn Copy(props: &CopyProps) -> Html {
    let copied = use_state_eq(|| Copied::NotYet);
    let onclick = {
        let (copied, text) = (copied.clone(), props.text.clone());
        Callback::from(move |_| {
            let (copied, text) = (copied.clone(), text.clone());
            spawn_local(async move {
                copied.set(if copy(&text).await { Copied::Yes } else { Copied::Refused });
            });
        })
    };
    let onblur = {
        let copied = copied.clone();
        Callback::from(move |_| copied.set(Copied::NotYet))
    };
    let (word, said) = match *copied {
        Copied::NotYet => ("Copy", String::new()),
        Copied::Yes => ("Copied", format!("The {} is on the clipboard.", props.what)),
        Copied::Refused => {
            ("Not copied", "The browser does not allow copying; select the text instead.".to_owned())
        }
    };
    html! {
        <span class="copy">
            <code>{ props.shown.clone().unwrap_or_else(|| (&props.text).into()) }</code>
            <button type="button" class="quiet small" {onclick} {onblur}>
                { word }<span class="heard">{ format!(" {}", props.what) }</span>
            </button>
            <span class="heard" role="status">{ said }</span>
        </span>
    }
}

/// Whether the browser let the text onto the clipboard; it does not outside https and localhost.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = dom::window() else { return false };
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
