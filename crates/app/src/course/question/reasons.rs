//! Which options are right, and why.

use waxseal_study::{Kind, Question, QuestionText, words::Word};
use yew::prelude::*;

use crate::course::words::{rich, say, tell};

/// Of each option whether it is right, whether it was chosen, and why; of an order, where each card belongs.
pub(crate) fn reasons(question: &Question, words: &QuestionText, shown: &[usize], answer: &[usize]) -> Html {
    if question.kind == Kind::Order {
        return places(question, words, answer);
    }
    let option = |at: &usize| {
        let right = question.options.get(*at).is_some_and(|it| it.right);
        let verdict = match (right, answer.contains(at)) {
            (true, true) => Word::QuestionRightChosen,
            (true, false) => Word::QuestionRightLeft,
            (false, true) => Word::QuestionWrongChosen,
            (false, false) => Word::QuestionWrongLeft,
        };
        reason(words, *at, right, say(verdict).to_owned())
    };
    html! { <ul class="reasons">{ for shown.iter().map(option) }</ul> }
}

/// The right order.
fn places(question: &Question, words: &QuestionText, answer: &[usize]) -> Html {
    let card = |at: usize| {
        let yours = answer.iter().position(|it| *it == at);
        let verdict = match yours {
            Some(place) if place == at => say(Word::QuestionInPlace).to_owned(),
            Some(place) => tell(Word::QuestionHadPlace, &[("n", &(place + 1))]),
            None => String::new(),
        };
        reason(words, at, yours == Some(at), verdict)
    };
    html! {<>
        <p class="label">{ say(Word::QuestionRightOrder) }</p>
        <ol class="reasons">{ for (0..question.options.len()).map(card) }</ol>
    </>}
}

fn reason(words: &QuestionText, at: usize, right: bool, verdict: String) -> Html {
    let word = |list: &[String]| rich(list.get(at).map_or("", String::as_str));
    html! {
        <li>
            <p><strong>{ word(&words.options) }</strong></p>
            if !verdict.is_empty() {
                <p class="mark"><span aria-hidden="true">{ if right { "✓ " } else { "✗ " } }</span>{ verdict }</p>
            }
            <p>{ word(&words.why) }</p>
        </li>
    }
}
