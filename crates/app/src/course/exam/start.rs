//! What an exam is to be like.

use waxseal_study::{
    exam::{LENGTH, LENGTHS, QUESTION_MINUTES},
    words::Word,
};
use yew::prelude::*;

use crate::course::words::{say, tell};

#[derive(Properties, PartialEq)]
pub(super) struct StartProps {
    /// Told how many questions, and whether by the clock.
    pub(super) begin: Callback<(usize, bool)>,
}

/// Asks how many questions it is to have, and whether the time is measured.
#[component]
pub(super) fn Start(props: &StartProps) -> Html {
    let (count, timed) = (use_state_eq(|| LENGTH), use_state_eq(|| true));
    let choice = |many: usize| {
        let choose = count.setter();
        html! {
            <label class="check">
                <input type="radio" name="count" checked={*count == many} onchange={move |_| choose.set(many)} />
                <span>{ tell(Word::ExamChoice, &[("n", &many), ("minutes", &(many * QUESTION_MINUTES))]) }</span>
            </label>
        }
    };
    let turn = {
        let (set, now) = (timed.setter(), *timed);
        move |_: Event| set.set(!now)
    };
    let begin = props.begin.reform({
        let wanted = (*count, *timed);
        move |event: SubmitEvent| {
            event.prevent_default();
            wanted
        }
    });
    html! {
        <form class="stacked" onsubmit={begin}>
            <fieldset class="stacked">
                <legend class="soft small">{ say(Word::ExamLong) }</legend>
                { for LENGTHS.map(choice) }
            </fieldset>
            <label class="check"><input type="checkbox" checked={*timed} onchange={turn} /><span>{ say(Word::ExamMeasure) }</span></label>
            <p class="actions"><button class="button primary">{ say(Word::ExamBegin) }</button></p>
        </form>
    }
}
