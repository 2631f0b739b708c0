//! What came of an exam.

use std::{collections::BTreeSet, rc::Rc};

use waxseal_study::{
    Index, Question, QuestionText,
    exam::{Item, Score, is_right, pool, score},
    skill,
};
use web_sys::Element;
use yew::prelude::*;

use super::sitting::{Asked, Sitting};
use crate::{
    components::dom,
    course::{
        data::Lessons,
        question::{Proof, reasons, shown},
        words::rich,
    },
    site,
};

#[derive(Properties, PartialEq)]
pub(super) struct ResultProps {
    pub(super) sitting: Sitting,
    pub(super) lessons: Rc<Lessons>,
    pub(super) index: Rc<Index>,
    pub(super) again: Callback<()>,
}

/// The score, over all and by skill, what to repeat, and each question with its answer.
#[component]
pub(super) fn Outcome(props: &ResultProps) -> Html {
    let heading = use_node_ref();
    use_effect_with(heading.clone(), |heading| {
        if let Some(element) = heading.cast::<Element>() {
            dom::focus(&element);
        }
    });
    let ResultProps { sitting, lessons, index, again } = props;
    let marked = marked(sitting, lessons);
    html! {
        <div class="stacked exam">
            <h2 ref={heading} tabindex="-1">{ "Your result" }</h2>
            { scores(sitting, &marked, index) }
            { to_repeat(&marked, index) }
            <h2>{ "Questions and answers" }</h2>
            { for marked.iter().enumerate().map(|(at, it)| answered(sitting, at, it)) }
            <p class="actions"><button type="button" class="button primary" onclick={again.reform(|_: MouseEvent| ())}>{ "Take another exam" }</button></p>
        </div>
    }
}

/// A question that was asked, and whether it was answered right.
pub(super) struct Marked<'a> {
    asked: &'a Asked,
    question: Rc<Question>,
    words: Rc<QuestionText>,
    pub(super) right: bool,
}

impl Marked<'_> {
    pub(super) fn id(&self) -> &str {
        &self.asked.id
    }
}

/// All questions of an exam; but those that the course no longer has.
pub(super) fn marked<'a>(sitting: &'a Sitting, lessons: &Lessons) -> Vec<Marked<'a>> {
    let one = |asked: &'a Asked| {
        let (question, words) = lessons.question(&asked.id)?;
        Some(Marked { asked, right: is_right(&question, &asked.answer), question, words })
    };
    sitting.questions.iter().filter_map(one).collect()
}

fn scores(sitting: &Sitting, marked: &[Marked<'_>], index: &Index) -> Html {
    let pool = pool(index);
    let of = |it: &Marked<'_>| pool.iter().find(|item| item.id == it.asked.id).map(|item| (item, it.right));
    let answered: Vec<(&Item<'_>, bool)> = marked.iter().filter_map(of).collect();
    let (all, skills) = score(answered);
    let row = |(number, score): (&str, Score)| {
        html! {
            <tr><th scope="row">{ skill(number).unwrap_or_default() }<span class="soft">{ format!(" {number}") }</span></th><td>{ outcome(score) }</td></tr>
        }
    };
    html! {<>
        <p class="lead">{ format!("{}, {} %.", outcome(all), all.percent()) }</p>
        <p>{ pace(sitting) }{ "The exam itself is passed with 720 of 1000 points, and points are not percent." }</p>
        <table>
            <caption class="heard">{ "By skill of DVA-C02" }</caption>
            <thead><tr><th scope="col">{ "Skill of DVA-C02" }</th><th scope="col">{ "Right" }</th></tr></thead>
            <tbody>{ for skills.into_iter().map(row) }</tbody>
        </table>
    </>}
}

/// `14 of 20`
fn outcome(score: Score) -> String {
    format!("{} of {}", score.right, score.of)
}

/// How long it took.
fn pace(sitting: &Sitting) -> String {
    let minutes = |millis: i64| (millis + 59_999) / 60_000;
    // Its clock stands.
    let spent = sitting.clock.spent(0);
    match sitting.clock.allowed {
        None => String::new(),
        Some(allowed) => format!("It took {} of {} minutes. ", minutes(spent), minutes(allowed)),
    }
}

/// The objectives of what went wrong, each with the step that shows it.
fn to_repeat(marked: &[Marked<'_>], index: &Index) -> Html {
    let wrong = marked.iter().filter(|it| !it.right);
    let ids: BTreeSet<&str> =
        wrong.flat_map(|it| it.question.objectives.iter().map(String::as_str)).collect();
    if ids.is_empty() {
        return html! { <p>{ "Nothing went wrong, so there is nothing to repeat." }</p> };
    }
    let known = index.objectives().filter(|(_, aim)| ids.contains(&*aim.id));
    let one = |(lesson, aim): (&waxseal_study::Entry, &waxseal_study::Aim)| {
        let step = lesson.steps.iter().find(|step| step.is_about(&aim.id));
        let href =
            format!("{}learn/{}/#{}", site::root_path(), lesson.slug, step.map_or("", |step| &*step.id));
        html! { <li><a {href}>{ rich(&aim.text) }</a></li> }
    };
    html! {<>
        <h2>{ "To repeat" }</h2>
        <ul>{ for known.map(one) }</ul>
    </>}
}

fn answered(sitting: &Sitting, at: usize, it: &Marked<'_>) -> Html {
    let Marked { asked, question, words, right } = it;
    let (mark, word) = match (right, asked.answer.is_empty()) {
        (true, _) => ("✓ ", "right"),
        (false, true) => ("✗ ", "no answer"),
        (false, false) => ("✗ ", "not right"),
    };
    html! {
        <details>
            <summary><span aria-hidden="true">{ mark }</span>{ format!("Question {}: {word}", at + 1) }</summary>
            <div class="stacked question">
                { rich(&words.text) }
                { reasons(question, words, &shown(question, sitting.seed), &asked.answer) }
                <Proof question={question.clone()} words={words.clone()} answer={asked.answer.clone()} />
            </div>
        </details>
    }
}
