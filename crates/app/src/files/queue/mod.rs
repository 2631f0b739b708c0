//! Many files: what is to be done with them, how it goes, and what has come of each.

mod list;
mod offer;
mod run;
mod state;

use std::rc::Rc;

use web_sys::{Blob, Element, File};
use yew::prelude::*;

pub(crate) use offer::Start;
pub(crate) use run::use_queue;
pub(crate) use state::{Act, Entry, Plan, Queue, State, Tally};

use super::{
    intake::{Intake, choose, choose_folder},
    offer::Wishes,
    save::SaveAll,
    text,
    work::{Order, pause},
};
use crate::{components::dom, words::size};
use list::List;
use offer::Offer;

#[derive(Properties, PartialEq)]
pub(crate) struct ManyProps {
    /// The files.
    pub(crate) queue: Queue<File, Blob>,
    /// What was set.
    pub(crate) wishes: Rc<Wishes>,
    /// Called when something is set.
    pub(crate) wish: Callback<Wishes>,
    /// Called to begin.
    pub(crate) start: Callback<Start>,
    /// Called with what is to happen to the queue.
    pub(crate) act: Callback<Act<Blob>>,
    /// Called with an order to the file that is being worked on.
    pub(crate) order: Callback<Order>,
    /// Called with more files.
    pub(crate) intake: Intake,
    /// Called to put everything away.
    pub(crate) clear: Callback<()>,
}

/// The queue, from choosing its files to keeping what came of them.
#[component]
pub(crate) fn Many(props: &ManyProps) -> Html {
    let ManyProps { queue, wishes, wish, start, act, order, .. } = props;
    let (tally, place) = (queue.tally(), use_node_ref());
    // What had the focus may be gone with what has come to its end.
    use_effect_with((tally, queue.plan.is_some()), {
        let place = place.clone();
        move |_| place.cast::<Element>().iter().for_each(dom::focus_if_lost)
    });
    let head = if queue.plan.is_none() {
        html! {<>
            { chosen(props) }
            <Offer encrypts={queue.count(super::state::Direction::Encrypt)}
                decrypts={queue.count(super::state::Direction::Decrypt)} {wishes} {wish} {start} />
        </>}
    } else if tally.working + tally.waiting > 0 {
        under_way(props, tally)
    } else {
        over(props, tally)
    };
    html! {
        <div class="many" tabindex="-1" ref={place}>
            { head }
            <List entries={queue.entries.clone()} begun={queue.plan.is_some()} paused={queue.paused} {act} {order} />
        </div>
    }
}

/// What was chosen, and ways to choose more.
fn chosen(props: &ManyProps) -> Html {
    let queue = &props.queue;
    let length = queue.entries.iter().map(|entry| entry.picked.length).sum();
    html! {
        <div class="file-line">
            <div>
                <p class="file-name">{ text::files(queue.entries.len()) }</p>
                <p class="soft">{ size(length) }</p>
            </div>
            <div class="actions">
                { choose(&props.intake, text::CHOOSE_MORE, "") }
                { choose_folder(&props.intake) }
                { button(text::CLEAR, "quiet", &props.clear) }
            </div>
        </div>
    }
}

/// How it goes: verified bytes of all files, rate, time left, and ways to hold it up or stop it.
fn under_way(props: &ManyProps, tally: Tally) -> Html {
    let ManyProps { queue, act, order, .. } = props;
    let at = queue.working().map(|entry| entry.picked.name.clone());
    let paused = queue.paused;
    let (title, pace) = match paused {
        true => (text::PAUSED, queue.pace.amount()),
        false => (text::UNDER_WAY, queue.pace.words()),
    };
    let hold = {
        let (act, order) = (act.clone(), order.clone());
        Callback::from(move |paused| {
            act.emit(Act::Pause(dom::now() as f64, paused));
            order.emit(Order::Pause(paused));
        })
    };
    let cancel = {
        let (act, order) = (act.clone(), order.clone());
        Callback::from(move |()| {
            act.emit(Act::DropAll);
            order.emit(Order::Stop);
        })
    };

    html! {
        <div class="work">
            <div role="status"><h2>{ title }</h2></div>
            <progress max={queue.pace.total.max(1).to_string()} value={queue.pace.done.to_string()}
                aria-label={text::ALL_PROGRESS} />
            <p class="work-words">{ text::over_all(tally, &pace) }</p>
            if let Some(name) = at { <p class="soft work-at">{ text::at(&name) }</p> }
            <div class="actions">
                { pause(paused, &hold) }
                { button(text::CANCEL_ALL, "button", &cancel) }
            </div>
        </div>
    }
}

/// What has come of it.
fn over(props: &ManyProps, tally: Tally) -> Html {
    let results = props.queue.results();
    html! {
        <div class="work">
            <div role="status"><h2>{ text::all_done(tally) }</h2></div>
            <div class="actions">
                if !results.is_empty() { <SaveAll files={results} /> }
                if tally.failed + tally.cancelled > 0 {
                    { button(text::RETRY, "button", &props.act.reform(|()| Act::Retry)) }
                }
                { choose(&props.intake, text::CHOOSE_MORE, "") }
                { button(text::CLEAR, "quiet", &props.clear) }
            </div>
        </div>
    }
}

fn button(words: &'static str, class: &'static str, act: &Callback<()>) -> Html {
    html! {
        <button type="button" {class} onclick={act.reform(|_| ())}>
            { words }
        </button>
    }
}
