//! Where a lab is done: who and where one is, the terminal, the clock, and what the lab says to what has come of it.

use std::rc::Rc;

use waxseal_study::{Lab, LabText, words::Word};
use yew::prelude::*;

use super::{
    LabOutcome,
    checklist::judged,
    helped::{Help, Helped},
    standing::use_standing,
};
use crate::{
    bridge::use_service,
    components::{Link, dom},
    course::words::say,
    failure::FailureNote,
    route::Route,
    sandbox::{place, use_begun, use_time},
    workbench::{
        clock::ClockPart,
        known::{Known, use_known},
        terminal::Terminal,
        text,
    },
};

#[derive(Properties, PartialEq)]
pub(super) struct DeskProps {
    pub(super) lab: Rc<Lab>,
    pub(super) words: Rc<LabText>,
    pub(super) help: Help,
    pub(super) done: Callback<LabOutcome>,
    /// Throws the sandbox away and begins anew.
    pub(super) again: Callback<()>,
}

/// The sandbox of a lab. It goes on where it was left.
#[component]
pub(super) fn Desk(props: &DeskProps) -> Html {
    let DeskProps { lab, words, help, done, again } = props;
    let (bridge, name) = (use_service().bridge, AttrValue::from(lab.sandbox()));
    let begun = use_begun(lab.start, &lab.prepare);
    let ready = matches!(begun, Some(Ok(())));
    let (known, lost) = use_known(ready);
    let (standing, unjudged) = use_standing(lab, ready);
    use_time();
    use_focus(known.is_some());
    use_end(standing.solved(), help, done);
    let failure = begun.and_then(Result::err).or(lost).or(unjudged);
    let waits = known.is_none() && failure.is_none();
    html! {
        <div class="lab-desk">
            { place(&name, &bridge, known.as_deref().map(Known::standing)) }
            <div>
                if let Some(failure) = failure { <FailureNote {failure} /> }
                if waits { <p class="pending" role="status">{ say(Word::LabOpening) }</p> }
                { for known.iter().map(|it| html! { <Terminal terminal={it.terminal.clone()} heading="h4" start={text::LOOK} /> }) }
            </div>
            <div class="lab-judged">{ judged(lab, words, &standing, help.now.counted) }</div>
            { for known.iter().map(|it| rest(it, lab.waits(), name.clone(), again)) }
        </div>
    }
}

/// The clock, where the lab has something to wait for, and the ways out.
fn rest(known: &Known, waits: bool, name: AttrValue, again: &Callback<()>) -> Html {
    let touched = !known.terminal.history.is_empty();
    html! {
        <div>
            if waits { <ClockPart clock={known.clock.clone()} heading="h4" quotas={false} /> }
            <Ways {name} {touched} again={again.clone()} />
        </div>
    }
}

/// Puts the focus into the terminal when that appears, unless the reader has gone elsewhere.
#[hook]
fn use_focus(there: bool) {
    use_effect_with(there, |there| {
        let line = dom::document().and_then(|document| document.get_element_by_id("command"));
        line.filter(|_| *there).iter().for_each(dom::focus_if_lost);
    });
}

/// Tells that it is solved, once in an attempt.
#[hook]
fn use_end(solved: bool, help: &Help, done: &Callback<LabOutcome>) {
    let (help, done) = (help.clone(), done.clone());
    use_effect_with((solved, help.now.counted), move |&(solved, counted)| {
        if solved && !counted {
            let Helped { hints, shown, .. } = help.now;
            help.set.emit(Helped { counted: true, ..help.now });
            done.emit(LabOutcome::Solved { hints, shown });
        }
    });
}

#[derive(Properties, PartialEq)]
struct WaysProps {
    /// The sandbox.
    name: AttrValue,
    /// Whether something was done in it that would be lost.
    touched: bool,
    again: Callback<()>,
}

/// The ways out: to the workbench, and back to the beginning.
#[component]
fn Ways(props: &WaysProps) -> Html {
    let WaysProps { name, touched, again } = props;
    let asks = use_state_eq(|| false);
    let other = {
        let (asks, again, at_once) = (asks.clone(), again.clone(), !*touched);
        Callback::from(move |_: MouseEvent| if at_once { again.emit(()) } else { asks.set(!*asks) })
    };
    let sure = again.reform(|_: MouseEvent| ());
    html! {<>
        <p class="soft small"><Link to={Route::Workbench} query={format!("sandbox={name}")}>{ say(Word::LabWorkbench) }</Link>{ ". " }{ say(Word::LabWorkbenchHint) }</p>
        <p class="actions">
            <button type="button" class="button" onclick={other}>{ if *asks { say(Word::LabKeep) } else { say(Word::LabAgain) } }</button>
            if *asks { <button type="button" class="button wax" onclick={sure}>{ say(Word::LabAgainSure) }</button> }
            <span role="status">{ if *asks { say(Word::LabAgainWarning) } else { "" } }</span>
        </p>
    </>}
}
