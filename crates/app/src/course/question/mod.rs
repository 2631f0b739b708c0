//! A question: what can be answered, whether that is right and why, and the proof of it on the engine.

mod cards;
mod choices;
mod proof;
mod reasons;

use std::{cell::RefCell, rc::Rc};

use waxseal_study::{
    Kind, Question, QuestionText,
    exam::{disordered, is_right, seed, shuffled},
    words::Word,
};
use web_sys::Element;
use yew::prelude::*;

use super::words::{rich, say};
use crate::components::dom;
pub(crate) use choices::Choices;
pub(crate) use proof::Proof;
pub(crate) use reasons::reasons;

#[derive(Properties, PartialEq)]
pub(crate) struct AskProps {
    pub(crate) question: Rc<Question>,
    pub(crate) words: Rc<QuestionText>,
    /// Options stand in another order for each; as in the text for 0.
    #[prop_or_default]
    pub(crate) seed: u64,
    /// Told whether the first answer was right. Later ones are given knowing why, and prove nothing.
    pub(crate) answered: Callback<bool>,
}

/// How far an answer is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    Open,
    /// It was to be checked and is not there.
    Missing,
    Checked,
}

/// A question that is answered on the spot, as often as one likes.
#[component]
pub(crate) fn Ask(props: &AskProps) -> Html {
    let AskProps { question, words, .. } = props;
    let (answer, stage) = (use_state_eq(Vec::<usize>::new), use_state_eq(|| Stage::Open));
    let (verdict, told) = (use_node_ref(), use_mut_ref(|| false));
    use_effect_with((*stage, verdict.clone()), |(stage, verdict)| {
        if *stage == Stage::Checked
            && let Some(element) = verdict.cast::<Element>()
        {
            dom::focus(&element);
        }
    });
    let shown = shown(question, props.seed);
    let body = if *stage == Stage::Checked {
        checked(props, &shown, &answer, &stage, &verdict)
    } else {
        let choose = Callback::from({
            let (answer, stage) = (answer.setter(), stage.setter());
            move |chosen| {
                answer.set(chosen);
                stage.set(Stage::Open);
            }
        });
        Choices { question, words, shown: &shown, answer: &answer, choose }.draw()
    };
    html! {
        <div class="stacked question">
            { rich(&words.text) }
            { body }
            if *stage != Stage::Checked { { check(props, &answer, &stage, &told) } }
        </div>
    }
}

/// The button that checks an answer, if there is one.
fn check(
    props: &AskProps,
    answer: &UseStateHandle<Vec<usize>>,
    stage: &UseStateHandle<Stage>,
    told: &Rc<RefCell<bool>>,
) -> Html {
    let kind = props.question.kind;
    let onclick = {
        let (question, answered) = (props.question.clone(), props.answered.clone());
        let (answer, stage, told) = (answer.clone(), stage.setter(), told.clone());
        move |_: MouseEvent| {
            if answer.is_empty() {
                stage.set(Stage::Missing);
                dom::focus_first(&format!("#{} :is(input, button)", choices::name(&question)));
            } else {
                stage.set(Stage::Checked);
                if !told.replace(true) {
                    answered.emit(is_right(&question, &answer));
                }
            }
        }
    };
    let missing = match kind {
        Kind::Order => say(Word::QuestionMoveFirst),
        Kind::Single | Kind::Multiple => say(Word::QuestionChooseFirst),
    };
    html! {<>
        <p class="soft" role="status">if **stage == Stage::Missing { { missing } }</p>
        <p class="actions"><button type="button" class="button primary" {onclick}>{ say(Word::QuestionCheck) }</button></p>
    </>}
}

/// What an answer turned out to be.
fn checked(
    props: &AskProps,
    shown: &[usize],
    answer: &UseStateHandle<Vec<usize>>,
    stage: &UseStateHandle<Stage>,
    verdict: &NodeRef,
) -> Html {
    let AskProps { question, words, .. } = props;
    let again = {
        let (answer, stage, name) = (answer.setter(), stage.setter(), choices::name(question));
        move |_: MouseEvent| {
            answer.set(Vec::new());
            stage.set(Stage::Open);
            // What is to have the focus is drawn first.
            let wanted = format!("#{name} :is(input, button)");
            gloo_timers::callback::Timeout::new(0, move || dom::focus_first(&wanted)).forget();
        }
    };
    let right = is_right(question, answer);
    html! {<>
        <p ref={verdict.clone()} class="verdict" tabindex="-1"><strong>{ if right { "✓ " } else { "✗ " } }{ say(if right { Word::QuestionRight } else { Word::QuestionWrong }) }</strong></p>
        { reasons(question, words, shown, answer) }
        <Proof question={question.clone()} words={words.clone()} answer={(**answer).clone()} />
        <p class="actions"><button type="button" class="quiet" onclick={again}>{ say(Word::QuestionAgain) }</button></p>
    </>}
}

/// In which order the options are shown.
pub(crate) fn shown(question: &Question, by: u64) -> Vec<usize> {
    let (count, seed) = (question.options.len(), seed(&question.id) ^ by);
    match question.kind {
        Kind::Order => disordered(count, seed),
        Kind::Single | Kind::Multiple if by == 0 => (0..count).collect(),
        Kind::Single | Kind::Multiple => shuffled(count, seed),
    }
}

#[cfg(test)]
pub(super) mod tests;
