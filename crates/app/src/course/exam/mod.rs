//! A mock exam of the part of DVA-C02 that is about keys: nothing is told before its end, and everything after it.

mod clock;
mod desk;
mod result;
mod sitting;
mod start;

use std::rc::Rc;

use waxseal_study::{
    Index,
    exam::{draw, pool},
    progress::{Deed, Progress},
};
use yew::prelude::*;

use self::{
    desk::Desk,
    result::{Outcome, marked},
    sitting::{A_QUESTION, Asked, Clock, Room, Sitting, Turn},
    start::Start,
};
use super::{
    data::{self, Lessons},
    loaded::{use_loaded, when_known, when_loaded},
    progress::{Learner, use_learner},
};
use crate::components::dom;

/// An exam: what it is to be like, then one question after the other, then what came of it.
#[component]
pub(crate) fn Exam() -> Html {
    let (room, learner) = (use_reducer(Room::kept), use_learner());
    use_effect_with(room.clone(), |room| room.keep());
    let slugs = room.0.as_ref().map(Sitting::lessons).unwrap_or_default();
    let lessons = use_loaded(slugs, |slugs| async move { data::load(&slugs).await });
    when_known(learner, |Learner { known, record, .. }, index| {
        let turn = room.dispatcher();
        let Some(sitting) = room.0.clone() else {
            let (index, progress) = (index.clone(), known.progress.clone());
            return html! { <Start begin={move |wanted| turn.dispatch(Turn::Begin(drawn(wanted, &index, &progress)))} /> };
        };
        when_loaded(&lessons, |lessons| {
            let lessons = lessons.clone();
            if sitting.ended {
                let again = move |()| turn.dispatch(Turn::Leave);
                return html! { <Outcome {sitting} {lessons} index={index.clone()} {again} /> };
            }
            let end = ended(&sitting, &lessons, turn.clone(), record.clone());
            html! { <Desk {sitting} {lessons} {turn} {end} /> }
        })
    })
}

/// Ends it, and takes it down.
fn ended(
    sitting: &Sitting,
    lessons: &Rc<Lessons>,
    turn: UseReducerDispatcher<Room>,
    record: Callback<Deed>,
) -> Callback<()> {
    let (sitting, lessons) = (sitting.clone(), lessons.clone());
    Callback::from(move |()| {
        let answers = marked(&sitting, &lessons).iter().map(|it| (it.id().to_owned(), it.right)).collect();
        turn.dispatch(Turn::End { now: dom::now() });
        record.emit(Deed::Exam { answers });
    })
}

/// Draws an exam's questions.
fn drawn((count, timed): (usize, bool), index: &Index, progress: &Progress) -> Sitting {
    let now = dom::now();
    let (seed, pool) = (now as u64, pool(index));
    let asked = |id: &str| progress.questions.get(id).map(|it| it.at.as_millis());
    let question = |at: usize| {
        let item = pool.get(at)?;
        Some(Asked {
            id: item.id.to_owned(),
            lesson: item.lesson.to_owned(),
            answer: Vec::new(),
            marked: false,
        })
    };
    let questions: Vec<Asked> = draw(&pool, count, asked, seed).into_iter().filter_map(question).collect();
    let allowed = timed.then_some(A_QUESTION * questions.len() as i64);
    Sitting { seed, questions, at: 0, clock: Clock::new(allowed, now), ended: false }
}
