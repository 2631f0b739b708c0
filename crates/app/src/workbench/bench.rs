//! The page of a sandbox.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Start, Task},
};
use yew::prelude::*;

use super::{
    clock::ClockPart,
    files::FilesPart,
    known::{Known, use_known},
    log::LogPart,
    place::place,
    terminal::Terminal,
    text,
    worlds::{self, Worlds},
};
use crate::{
    bridge::{Readiness, use_service},
    components::{Page, Shell as Frame},
    failure::FailureNote,
};

#[derive(Properties, PartialEq)]
pub(crate) struct BenchProps {
    /// The sandbox.
    pub(crate) name: AttrValue,
}

/// The terminal of a sandbox, its clock, its files, its log.
#[component]
pub(crate) fn Bench(props: &BenchProps) -> Html {
    let bridge = use_service().bridge;
    let begun = use_begun();
    let (known, lost) = use_known(matches!(begun, Some(Ok(()))));
    use_time();
    let failure = begun.clone().and_then(Result::err).or(lost);
    html! {
        <Frame bar="top-bar-sandbox" place={place(&props.name, &bridge, known.as_deref())}>
            <Page title={text::TITLE} class="bench">
                <p class="lead">{ text::LEAD }</p>
                if let Some(failure) = failure.clone() { <FailureNote {failure} /> }
                if let Some(known) = &known {
                    { parts(known) }
                } else if failure.is_none() {
                    <p class="pending" role="status">{ if worlds::start() == Start::Empty { text::OPENING } else { text::STARTING } }</p>
                }
                <Worlds name={props.name.clone()} open={known.is_some()} />
            </Page>
        </Frame>
    }
}

fn parts(known: &Rc<Known>) -> Html {
    html! {<>
        <Terminal terminal={known.terminal.clone()} />
        <ClockPart clock={known.clock.clone()} />
        <LogPart log={known.log.clone()} />
        <FilesPart terminal={known.terminal.clone()} />
    </>}
}

/// How often the time is looked at, in milliseconds.
const OFTEN: u32 = 30_000;

/// Sees to it that the page shows what time it is.
#[hook]
fn use_time() {
    let service = use_service();
    use_effect_with((), move |()| {
        let interval = Interval::new(OFTEN, move || service.refresh());
        move || drop(interval)
    });
}

/// Lets the sandbox begin when it is open, and again when its worker was started again: whether it has, or why not.
#[hook]
fn use_begun() -> Option<Result<(), Failure>> {
    let (service, begun) = (use_service(), use_state_eq(|| None));
    use_effect_with(service.readiness.clone(), {
        let begun = begun.clone();
        move |readiness| match readiness {
            Readiness::Ready(_) => spawn_local(async move {
                begun.set(Some(service.bridge.perform(Task::Begin { start: worlds::start() }).await));
            }),
            Readiness::Closed(error) | Readiness::Crashed(error) => {
                begun.set(Some(Err(error.clone().into())))
            }
            Readiness::Starting | Readiness::Locked => begun.set(None),
        }
    });
    (*begun).clone()
}
