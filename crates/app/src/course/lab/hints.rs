//! Help with a lab: hints, each saying more than the one before, and a solution.

use std::rc::Rc;

use waxseal_study::{Lab, LabText, words::Word};
use yew::prelude::*;

use super::{
    LabOutcome,
    helped::{Help, Helped},
    play::Play,
};
use crate::course::{
    step::commands,
    words::{rich, say},
};

/// What the button says before each hint.
const HINTS: [Word; 3] = [Word::LabHint, Word::LabAnotherHint, Word::LabLastHint];

#[derive(Properties, PartialEq)]
pub(super) struct HintsProps {
    pub(super) lab: Rc<Lab>,
    pub(super) words: Rc<LabText>,
    pub(super) help: Help,
    pub(super) done: Callback<LabOutcome>,
    /// Whether what to notice is told above.
    pub(super) noticed: bool,
}

/// The hints that were taken, a button for the next one, and one for a solution.
#[component]
pub(super) fn Hints(props: &HintsProps) -> Html {
    let HintsProps { lab, words, help, done, noticed } = props;
    let open = use_state_eq(|| false);
    let (taken, all) = (help.now.hints, words.hints.len());
    let hint = {
        let help = help.clone();
        Callback::from(move |_: MouseEvent| {
            if taken < all {
                help.set.emit(Helped { hints: taken + 1, ..help.now });
            }
        })
    };
    let solution = {
        let (open, help, done) = (open.clone(), help.clone(), done.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(!*open);
            // Who has solved it is only curious.
            if !(help.now.shown || help.now.counted) {
                help.set.emit(Helped { shown: true, ..help.now });
                done.emit(LabOutcome::Shown);
            }
        })
    };
    html! {
        <div class="lab-help">
            <ol class="hints" aria-live="polite">{ for words.hints.iter().take(taken).map(|hint| html! { <li>{ rich(hint) }</li> }) }</ol>
            <p class="actions">
                <button type="button" class="button" onclick={hint} aria-disabled={(taken >= all).then_some("true")}>
                    { say(HINTS.get(taken).copied().filter(|_| taken < all).unwrap_or(Word::LabNoMoreHints)) }
                </button>
                <button type="button" class="button" onclick={solution} aria-expanded={open.to_string()}>
                    { if *open { say(Word::LabHideSolution) } else { say(Word::LabShowSolution) } }
                </button>
            </p>
            if *open {
                <section aria-label={say(Word::LabSolution)}>
                    { commands(&lab.solution) }
                    <Play lab={lab.clone()} words={words.clone()} noticed={*noticed} />
                </section>
            }
        </div>
    }
}
