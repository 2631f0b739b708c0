//! Playing a lab before anybody does it.

use std::rc::Rc;

use futures_util::future::join;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Experiment, Task, Tried, understood},
};
use waxseal_study::{End, Lab, Rehearsal, author::Draft};
use yew::prelude::*;

use super::text;
use crate::{
    bridge::{Bridge, use_service},
    course::{lines, said},
    failure::FailureNote,
};

/// How a rehearsal has ended.
#[derive(Clone, PartialEq)]
struct Outcome {
    what: String,
    /// What is wrong, if something is.
    fault: Option<String>,
    /// What was printed, if it could be played.
    tried: Option<Tried>,
}

/// How playing goes.
#[derive(Clone, PartialEq)]
enum Playing {
    Idle,
    Busy,
    /// What has come of this draft.
    Done(Rc<Draft>, Rc<Vec<Outcome>>),
    Failed(Failure),
}

#[derive(Properties, PartialEq)]
pub(super) struct RehearseProps {
    pub(super) draft: Rc<Draft>,
}

/// A button that plays all of it, and how each part has ended.
#[component]
pub(super) fn Rehearse(props: &RehearseProps) -> Html {
    let (bridge, playing) = (use_service().bridge, use_state_eq(|| Playing::Idle));
    let busy = *playing == Playing::Busy;
    let onclick = {
        let (draft, playing) = (props.draft.clone(), playing.setter());
        move |_: MouseEvent| {
            if busy {
                return;
            }
            playing.set(Playing::Busy);
            let (bridge, draft, playing) = (bridge.clone(), draft.clone(), playing.clone());
            spawn_local(async move {
                // Lines of scripts are read in the words of the course; without them, as they are written.
                let (played, _) = join(play(&bridge, &draft.lab()), said::load()).await;
                playing.set(match played {
                    Ok(all) => Playing::Done(draft, Rc::new(all)),
                    Err(failure) => Playing::Failed(failure),
                });
            });
        }
    };
    let told = match &*playing {
        Playing::Busy => text::PLAYING,
        Playing::Done(draft, _) if *draft != props.draft => text::STALE,
        Playing::Done(_, all) if all.iter().all(|it| it.fault.is_none()) => text::ALL_FINE,
        _ => "",
    };
    html! {
        <section class="bench-part" aria-labelledby="lab-try">
            <h2 id="lab-try">{ text::TRY }</h2>
            <p class="soft reading">{ text::TRY_HINT }</p>
            <p class="actions">
                <button type="button" class="button primary" {onclick} aria-disabled={busy.then_some("true")}>{ text::PLAY }</button>
                <span role="status">{ told }</span>
            </p>
            if let Playing::Failed(failure) = &*playing { <FailureNote failure={failure.clone()} /> }
            if let Playing::Done(_, all) = &*playing { <ul class="lab-outcomes">{ for all.iter().map(outcome) }</ul> }
        </section>
    }
}

/// Plays each rehearsal in a sandbox of its own.
async fn play(bridge: &Bridge, lab: &Lab) -> Result<Vec<Outcome>, Failure> {
    let mut all = Vec::new();
    for rehearsal in lab.rehearsals() {
        let experiment = Experiment {
            start: lab.start,
            prepare: lab.prepare.clone(),
            script: rehearsal.script.to_owned(),
            checks: lab.checks(),
        };
        let what = words(&rehearsal);
        let tried: Result<Tried, String> = bridge.perform(Task::Try(experiment)).await?;
        all.push(match tried {
            Ok(tried) => {
                let fault = match understood(&lab.checks(), &tried.holds) {
                    Ok(holds) => lab.fault(&rehearsal, &lab.verdict(&holds)),
                    Err(error) => Some(error),
                };
                Outcome { what, fault, tried: Some(tried) }
            }
            Err(text) => Outcome { what, fault: Some(text), tried: None },
        });
    }
    Ok(all)
}

fn words(rehearsal: &Rehearsal<'_>) -> String {
    match rehearsal.end {
        End::Untouched => "Before anything is done".to_owned(),
        End::Solution => "The solution".to_owned(),
        End::Route => "The other way".to_owned(),
        End::Mistake("") => "The mistake without a name".to_owned(),
        End::Mistake(name) => format!("The mistake {name}"),
    }
}

fn outcome(outcome: &Outcome) -> Html {
    let word = if outcome.fault.is_some() { text::NOT_FINE } else { text::FINE };
    let played = outcome.tried.as_ref().filter(|tried| !tried.played.is_empty());
    html! {
        <li>
            <p><strong>{ &outcome.what }</strong>{ ": " }<span class={outcome.fault.as_ref().map(|_| "wrong")}>{ word }</span></p>
            if let Some(fault) = &outcome.fault { <p class="wrong">{ fault }</p> }
            if let Some(tried) = played {
                <details><summary>{ text::LINES }<span class="heard">{ format!(" for: {}", outcome.what) }</span></summary>{ lines(tried) }</details>
            }
        </li>
    }
}
