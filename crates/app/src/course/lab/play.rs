//! A solution, played line by line in a sandbox that is forgotten afterwards. The learner's own stays as it is.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use waxseal_api::sandbox::{Experiment, Played, Tried, understood};
use waxseal_study::{Lab, LabText, words::Word};
use web_sys::Element;
use yew::prelude::*;

use crate::{
    components::dom,
    course::{
        engine::{Trying, use_trial},
        step::line,
        words::{rich, say},
    },
    failure::FailureNote,
};

/// How long a line stays the last one, in milliseconds, and how much longer for each character that it has printed.
const PACE: u32 = 1500;
const PACE_OF_ONE: u32 = 5;
const LONGEST: u32 = 5000;

#[derive(Properties, PartialEq)]
pub(super) struct PlayProps {
    pub(super) lab: Rc<Lab>,
    pub(super) words: Rc<LabText>,
    /// Whether what to notice is told already.
    pub(super) noticed: bool,
}

/// What a press of the button does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Next {
    /// It is played from its beginning.
    Start,
    /// Nothing: its lines are being run.
    Wait,
    /// It is held up.
    Stop,
    /// It goes on.
    GoOn,
}

/// Buttons that play, stop and hurry; the lines that were played so far; and what to notice in the end.
#[component]
pub(super) fn Play(props: &PlayProps) -> Html {
    let (trying, start) = use_trial();
    let (seen, going, screen) = (use_state_eq(|| 0_usize), use_state_eq(|| false), use_node_ref());
    let tried = match &trying {
        Trying::Done(all) => all.first(),
        _ => None,
    };
    let all = tried.map_or(0, |tried| tried.played.len());
    use_next_line(tried, &seen, *going);
    use_effect_with(*seen, {
        let screen = screen.clone();
        move |_| screen.cast::<Element>().iter().for_each(|it| it.set_scroll_top(it.scroll_height()))
    });
    let next = match (&trying, *going) {
        (Trying::Busy, _) => Next::Wait,
        (Trying::Done(_), true) if *seen < all => Next::Stop,
        (Trying::Done(_), false) if *seen < all => Next::GoOn,
        _ => Next::Start,
    };
    let press = {
        let (seen, going, experiment) = (seen.setter(), going.setter(), experiment(&props.lab));
        Callback::from(move |_: MouseEvent| match next {
            Next::Wait => {}
            Next::Stop => going.set(false),
            Next::GoOn => going.set(true),
            Next::Start => {
                seen.set(0);
                going.set(true);
                start.emit(vec![experiment.clone()]);
            }
        })
    };
    let rest = {
        let (seen, screen) = (seen.setter(), screen.clone());
        Callback::from(move |_: MouseEvent| {
            seen.set(all);
            // The button is gone then.
            screen.cast::<Element>().iter().for_each(dom::focus);
        })
    };
    html! {<>
        <p class="actions">
            <button type="button" class="button" onclick={press} aria-disabled={(next == Next::Wait).then_some("true")}>{ word(next, all) }</button>
            if *seen < all { <button type="button" class="button" onclick={rest}>{ say(Word::LabShowRest) }</button> }
            <span class="soft" role="status">{ told(next, all) }</span>
        </p>
        if let Trying::Failed(failure) = &trying { <FailureNote failure={failure.clone()} /> }
        if let Some(tried) = tried { { played(tried, *seen, &screen) }{ end(props, tried, *seen) } }
    </>}
}

/// Shows the next line when the last one was long enough to be read.
#[hook]
fn use_next_line(tried: Option<&Tried>, seen: &UseStateHandle<usize>, going: bool) {
    let pause = tried.filter(|tried| going && **seen < tried.played.len()).map(|tried| {
        let last = seen.checked_sub(1).and_then(|at| tried.played.get(at));
        last.map_or(0, reading)
    });
    let seen = seen.clone();
    use_effect_with((pause, *seen), move |&(pause, at)| {
        let timer = pause.map(|pause| Timeout::new(pause, move || seen.set(at + 1)));
        move || drop(timer)
    });
}

/// How long it takes to read what a line has printed, in milliseconds.
fn reading(played: &Played) -> u32 {
    let length = (played.stdout.len() + played.stderr.len()) as u32;
    PACE.saturating_add(length.saturating_mul(PACE_OF_ONE)).min(LONGEST)
}

fn experiment(lab: &Lab) -> Experiment {
    let Lab { start, prepare, solution, .. } = lab.clone();
    Experiment { start, prepare, script: solution, checks: lab.checks() }
}

fn word(next: Next, all: usize) -> &'static str {
    match next {
        Next::Start if all > 0 => say(Word::LabPlayAgain),
        Next::Start | Next::Wait => say(Word::LabPlay),
        Next::Stop => say(Word::LabStop),
        Next::GoOn => say(Word::LabPlayOn),
    }
}

fn told(next: Next, all: usize) -> &'static str {
    match next {
        Next::Wait => say(Word::LabPlaying),
        Next::Start if all == 0 => say(Word::LabPlayHint),
        _ => "",
    }
}

fn played(tried: &Tried, seen: usize, screen: &NodeRef) -> Html {
    html! {
        <div class="terminal-output tried" role="log" aria-label={say(Word::LabPlayed)} tabindex="0" ref={screen}>
            { for tried.played.iter().take(seen).map(line) }
        </div>
    }
}

/// What to notice, when all of it was played.
fn end(props: &PlayProps, tried: &Tried, seen: usize) -> Html {
    let holds = || understood(&props.lab.checks(), &tried.holds).unwrap_or_default();
    let solved = seen >= tried.played.len() && props.lab.verdict(&holds()).solved();
    html! {<>
        <p role="status">{ if solved { say(Word::LabPlayedOut) } else { "" } }</p>
        if solved && !props.noticed { { rich(&props.words.notice) } }
    </>}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_output_stays_longer_but_not_for_ever() {
        let line = |length: usize| Played {
            line: String::new(),
            stdout: "x".repeat(length),
            stderr: String::new(),
            exit: 0,
        };
        assert_eq!(reading(&line(0)), PACE);
        assert!(reading(&line(100)) > PACE);
        assert_eq!(reading(&line(1_000_000)), LONGEST);
    }
}
