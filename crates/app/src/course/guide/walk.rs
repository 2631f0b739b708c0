//! How far one has come.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::Failure;
use waxseal_study::{Guide, words::Word};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::{
    run::{Ran, run},
    station,
};
use crate::{
    bridge::{Readiness, use_service},
    components::dom,
    course::words::say,
    failure::FailureNote,
    site,
};

/// How far one has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Walked {
    /// What came of each station that is done.
    pub(super) done: Vec<Rc<Ran>>,
    /// What came of the last line, where it has not done its station.
    pub(super) missed: Option<Rc<Ran>>,
    /// The line as it was changed, if it was.
    pub(super) changed: Option<String>,
    /// The line that is to be run.
    pub(super) wanted: Option<String>,
    /// Why nothing came of it.
    failure: Option<Failure>,
    /// How many lines have run.
    runs: u32,
}

impl Walked {
    /// How it stands after a line.
    fn after(&self, outcome: Result<Ran, Failure>) -> Self {
        let mut next =
            Self { wanted: None, failure: None, missed: None, runs: self.runs + 1, ..self.clone() };
        match outcome {
            Ok(ran) if ran.done() => {
                next.done.push(Rc::new(ran));
                next.changed = None;
            }
            Ok(ran) => next.missed = Some(Rc::new(ran)),
            Err(failure) => next.failure = Some(failure),
        }
        next
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct WalkProps {
    pub(super) guide: Rc<Guide>,
    /// Whether it is not the first time.
    pub(super) repeated: bool,
    /// Begins anew.
    pub(super) again: Callback<()>,
}

/// The stations so far, and the one where one is.
#[component]
pub(super) fn Walk(props: &WalkProps) -> Html {
    let WalkProps { guide, repeated, again } = props;
    let walked = use_state_eq(Walked::default);
    let start = use_runs(guide, &walked);
    use_effect_with(*repeated, |repeated| {
        if *repeated {
            dom::focus_first("#line");
        }
    });
    use_effect_with(walked.runs, |runs| {
        if *runs > 0 {
            dom::focus_first("#came");
        }
    });
    let at = walked.done.len();
    let done = guide.stations.iter().zip(&walked.done).enumerate();
    let again = again.reform(|_: MouseEvent| ());
    html! {
        <div class="walk">
            { for done.map(|(place, (it, ran))| station::done(it, place, ran, place + 1 == at && walked.missed.is_none())) }
            if let Some(here) = guide.stations.get(at) {
                { station::here(here, at, &walked, entry(&here.line, &walked, start)) }
            } else {
                { station::ending(&guide.ending, &site::root_path()) }
            }
            if let Some(failure) = walked.failure.clone() { <FailureNote {failure} /> }
            if walked.runs > 0 {
                <p class="actions"><button type="button" class="button" onclick={again}>{ say(Word::GuideAgain) }</button></p>
            }
        </div>
    }
}

/// Runs a line once the worker is there.
#[hook]
fn use_runs(guide: &Rc<Guide>, walked: &UseStateHandle<Walked>) -> Callback<String> {
    let service = use_service();
    use_effect_with((walked.wanted.clone(), service.readiness.clone()), {
        let (guide, walked, bridge) = (guide.clone(), walked.clone(), service.bridge.clone());
        move |(wanted, readiness)| {
            let Some(line) = wanted.clone() else { return };
            match readiness {
                Readiness::Starting | Readiness::Locked => {}
                Readiness::Closed(error) | Readiness::Crashed(error) => {
                    walked.set(walked.after(Err(error.clone().into())))
                }
                Readiness::Ready(_) => spawn_local(async move {
                    let Some(station) = guide.stations.get(walked.done.len()) else { return };
                    walked.set(walked.after(run(&bridge, station, &line).await));
                }),
            }
        }
    });
    let walked = walked.clone();
    Callback::from(move |line| {
        if walked.wanted.is_none() {
            if matches!(service.readiness, Readiness::Closed(_) | Readiness::Crashed(_)) {
                service.restart();
            }
            walked.set(Walked { wanted: Some(line), ..(*walked).clone() });
        }
    })
}

/// The line, the button that runs it, and the one that takes back what was changed in it.
fn entry(line: &str, walked: &UseStateHandle<Walked>, start: Callback<String>) -> Html {
    let text = walked.changed.clone().unwrap_or_else(|| line.to_owned());
    let run = {
        let text = text.clone();
        Callback::from(move |()| start.emit(text.clone()))
    };
    let change = {
        let walked = walked.clone();
        Callback::from(move |changed| walked.set(Walked { changed, ..(*walked).clone() }))
    };
    let onkeydown = {
        let run = run.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
                event.prevent_default();
                run.emit(());
            }
        })
    };
    let oninput = {
        let change = change.clone();
        Callback::from(move |event: InputEvent| {
            change.emit(event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()));
        })
    };
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        run.emit(());
    });
    let back = walked.changed.is_some().then(|| {
        change.reform(|_: MouseEvent| {
            // The button goes away.
            dom::focus_first("#line");
            None
        })
    });
    html! {
        <form {onsubmit}>
            <label class="label" for="line">{ say(Word::GuideLine) }</label>
            <textarea id="line" rows="5" value={text} readonly={walked.wanted.is_some()} {onkeydown} {oninput} spellcheck="false" autocapitalize="none"
                autocomplete="off" />
            { station::buttons(walked.wanted.is_some(), back) }
        </form>
    }
}
