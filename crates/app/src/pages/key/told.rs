//! What an act has led to, told where it was asked for.

use web_sys::Element;
use yew::prelude::*;

use super::{Acting, act::Part};
use crate::{components::dom, failure::FailureNote};

#[derive(Properties, PartialEq)]
pub(crate) struct ToldProps {
    pub(crate) part: Part,
    pub(crate) acting: Acting,
}

/// The outcome with what it offers, or the refusal. It stays until the next act.
#[component]
pub(crate) fn Told(props: &ToldProps) -> Html {
    let Acting { action, asked, outcome, .. } = &props.acting;
    let outcome = outcome.as_ref().filter(|outcome| outcome.part == props.part);
    let place = use_node_ref();
    use_effect_with(outcome.cloned(), {
        let place = place.clone();
        move |outcome| {
            if let (Some(_), Some(element)) = (outcome, place.cast::<Element>()) {
                dom::focus_if_lost(&element);
            }
        }
    });
    let failure = action.failure().filter(|_| *asked == Some(props.part));
    html! {
        <div class="told">
            <div role="status" tabindex="-1" ref={place}>
                if let (Some(outcome), None) = (outcome, &failure) {
                    <p>{ &outcome.told }</p>
                }
            </div>
            if let (Some((words, act)), None) = (outcome.and_then(|outcome| outcome.offer.clone()), &failure) {
                <button type="button" class="quiet" onclick={props.acting.on_click(act)}>{ words }</button>
            }
            if let Some(failure) = failure {
                <FailureNote {failure} />
            }
        </div>
    }
}
