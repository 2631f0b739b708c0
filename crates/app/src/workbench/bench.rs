//! The page of a sandbox.

use std::rc::Rc;

use waxseal_api::sandbox::Start;
use yew::prelude::*;
use yew_router::{
    hooks::{use_navigator, use_route},
    query::Raw,
};

use super::{
    arrive::use_arrivals,
    bytes::{Bytes, Opening},
    clock::ClockPart,
    console::Console,
    files::FilesPart,
    known::{Known, use_known},
    lab::{self, MakeLab},
    log::LogPart,
    meter::meter,
    terminal::terminal_drawer,
    text,
    worlds::{self, Worlds},
};
use crate::{
    bridge::use_service,
    components::{Page, Shell as Frame, dom},
    failure::FailureNote,
    route::Route,
    sandbox::{self, place, use_begun, use_time},
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
    let begun = use_begun(worlds::start(), "");
    let (known, lost) = use_known(matches!(begun, Some(Ok(()))));
    use_time();
    let part = use_route().unwrap_or(Route::Workbench);
    use_heading(part);
    let (title, lead) = match part {
        Route::Console => (text::CONSOLE, text::CONSOLE_LEAD),
        Route::Bytes => (text::BYTES, text::BYTES_LEAD),
        Route::Lab => (lab::text::TITLE, lab::text::LEAD),
        _ => (text::TITLE, text::LEAD),
    };
    let address = AttrValue::from(sandbox::query(&props.name));
    let (opening, inspect) = use_inspect(&address);
    let (arrived, take) = use_arrivals();
    let failure = begun.clone().and_then(Result::err).or(lost);
    html! {
        <Frame bar="top-bar-sandbox" place={place(&props.name, &bridge, known.as_deref().map(Known::standing))}>
            <Page {title} class="bench">
                { sandbox::parts(&address, Route::SandboxFiles, part) }
                <p class="lead">{ lead }</p>
                { arrived }
                if let Some(failure) = failure.clone() { <FailureNote {failure} /> }
                if let Some(known) = &known {
                    { parts(&props.name, known, part, opening, &inspect) }
                } else if failure.is_none() {
                    <p class="pending" role="status">{ if worlds::start() == Start::Empty { text::OPENING } else { text::STARTING } }</p>
                }
                <Worlds name={props.name.clone()} open={known.is_some()} arrived={take} />
            </Page>
        </Frame>
    }
}

/// What a sandbox has; terminal, console and inspector stay as they are while another one is shown.
fn parts(
    name: &AttrValue,
    known: &Rc<Known>,
    part: Route,
    opening: Option<Opening>,
    inspect: &Callback<Opening>,
) -> Html {
    let (terminal, shown) = (&known.terminal, part == Route::Workbench);
    html! {<>
        <div class="bench-half" hidden={part != Route::Console}><Console terminal={terminal.clone()} shown={part == Route::Console} people=true /></div>
        <div class="bench-half" hidden={part != Route::Bytes}><Bytes terminal={terminal.clone()} {opening} /></div>
        <div class="bench-half" hidden={part != Route::Lab}><MakeLab {name} known={known.clone()} shown={part == Route::Lab} /></div>
        { terminal_drawer(terminal, shown) }
        if shown { <ClockPart clock={known.clock.clone()} /> }
        if part != Route::Lab { <LogPart log={known.log.clone()} ends={known.ends.clone()} inspect={inspect.clone()} /> }
        if shown { { meter(known.meter.as_deref()) } }
        if shown { <FilesPart terminal={terminal.clone()} hint={text::FILES_HINT} inspect={inspect.clone()} /> }
    </>}
}

/// What the inspector is to open, and how it is asked to from elsewhere, which leads to it at the address with this query.
#[hook]
pub(super) fn use_inspect(query: &AttrValue) -> (Option<Opening>, Callback<Opening>) {
    let (opening, navigator) = (use_state_eq(|| None::<Opening>), use_navigator());
    let inspect =
        use_callback((query.clone(), navigator, opening.setter()), |wanted, (query, navigator, opening)| {
            opening.set(Some(wanted));
            if let Some(navigator) = navigator {
                let Ok(()) = navigator.push_with_query(&Route::Bytes, Raw(query.as_str()));
                dom::scroll_to_top();
            }
        });
    ((*opening).clone(), inspect)
}

/// Moves the focus to the heading when the reader comes to another part.
#[hook]
pub(super) fn use_heading(part: Route) {
    let shown = use_mut_ref(|| part);
    use_effect_with(part, move |part| {
        if shown.replace(*part) != *part {
            dom::focus_first("h1");
        }
    });
}
