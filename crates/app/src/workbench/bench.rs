//! The page of a sandbox.

use gloo_timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::Failure;
use yew::prelude::*;

use super::{
    clock::ClockPart,
    files::FilesPart,
    known::use_known,
    log::LogPart,
    place::place,
    session::Session,
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

/// The terminal once it is open, or why it is not.
type Opened = Option<Result<Session, Failure>>;

/// The terminal of a sandbox, its clock, its files, its log.
#[component]
pub(crate) fn Bench(props: &BenchProps) -> Html {
    let session = use_session();
    let version = use_state_eq(|| 0_u32);
    let count = use_mut_ref(|| 0_u32);
    let changed = use_callback((), {
        let version = version.setter();
        move |(), ()| {
            *count.borrow_mut() += 1;
            version.set(*count.borrow());
        }
    });
    use_watch(&session, &changed);
    let opened = session.as_ref().and_then(|session| session.as_ref().ok());
    let shell = opened.map(Session::shell);
    let (known, lost) = use_known(shell.clone(), *version);
    let chip = place(&props.name, opened, shell.as_ref(), &known, &changed);
    html! {
        <Frame bar="top-bar-sandbox" place={chip}>
            <Page title={text::TITLE} class="bench">
                <p class="lead">{ text::LEAD }</p>
                if let Some(failure) = failure(&session, lost) { <FailureNote {failure} /> }
                if let (Some(session), Some(shell)) = (opened, shell) {
                    <Terminal session={session.clone()} names={known.names.clone()} changed={changed.clone()} />
                    <ClockPart session={session.clone()} clock={known.clock.clone()} changed={changed.clone()} />
                    <LogPart log={known.log.clone()} />
                    <FilesPart session={session.clone()} files={shell.files} {changed} />
                } else if session.is_none() {
                    <p class="pending" role="status">{ if worlds::start() == super::start::Start::Empty { text::OPENING } else { text::STARTING } }</p>
                }
                <Worlds name={props.name.clone()} open={opened.is_some()} />
            </Page>
        </Frame>
    }
}

/// How often the time is looked at, in milliseconds.
const OFTEN: u32 = 30_000;

/// Sees to it that the page shows what other tabs have changed, and what time it is.
#[hook]
fn use_watch(session: &Opened, changed: &Callback<()>) {
    let generation = use_service().generation;
    let session = session.as_ref().and_then(|session| session.as_ref().ok()).cloned();
    use_effect_with((session, generation), {
        let changed = changed.clone();
        move |(session, _)| {
            if let Some(session) = session.clone() {
                spawn_local(async move {
                    // What cannot be read now is told by the next command.
                    if session.refresh().await.unwrap_or_default() {
                        changed.emit(());
                    }
                });
            }
        }
    });
    use_effect_with((), {
        let changed = changed.clone();
        move |()| {
            let interval = Interval::new(OFTEN, move || changed.emit(()));
            move || drop(interval)
        }
    });
}

fn failure(session: &Opened, lost: Option<Failure>) -> Option<Failure> {
    match session {
        Some(Err(failure)) => Some(failure.clone()),
        _ => lost,
    }
}

/// Opens the terminal when the sandbox is open, and again when its worker was started again.
#[hook]
fn use_session() -> Opened {
    let (service, session) = (use_service(), use_state_eq(|| None));
    use_effect_with(service.readiness.clone(), {
        let session = session.clone();
        move |readiness| match readiness {
            Readiness::Ready(_) => spawn_local(async move {
                session.set(Some(Session::open(service.bridge, worlds::start()).await));
            }),
            Readiness::Closed(error) | Readiness::Crashed(error) => {
                session.set(Some(Err(error.clone().into())))
            }
            Readiness::Starting | Readiness::Locked => session.set(None),
        }
    });
    (*session).clone()
}
