//! One thing that is done again.

use waxseal_study::{Part, progress::Deed, review::Task, words::Word};
use web_sys::Element;
use yew::prelude::*;

use crate::{
    components::dom,
    course::{
        data,
        loaded::{use_loaded, when_loaded},
        question::Ask,
        words::{self, around, rich, say, tell},
    },
};

/// A task, by names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Again {
    /// What one can do then.
    aim: String,
    number: u8,
    /// The lesson's name in addresses.
    lesson: String,
    /// Where it is.
    place: String,
    question: String,
    /// Name and title of a step that shows it, and of a lab about it.
    step: Option<(String, String)>,
    lab: Option<(String, String)>,
}

impl Again {
    pub(super) fn of(task: &Task<'_>) -> Self {
        let about = |parts: &[Part]| {
            let found = parts.iter().find(|part| part.is_about(&task.aim.id));
            found.map(|part| (part.id.clone(), part.title.clone()))
        };
        Self {
            aim: task.aim.text.clone(),
            number: task.lesson.number,
            lesson: task.lesson.slug.clone(),
            place: words::place(task.lesson),
            question: task.question.id.clone(),
            step: about(&task.lesson.steps),
            lab: about(&task.lesson.labs),
        }
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct TaskProps {
    pub(super) task: Again,
    pub(super) at: usize,
    pub(super) of: usize,
    pub(super) record: Callback<Deed>,
    /// Told when it is left: whether it was right, if it was answered.
    pub(super) next: Callback<Option<bool>>,
}

/// A question about the objective, or the way to its lab.
#[component]
pub(super) fn TaskPart(props: &TaskProps) -> Html {
    let TaskProps { task, at, of, record, next } = props;
    let (heading, right) = (use_node_ref(), use_state_eq(|| None::<bool>));
    let lessons = use_loaded(task.lesson.clone(), |slug| async move { data::load(&[slug]).await });
    use_effect_with(heading.clone(), |heading| {
        if let Some(element) = heading.cast::<Element>() {
            dom::focus(&element);
        }
    });
    let seed = use_memo((), |()| dom::now() as u64);
    let answered = {
        let (right, record, question) = (right.setter(), record.clone(), task.question.clone());
        Callback::from(move |was: bool| {
            right.set(Some(was));
            record.emit(Deed::Question { question: question.clone(), right: was });
        })
    };
    let way = |word: Word, to: &Option<(String, String)>| {
        let link = |(id, title): &(String, String)| html! { <a href={format!("{}#{id}", task.place)}>{ rich(title) }</a> };
        to.as_ref().map(|to| html! { <p>{ around(word, link(to)) }</p> }).unwrap_or_default()
    };
    let leave = |right: Option<bool>| next.reform(move |_: MouseEvent| right);
    html! {
        <div class="stacked review">
            <p class="label">{ tell(Word::ReviewAt, &[("n", &(at + 1)), ("of", of), ("lesson", &task.number)]) }</p>
            <h2 ref={heading} tabindex="-1">{ rich(&task.aim) }</h2>
            { when_loaded(&lessons, |lessons| match lessons.question(&task.question) {
                Some((question, words)) => html! { <Ask {question} {words} seed={*seed} {answered} /> },
                None => html! { <p>{ say(Word::ReviewGone) }</p> },
            }) }
            if *right == Some(false) { { way(Word::ReviewRead, &task.step) } }
            { way(Word::ReviewByHand, &task.lab) }
            <p class="actions">
                if right.is_some() {
                    <button type="button" class="button primary" onclick={leave(*right)}>{ say(if at + 1 < *of { Word::ReviewNext } else { Word::ReviewLast }) }</button>
                } else {
                    <button type="button" class="quiet" onclick={leave(None)}>{ say(Word::ReviewLeave) }</button>
                }
            </p>
        </div>
    }
}
