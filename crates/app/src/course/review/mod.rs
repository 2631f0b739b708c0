//! Review: what is due is done again, one thing at a time.

mod task;
mod text;

use std::rc::Rc;

use waxseal_api::Timestamp;
use waxseal_study::{Index, progress::Progress, review::round, words::Word};
use yew::prelude::*;

use self::task::{Again, TaskPart};
use super::{
    loaded::when_known,
    progress::{Learner, use_learner},
    said::page,
    words::{self, say, tell},
};
use crate::components::dom;

/// How many of the shakiest are offered when nothing is due.
const SHAKIEST: usize = 5;

/// What is done on this visit: fixed when it begins, so that what is answered does not change what comes next.
#[derive(Clone, PartialEq)]
struct Round {
    tasks: Rc<Vec<Again>>,
    at: usize,
    /// How many were answered.
    answered: usize,
    /// How many of these right.
    right: usize,
}

/// What is due, and the way through it.
#[component]
pub(crate) fn Review() -> Html {
    let begun = use_state_eq(|| None::<Round>);
    when_known(use_learner(), |Learner { known, record, .. }, index| {
        let now = Timestamp::from_millis(dom::now());
        let offer = || begin(&known.progress, now, index, &begun);
        let Some(round) = &*begun else { return html! { <div class="stacked review">{ offer() }</div> } };
        let Some(task) = round.tasks.get(round.at) else {
            let said = text::done(round.right, round.answered);
            return html! { <div class="stacked review"><p role="status" class="lead">{ said }</p>{ offer() }</div> };
        };
        let next = {
            let (begun, round) = (begun.setter(), round.clone());
            Callback::from(move |right: Option<bool>| begun.set(Some(round.after(right))))
        };
        html! { <TaskPart key={round.at} task={task.clone()} at={round.at} of={round.tasks.len()} record={record.clone()} {next} /> }
    })
}

impl Round {
    /// The next task, after one was answered or left.
    fn after(&self, right: Option<bool>) -> Self {
        Self {
            tasks: self.tasks.clone(),
            at: self.at + 1,
            answered: self.answered + usize::from(right.is_some()),
            right: self.right + usize::from(right == Some(true)),
        }
    }
}

/// Says what is due, and offers it; and when nothing is, what is shakiest.
fn begin(
    progress: &Rc<Progress>,
    now: Timestamp,
    index: &Rc<Index>,
    begun: &UseStateHandle<Option<Round>>,
) -> Html {
    let (due, needs) = (progress.due(now, index).len(), progress.needs(now, index));
    let coming: Vec<Timestamp> = needs.iter().map(|need| need.due).filter(|due| *due > now).collect();
    let start = {
        let (begun, progress, index) = (begun.setter(), progress.clone(), index.clone());
        move |_: MouseEvent| {
            let needs = if due > 0 { progress.due(now, &index) } else { progress.needs(now, &index) };
            let most = if due > 0 { needs.len() } else { SHAKIEST };
            let tasks = round(&needs, most, &progress, &index).iter().map(Again::of).collect();
            begun.set(Some(Round { tasks: Rc::new(tasks), at: 0, answered: 0, right: 0 }));
        }
    };
    html! {<>
        <p>{ text::due(due, needs.len()) }</p>
        if let Some(next) = text::next(&coming, now) { <p class="soft">{ next }</p> }
        <p class="actions">
            if due == 0 { { onward(progress, now, index) } }
            if !needs.is_empty() {
                <button type="button" class={classes!("button", (due > 0).then_some("primary"))} onclick={start}>
                    { say(if due > 0 { Word::ReviewBegin } else { Word::ReviewShakiest }) }
                </button>
            }
        </p>
    </>}
}

/// Where to go when nothing is due: on in the lessons, while there is anything untouched in them, and to an exam.
fn onward(progress: &Progress, now: Timestamp, index: &Index) -> Html {
    let lesson = progress.onward(now, index).map(|(lesson, step)| {
        let href = format!("{}#{}", words::place(lesson), step.id);
        html! { <a class="button primary" {href}>{ tell(Word::ReviewLesson, &[("n", &lesson.number)]) }</a> }
    });
    html! {<>
        { lesson.unwrap_or_default() }
        <a class="button" href={page("exam")}>{ say(Word::ReviewExam) }</a>
    </>}
}
