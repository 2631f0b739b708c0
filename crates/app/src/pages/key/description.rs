//! The key's description.

use yew::prelude::*;

use super::{
    Acting,
    act::{Act, Part},
    aspect,
    told::Told,
};
use crate::components::TextField;

#[derive(Properties, PartialEq)]
pub(crate) struct DescriptionProps {
    pub(crate) text: AttrValue,
    pub(crate) acting: Acting,
}

/// The description, or a way to write one.
#[component]
pub(crate) fn Description(props: &DescriptionProps) -> Html {
    let editing = use_state_eq(|| false);
    let text = props.text.clone();
    let show = |edit: bool| {
        let editing = editing.setter();
        Callback::from(move |()| editing.set(edit))
    };
    aspect(
        "Description",
        "description-title",
        html! { <>
            if *editing {
                <Edit {text} acting={props.acting.clone()} close={show(false)} />
            } else {
                if text.is_empty() {
                    <p class="soft">{ "None." }</p>
                } else {
                    <p class="reading description">{ &text }</p>
                }
                <p>
                    <button type="button" class="quiet" onclick={show(true).reform(|_| ())}>
                        { if text.is_empty() { "Write one" } else { "Change it" } }
                    </button>
                </p>
            }
            <Told part={Part::Description} acting={props.acting.clone()} />
        </> },
    )
}

#[derive(Properties, PartialEq)]
struct EditProps {
    text: AttrValue,
    acting: Acting,
    close: Callback<()>,
}

#[component]
fn Edit(props: &EditProps) -> Html {
    let entered = use_state_eq(|| props.text.to_string());
    let problem = (entered.chars().count() > 8192).then_some("A description has at most 8,192 characters.");
    let onsubmit = {
        let (from, entered) = (props.text.to_string(), entered.clone());
        let (acting, close, wrong) = (props.acting.clone(), props.close.clone(), problem.is_some());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if wrong {
                return;
            }
            if *entered != from {
                acting.run(Act::Describe { from: from.clone(), to: (*entered).clone() });
            }
            close.emit(());
        })
    };
    let oninput = {
        let entered = entered.setter();
        Callback::from(move |text| entered.set(text))
    };
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            { TextField { id: "description", label: "Description".into(), multiline: true, value: (*entered).clone().into(), oninput, hint: "Not secret.".into(), problem: problem.map(AttrValue::from), ..TextField::default() }.draw() }
            <p class="actions">
                <button class="button primary">{ "Save" }</button>
                <button type="button" class="quiet" onclick={props.close.reform(|_| ())}>{ "Leave it as it was" }</button>
            </p>
        </form>
    }
}
