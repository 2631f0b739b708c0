//! A step: say what you expect, run it, see why.

use std::rc::Rc;

use waxseal_api::sandbox::{Played, Printed, Tried};
use waxseal_study::{Predict, Step, StepText, Trial, words::Word};
use yew::prelude::*;

use super::{
    engine::{Trying, use_trial},
    folded::folded,
    words::{around, rich, say, script_line},
};
use crate::{components::dom, failure::FailureNote, workbench::command};

#[derive(Properties, PartialEq)]
pub(crate) struct StepProps {
    pub(crate) step: Rc<Step>,
    pub(crate) words: Rc<StepText>,
    /// Told when it was run, with whether what was expected turned out right, if that was asked.
    pub(crate) done: Callback<Option<bool>>,
}

/// What is tried in a step.
#[component]
pub(crate) fn StepPart(props: &StepProps) -> Html {
    let Some(trial) = &props.step.trial else { return Html::default() };
    let (id, turns_out) = (props.step.id.clone(), props.step.predict);
    html! { <TrialPart {id} trial={trial.clone()} {turns_out} words={props.words.clone()} told={props.done.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct TrialProps {
    id: AttrValue,
    trial: Trial,
    /// Which of the predictions is right.
    turns_out: Option<usize>,
    words: Rc<StepText>,
    told: Callback<Option<bool>>,
}

#[component]
fn TrialPart(props: &TrialProps) -> Html {
    let (trying, start) = use_trial();
    let (expected, hurried) = (use_state_eq(|| None::<usize>), use_state_eq(|| false));
    let done = matches!(trying, Trying::Done(_));
    use_effect_with(done, {
        let (told, expected, turns_out) = (props.told.clone(), *expected, props.turns_out);
        move |done| {
            if *done {
                told.emit(turns_out.map(|at| expected == Some(at)));
            }
        }
    });
    let run = {
        let (experiment, expected) = (props.trial.experiment(), *expected);
        let (asks, hurried, id) = (props.words.predict.is_some(), hurried.setter(), props.id.clone());
        Callback::from(move |_: MouseEvent| {
            hurried.set(asks && expected.is_none());
            if asks && expected.is_none() {
                dom::focus_first(&format!("#{id} input"));
            } else {
                start.emit(vec![experiment.clone()]);
            }
        })
    };
    html! {<>
        if let Some(predict) = &props.words.predict { { predictions(&props.id, predict, &expected, done) } }
        if !done { { commands(&props.trial.script) } }
        <p class="actions">
            <button type="button" class="button primary" onclick={run} disabled={trying == Trying::Busy}>
                { say(if done { Word::StepAgain } else { Word::StepRun }) }
            </button>
            <span class="soft" role="status">
                if trying == Trying::Busy { { say(Word::StepRunning) } }
                else if *hurried && expected.is_none() { { say(Word::StepExpect) } }
            </span>
        </p>
        { outcome(&trying, props, *expected) }
    </>}
}

/// What one can expect. It cannot be changed once it is known.
fn predictions(id: &str, predict: &Predict, expected: &UseStateHandle<Option<usize>>, done: bool) -> Html {
    let option = |(at, option): (usize, &String)| {
        let choose = expected.setter();
        html! {
            <label class="check">
                <input type="radio" name={format!("expect-{id}")} checked={**expected == Some(at)} disabled={done} onchange={move |_| choose.set(Some(at))} />
                <span>{ rich(option) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="choices stacked">
            <legend><strong>{ rich(&predict.question) }</strong></legend>
            { for predict.options.iter().enumerate().map(option) }
        </fieldset>
    }
}

fn outcome(trying: &Trying, props: &TrialProps, expected: Option<usize>) -> Html {
    match trying {
        Trying::Idle | Trying::Busy => Html::default(),
        Trying::Failed(failure) => html! { <FailureNote failure={failure.clone()} /> },
        Trying::Done(tried) => html! {<>
            { for tried.iter().map(lines) }
            { verdict(props, expected) }
            { props.words.why.as_deref().map(rich).unwrap_or_default() }
        </>},
    }
}

/// How it turned out, beside what was expected.
fn verdict(props: &TrialProps, expected: Option<usize>) -> Html {
    let option = |at: usize| props.words.predict.as_ref()?.options.get(at);
    let Some((at, answer)) = props.turns_out.and_then(|at| Some((at, option(at)?))) else {
        return Html::default();
    };
    let word = if expected == Some(at) { Word::StepExpected } else { Word::StepOtherwise };
    html! { <p class="verdict" role="status"><strong>{ around(word, rich(answer)) }</strong></p> }
}

/// The lines that have run, each with what it has printed.
pub(crate) fn lines(tried: &Tried) -> Html {
    if tried.played.is_empty() {
        return Html::default();
    }
    html! {
        <div class="terminal-output tried" role="group" aria-label={say(Word::StepPrinted)} tabindex="0">
            { for tried.played.iter().map(line) }
        </div>
    }
}

/// A line that has run.
pub(crate) fn line(played: &Played) -> Html {
    let Played { line, stdout, stderr, exit } = played.clone();
    let out = Printed { stdout, stderr, exit, ..Printed::default() };
    html! {
        <div class="terminal-block">
            <p class="terminal-entered"><code class="soft">{ "$ " }</code><code>{ command(&script_line(&line)) }</code></p>
            { folded(out) }
        </div>
    }
}

/// A script, as it is read.
pub(crate) fn commands(script: &str) -> Html {
    let line = |line: &str| html! { <span class="line">{ command(&script_line(line)) }{ "\n" }</span> };
    html! { <pre class="commands" tabindex="0"><code>{ for script.trim().lines().map(line) }</code></pre> }
}
