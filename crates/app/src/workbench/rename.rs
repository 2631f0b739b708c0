//! Another name for a sandbox.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Start, Task},
};
use yew::prelude::*;

use super::{
    lab, text,
    worlds::{go, wrong_name},
};
use crate::{
    bridge::{Bridge, use_service},
    components::{TextField, dom},
    failure::FailureNote,
    sandbox::asked,
};

#[derive(Properties, PartialEq)]
pub(crate) struct RenameProps {
    /// All names that are taken.
    pub(crate) there: Vec<String>,
}

/// The form for it.
#[component]
pub(crate) fn Rename(props: &RenameProps) -> Html {
    let bridge = use_service().bridge;
    let (name, tried, failed) = (use_state_eq(String::new), use_state_eq(|| false), use_state_eq(|| None));
    let wrong = wrong_name(&name, &props.there);
    let onsubmit = {
        let (name, tried, failed) = ((*name).clone(), tried.setter(), failed.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if wrong.is_some() {
                return dom::focus_first("#rename-sandbox");
            }
            let (bridge, name, failed) = (bridge.clone(), name.clone(), failed.clone());
            spawn_local(async move { failed.set(rename(&bridge, name).await.err()) });
        })
    };
    let enter = name.setter();
    let field = TextField {
        id: "rename-sandbox",
        label: "Its new name".into(),
        hint: text::RENAME_HINT.into(),
        exact: true,
        value: (*name).clone().into(),
        oninput: Callback::from(move |text| enter.set(text)),
        problem: wrong.filter(|_| *tried).map(AttrValue::from),
        ..TextField::default()
    };
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            <h3>{ text::RENAME_HEADING }</h3>
            { field.draw() }
            <p class="actions"><button class="button">{ text::RENAME }</button></p>
            if let Some(failure) = &*failed { <FailureNote failure={failure.clone()} /> }
        </form>
    }
}

async fn rename(bridge: &Bridge, name: String) -> Result<(), Failure> {
    bridge.perform::<()>(Task::Rename { name: name.clone() }).await?;
    lab::rename(&asked(), &name);
    go(&name, Start::Empty);
    Ok(())
}
