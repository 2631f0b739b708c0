//! What came of an exam.

use std::{collections::BTreeSet, rc::Rc};

use waxseal_study::{
    Index, Question, QuestionText,
    exam::{Item, Score, is_right, pool, score},
    skill,
    words::Word,
};
use web_sys::Element;
use yew::prelude::*;

use super::sitting::{Asked, Sitting};
use crate::{
    components::dom,
    course::{
        data::Lessons,
        question::{Proof, reasons, shown},
        words::{self, rich, say, tell},
    },
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
            <h2 ref={heading} tabindex="-1">{ say(Word::ExamResult) }</h2>
            { scores(sitting, &marked, index) }
            { to_repeat(&marked, index) }
            <h2>{ say(Word::ExamAnswers) }</h2>
            { for marked.iter().enumerate().map(|(at, it)| answered(sitting, at, it)) }
            <p class="actions"><button type="button" class="button primary" onclick={again.reform(|_: MouseEvent| ())}>{ say(Word::ExamAnother) }</button></p>
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
            <tr><th scope="row">{ skill(number).map_or("", say) }<span class="soft">{ format!(" {number}") }</span></th><td>{ outcome(score) }</td></tr>
        }
    };
    html! {<>
        <p class="lead">{ tell(Word::ExamScore, &[("n", &all.right), ("of", &all.of), ("percent", &all.percent())]) }</p>
        <p>{ pace(sitting) }{ say(Word::ExamPassed) }</p>
        <table>
            <caption class="heard">{ say(Word::ExamBySkill) }</caption>
            <thead><tr><th scope="col">{ say(Word::ExamSkill) }</th><th scope="col">{ say(Word::ExamRight) }</th></tr></thead>
            <tbody>{ for skills.into_iter().map(row) }</tbody>
        </table>
    </>}
}

/// `14 of 20`
fn outcome(score: Score) -> String {
    tell(Word::ExamShare, &[("n", &score.right), ("of", &score.of)])
}

/// How long it took.
fn pace(sitting: &Sitting) -> String {
    let minutes = |millis: i64| (millis + 59_999) / 60_000;
    // Its clock stands.
    let spent = sitting.clock.spent(0);
    match sitting.clock.allowed {
        None => String::new(),
        Some(allowed) => tell(Word::ExamPace, &[("n", &minutes(spent)), ("of", &minutes(allowed))]) + " ",
    }
}

/// The objectives of what went wrong, each with the step that shows it.
fn to_repeat(marked: &[Marked<'_>], index: &Index) -> Html {
    let wrong = marked.iter().filter(|it| !it.right);
    let ids: BTreeSet<&str> =
        wrong.flat_map(|it| it.question.objectives.iter().map(String::as_str)).collect();
    if ids.is_empty() {
        return html! { <p>{ say(Word::ExamNothing) }</p> };
    }
    let known = index.objectives().filter(|(_, aim)| ids.contains(&*aim.id));
    let one = |(lesson, aim): (&waxseal_study::Entry, &waxseal_study::Aim)| {
        let step = lesson.steps.iter().find(|step| step.is_about(&aim.id));
        let href = format!("{}#{}", words::place(lesson), step.map_or("", |step| &*step.id));
        html! { <li><a {href} lang={lesson.language.clone()}>{ rich(&aim.text) }</a></li> }
    };
    html! {<>
        <h2>{ say(Word::ExamRepeat) }</h2>
        <ul>{ for known.map(one) }</ul>
    </>}
}

fn answered(sitting: &Sitting, at: usize, it: &Marked<'_>) -> Html {
    let Marked { asked, question, words, right } = it;
    let (mark, word) = match (right, asked.answer.is_empty()) {
        (true, _) => ("✓ ", Word::ExamWasRight),
        (false, true) => ("✗ ", Word::ExamWasOpen),
        (false, false) => ("✗ ", Word::ExamWasWrong),
    };
    html! {
        <details>
            <summary><span aria-hidden="true">{ mark }</span>{ tell(word, &[("n", &(at + 1))]) }</summary>
            <div class="stacked question">
                { rich(&words.text) }
                { reasons(question, words, &shown(question, sitting.seed), &asked.answer) }
                <Proof question={question.clone()} words={words.clone()} answer={asked.answer.clone()} />
            </div>
        </details>
    }
}
