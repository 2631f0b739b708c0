//! Going back to before a call, and returning.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Clock, End, Task},
};
use yew::prelude::*;

use super::text;
use crate::{
    bridge::{Bridge, use_service},
    components::time,
    failure::FailureNote,
};

/// The way from one step to another.
#[derive(Clone)]
pub(super) struct Travel {
    bridge: Bridge,
    /// What came of it the last time: what is to be said, or why nothing has changed.
    told: UseStateHandle<Option<Result<&'static str, Failure>>>,
}

/// For buttons that go somewhere.
#[hook]
pub(super) fn use_travel() -> Travel {
    Travel { bridge: use_service().bridge, told: use_state_eq(|| None) }
}

impl Travel {
    /// A button's part: goes there.
    pub(super) fn to(&self, task: impl Fn() -> Task + 'static) -> Callback<MouseEvent> {
        let travel = self.clone();
        Callback::from(move |_| {
            let (travel, task) = (travel.clone(), task());
            spawn_local(async move {
                let done = if matches!(task, Task::Back { .. }) { text::WENT_BACK } else { text::RETURNED };
                let clock: Result<Clock, Failure> = travel.bridge.perform(task).await;
                travel.told.set(Some(clock.map(|_| done)));
            });
        })
    }

    /// What came of it the last time.
    pub(super) fn told(&self) -> Html {
        match &*self.told {
            None => Html::default(),
            Some(Ok(done)) => html! { <p>{ *done }</p> },
            Some(Err(failure)) => html! { <FailureNote failure={failure.clone()} /> },
        }
    }
}

/// Where there is to return to.
pub(super) fn ends(ends: &[End], travel: &Travel) -> Html {
    let line = |end: &End| {
        let step = end.step;
        let onclick = travel.to(move || Task::Return { step });
        html! {
            <li key={end.step}>
                <strong>{ &end.label }</strong>{ ", " }{ time(end.at, false) }{ format!(", {}. ", text::away(end)) }
                <button type="button" class="button" {onclick}>{ text::RETURN }<span class="heard">{ format!(" to {}", end.label) }</span></button>
            </li>
        }
    };
    html! {<>
        <p>{ text::ENDS }</p>
        <ul class="due">{ for ends.iter().map(line) }</ul>
    </>}
}
