//! The page of a sandbox.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Start, Task},
};
use yew::prelude::*;
use yew_router::hooks::use_route;

use super::{
    clock::ClockPart,
    console::Console,
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
    components::{Link, Page, Shell as Frame, dom},
    failure::FailureNote,
    route::Route,
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
    let console = use_route::<Route>() == Some(Route::Console);
    use_heading(console);
    let (title, lead) = if console { (text::CONSOLE, text::CONSOLE_LEAD) } else { (text::TITLE, text::LEAD) };
    let failure = begun.clone().and_then(Result::err).or(lost);
    html! {
        <Frame bar="top-bar-sandbox" place={place(&props.name, &bridge, known.as_deref())}>
            <Page {title} class="bench">
                { parts_of_it(&props.name, console) }
                <p class="lead">{ lead }</p>
                if let Some(failure) = failure.clone() { <FailureNote {failure} /> }
                if let Some(known) = &known {
                    { parts(known, console) }
                } else if failure.is_none() {
                    <p class="pending" role="status">{ if worlds::start() == Start::Empty { text::OPENING } else { text::STARTING } }</p>
                }
                <Worlds name={props.name.clone()} open={known.is_some()} />
            </Page>
        </Frame>
    }
}

/// What a sandbox has; terminal and console stay as they are while the other one is shown.
fn parts(known: &Rc<Known>, console: bool) -> Html {
    html! {<>
        <div class="bench-half" hidden={!console}><Console terminal={known.terminal.clone()} shown={console} /></div>
        <div class="bench-half" hidden={console}><Terminal terminal={known.terminal.clone()} /></div>
        if !console { <ClockPart clock={known.clock.clone()} /> }
        <LogPart log={known.log.clone()} ends={known.ends.clone()} />
        if !console { <FilesPart terminal={known.terminal.clone()} /> }
    </>}
}

/// The ways between the parts of the workbench.
fn parts_of_it(name: &AttrValue, console: bool) -> Html {
    let link = |to: Route, words: &'static str| {
        let current = (to == Route::Console) == console;
        html! { <li><Link {to} query={format!("sandbox={name}")} {current}>{ words }</Link></li> }
    };
    html! {
        <nav class="bench-nav" aria-label="Workbench">
            <ul>{ link(Route::Workbench, text::TERMINAL) }{ link(Route::Console, text::CONSOLE) }</ul>
        </nav>
    }
}

/// Moves the focus to the heading when the reader comes to another part.
#[hook]
fn use_heading(console: bool) {
    let shown = use_mut_ref(|| console);
    use_effect_with(console, move |console| {
        if shown.replace(*console) != *console {
            dom::focus_first("h1");
        }
    });
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
