//! What the checks of a draft say: of the sandbox as it is now, and of one in which nothing was done yet.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Experiment, Holds, KeyRow, Start, Task, Tried},
};
use waxseal_study::author::{Draft, Goal, suggested};
use yew::prelude::*;

use crate::{
    bridge::{Bridge, use_service},
    workbench::known::Known,
};

/// How long nothing is written before it is judged, in milliseconds.
const PATIENCE: u32 = 300;
/// So many keys are looked at for suggestions.
const KEYS: usize = 100;

/// What checks say.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Judged {
    /// Of each check whether it holds now, and whether it does at the beginning.
    checks: Vec<(String, Holds, Holds)>,
    /// Why the beginning cannot be made, if it cannot.
    pub(super) lost: Option<String>,
    /// What holds now and does not at the beginning.
    pub(super) new: Vec<Goal>,
}

impl Judged {
    /// What a check says, now and at the beginning, once that is known.
    pub(super) fn of(&self, check: &str) -> Option<(&Holds, &Holds)> {
        let found = self.checks.iter().find(|(it, _, _)| it == check.trim());
        found.map(|(_, now, first)| (now, first))
    }
}

/// Judges a draft whenever it or its sandbox has changed, while the page is seen.
#[hook]
pub(super) fn use_judged(draft: &Rc<Draft>, known: &Rc<Known>, shown: bool) -> Rc<Judged> {
    let bridge = use_service().bridge;
    let (judged, newest) = (use_state_eq(Rc::<Judged>::default), use_mut_ref(|| 0_u32));
    let asked = (draft.start, draft.prepare.clone(), checks(draft));
    // What is known is another value when it has changed.
    use_effect_with((asked, Rc::as_ptr(known) as usize, shown), {
        let (judged, known) = (judged.setter(), known.clone());
        move |((start, prepare, checks), _, shown)| {
            *newest.borrow_mut() += 1;
            let serial = *newest.borrow();
            let (start, prepare, checks, known) = (*start, prepare.clone(), checks.clone(), known.clone());
            let timer = shown.then(|| {
                Timeout::new(PATIENCE, move || {
                    spawn_local(async move {
                        let answer = judge(&bridge, (start, &prepare), checks, &known).await;
                        if *newest.borrow() == serial {
                            judged.set(Rc::new(answer));
                        }
                    });
                })
            });
            move || drop(timer)
        }
    });
    (*judged).clone()
}

/// The checks that are written, each once.
fn checks(draft: &Draft) -> Vec<String> {
    let mut all = Vec::new();
    for check in draft.lab().checks() {
        if !check.is_empty() && !all.contains(&check) {
            all.push(check);
        }
    }
    all
}

async fn judge(bridge: &Bridge, start: (Start, &str), mut checks: Vec<String>, known: &Known) -> Judged {
    let keys: Vec<KeyRow> = bridge.perform(Task::Keys { after: None, limit: KEYS }).await.unwrap_or_default();
    let log = known.log.iter().rev().map(|entry| &entry.record);
    let mut new = suggested(log, &keys, &known.terminal.files);
    let own = checks.len();
    checks.extend(new.iter().map(|goal| goal.check.clone()));
    let (now, first) = (ask(bridge, &checks, None).await, ask(bridge, &checks, Some(start)).await);
    let lost = now.as_ref().err().or(first.as_ref().err()).cloned();
    let (Ok(now), Ok(first)) = (now, first) else { return Judged { lost, ..Judged::default() } };
    let mut at = own..;
    new.retain(|_| at.next().is_some_and(|at| now[at] == Ok(true) && first[at] == Ok(false)));
    let all = checks.into_iter().zip(now).zip(first).map(|((check, now), first)| (check, now, first));
    Judged { checks: all.collect(), lost, new }
}

/// What each check says, of the sandbox or of one that begins like this and is forgotten.
async fn ask(bridge: &Bridge, checks: &[String], start: Option<(Start, &str)>) -> Result<Vec<Holds>, String> {
    let checks = checks.to_vec();
    let told = match start {
        None => bridge.perform(Task::Judge { checks }).await,
        Some((start, prepare)) => {
            let task =
                Task::Try(Experiment { start, prepare: prepare.to_owned(), script: String::new(), checks });
            let tried: Result<Result<Tried, String>, Failure> = bridge.perform(task).await;
            match tried {
                Ok(tried) => return tried.map(|tried| tried.holds),
                Err(failure) => Err(failure),
            }
        }
    };
    told.map_err(|failure| failure.message().to_owned())
}
