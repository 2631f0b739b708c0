//! The exam while it is taken.

use std::rc::Rc;

use waxseal_study::words::Word;
use web_sys::Element;
use yew::prelude::*;

use super::{
    clock::TimeLeft,
    sitting::{Asked, Room, Sitting, Turn},
};
use crate::{
    components::dom,
    course::{
        data::Lessons,
        question::{Choices, shown},
        words::{count, halves, rich, say, tell},
    },
};

#[derive(Properties, PartialEq)]
pub(super) struct DeskProps {
    pub(super) sitting: Sitting,
    pub(super) lessons: Rc<Lessons>,
    pub(super) turn: UseReducerDispatcher<Room>,
    /// Ends it.
    pub(super) end: Callback<()>,
}

/// One question at a time, and the way to all others.
#[component]
pub(super) fn Desk(props: &DeskProps) -> Html {
    let DeskProps { sitting, turn, .. } = props;
    let (heading, doubt) = (use_node_ref(), use_state_eq(|| false));
    use_effect_with((sitting.at, heading.clone()), {
        let doubt = doubt.setter();
        move |(_, heading)| {
            doubt.set(false);
            if let Some(element) = heading.cast::<Element>() {
                dom::focus(&element);
            }
        }
    });
    use_effect_with(*doubt, |doubt| {
        if *doubt {
            dom::focus_first(".exam .verdict button");
        }
    });
    let turn_clock = {
        let turn = turn.clone();
        Callback::from(move |on| turn.dispatch(Turn::Clock { on, now: dom::now() }))
    };
    html! {
        <div class="stacked exam">
            <TimeLeft clock={sitting.clock} turn={turn_clock} />
            <h2 ref={heading} tabindex="-1">{ tell(Word::ExamQuestion, &[("n", &(sitting.at + 1)), ("of", &sitting.questions.len())]) }</h2>
            { question(props) }
            { steps(props, &doubt) }
            { overview(props) }
        </div>
    }
}

fn question(props: &DeskProps) -> Html {
    let DeskProps { sitting, lessons, turn, .. } = props;
    let Some(asked) = sitting.questions.get(sitting.at) else { return Html::default() };
    let Some((question, words)) = lessons.question(&asked.id) else {
        return html! { <p>{ say(Word::ExamGone) }</p> };
    };
    let choose = {
        let turn = turn.clone();
        Callback::from(move |answer| turn.dispatch(Turn::Answer(answer)))
    };
    let shown = shown(&question, sitting.seed);
    let choices =
        Choices { question: &question, words: &words, shown: &shown, answer: &asked.answer, choose };
    html! {<>{ rich(&words.text) }{ choices.draw() }</>}
}

/// Whether a question is answered: half of an answer is none.
fn answered(lessons: &Lessons, asked: &Asked) -> bool {
    lessons
        .question(&asked.id)
        .map_or(!asked.answer.is_empty(), |(question, _)| question.is_whole(&asked.answer))
}

/// Back, on, mark, finish.
fn steps(props: &DeskProps, doubt: &UseStateHandle<bool>) -> Html {
    let DeskProps { sitting, lessons, turn, .. } = props;
    let (at, last) = (sitting.at, sitting.questions.len().saturating_sub(1));
    let act = |what: Turn| {
        let turn = turn.clone();
        move |_: MouseEvent| turn.dispatch(what.clone())
    };
    let marked = sitting.questions.get(at).is_some_and(|asked| asked.marked);
    let (open, still) = (sitting.open(|it| answered(lessons, it)), sitting.open(|it| !it.marked));
    let (todo, words) = match open.is_empty() {
        true => (still, [Word::ExamStillOne, Word::ExamStillMany]),
        false => (open, [Word::ExamOpenOne, Word::ExamOpenMany]),
    };
    let there = !todo.is_empty();
    let finish = {
        let (doubt, end) = (doubt.setter(), props.end.clone());
        move |_: MouseEvent| if there { doubt.set(true) } else { end.emit(()) }
    };
    html! {<>
        <p class="actions">
            <button type="button" class="button" onclick={act(Turn::Go(at.saturating_sub(1)))} aria-disabled={(at == 0).then_some("true")}>{ say(Word::ExamBack) }</button>
            <button type="button" class={classes!("button", (at < last).then_some("primary"))} onclick={act(Turn::Go(at + 1))} aria-disabled={(at == last).then_some("true")}>{ say(Word::ExamNext) }</button>
            <button type="button" class="button" onclick={act(Turn::Mark)} aria-pressed={marked.to_string()}>{ say(if marked { Word::ExamMarked } else { Word::ExamMark }) }</button>
            <button type="button" class={classes!("button", (at == last).then_some("primary"))} onclick={finish}>{ say(Word::ExamFinish) }</button>
        </p>
        if **doubt && there { { doubts(props, &todo, words, doubt) } }
    </>}
}

/// There are questions that are not answered, or were marked for later.
fn doubts(props: &DeskProps, todo: &[usize], words: [Word; 2], doubt: &UseStateHandle<bool>) -> Html {
    let first = todo.first().copied().unwrap_or_default();
    let back = {
        let (turn, doubt) = (props.turn.clone(), doubt.setter());
        move |_: MouseEvent| {
            doubt.set(false);
            turn.dispatch(Turn::Go(first));
            dom::focus_first(".exam h2");
        }
    };
    let text = count(todo.len(), words);
    html! {
        <div class="stacked verdict">
            <p role="alert">{ text }</p>
            <p class="actions">
                <button type="button" class="button primary" onclick={back}>{ say(Word::ExamToOpen) }</button>
                <button type="button" class="button" onclick={props.end.reform(|_: MouseEvent| ())}>{ say(Word::ExamFinishOpen) }</button>
            </p>
        </div>
    }
}

/// All questions, and how far each is.
fn overview(props: &DeskProps) -> Html {
    let DeskProps { sitting, lessons, turn, .. } = props;
    let (before, after) = halves(say(Word::ExamNumber));
    let one = |(at, asked): (usize, &Asked)| {
        let turn = turn.clone();
        let state = [
            answered(lessons, asked).then_some(("✓", Word::ExamIsAnswered)),
            asked.marked.then_some(("?", Word::ExamIsMarked)),
        ];
        let state = || state.into_iter().flatten();
        html! {
            <li>
                <button type="button" class="button" onclick={move |_| turn.dispatch(Turn::Go(at))} aria-current={(at == sitting.at).then_some("step")}>
                    <span class="heard">{ before }</span>{ at + 1 }<span class="heard">{ after }</span>
                    <span aria-hidden="true">{ for state().map(|(mark, _)| mark) }</span><span class="heard">{ for state().map(|(_, word)| say(word)) }</span>
                </button>
            </li>
        }
    };
    html! {
        <nav class="stacked" aria-label={say(Word::ExamQuestions)}>
            <ol class="numbers">{ for sitting.questions.iter().enumerate().map(one) }</ol>
            <p class="soft small" aria-hidden="true">{ say(Word::ExamLegend) }</p>
        </nav>
    }
}

#[cfg(test)]
mod tests;
