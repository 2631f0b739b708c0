//! The flow view: what really happened, step by step, drawn from a trace.

mod address;
mod controls;
mod drawing;
mod model;
mod picture;
mod stage;
mod state;
mod tally;
mod text;

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

pub(crate) use model::Story;

use crate::bytes::Sources;
use controls::{controls, take};
use drawing::{drawing, use_follow};
use stage::stage;
use state::{Move, Player, key_move};
use tally::tally;

/// Milliseconds for which a step is shown while the story plays.
const STEP_TIME: u32 = 2600;

#[derive(Properties, PartialEq)]
pub(crate) struct FlowProps {
    /// What happened.
    pub(crate) story: Rc<Story>,
    /// Where its bytes are.
    pub(crate) sources: Sources,
}

/// A story that can be stepped through, played and read; nothing for a story without steps.
#[component]
pub(crate) fn Flow(props: &FlowProps) -> Html {
    let (start, last) = (props.story.start(), props.story.last());
    let player = use_reducer_eq(move || Player::new(start, last, address::asked()));
    address::use_step(player.at);
    let (list, told) = (use_follow(player.at), use_state_eq(|| ""));
    use_effect_with(*player, {
        let dispatch = player.dispatcher();
        move |player: &Player| {
            let timer =
                player.playing.then(|| Timeout::new(STEP_TIME, move || dispatch.dispatch(Move::Tick)));
            move || drop(timer)
        }
    });
    let go = Callback::from({
        let dispatch = player.dispatcher();
        move |action| dispatch.dispatch(action)
    });
    let onkeydown = {
        let go = go.clone();
        move |event: KeyboardEvent| {
            if let Some(action) = wanted(&event) {
                event.prevent_default();
                go.emit(action);
            }
        }
    };
    let story = &props.story;
    let Some(scene) = story.scenes.get(player.at) else { return Html::default() };
    html! {
        <section class="flow" aria-labelledby="flow-title" {onkeydown}>
            <h2 id="flow-title">{ text::TITLE }</h2>
            { tally(scene.crossed_so_far, story) }
            { controls(*player, &go) }
            { lives(story) }
            <div class="flow-body">
                { stage(story, player.at, &props.sources) }
                { drawing(story, player.at, &go, list) }
            </div>
            { take(story, &props.sources, &told) }
        </section>
    }
}

/// What the lines along which keys live stand for, where a file is worked on.
fn lives(story: &Story) -> Html {
    html! {
        if story.file.is_some() {
            <p class="flow-lives soft small">
                <span>{ text::DATA_KEY_LIVES }</span>
                <span>{ text::CONTENT_KEY_LIVES }</span>
            </p>
        }
    }
}

/// What a key asks for, unless it means something else where the focus is.
fn wanted(event: &KeyboardEvent) -> Option<Move> {
    if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    let place = event.target().and_then(|target| target.dyn_into::<Element>().ok())?.tag_name();
    match (place.as_str(), event.key().as_str()) {
        ("INPUT" | "SELECT" | "TEXTAREA", _) | ("BUTTON" | "A" | "SUMMARY", " ") => None,
        (_, key) => key_move(key),
    }
}

#[cfg(test)]
mod tests;
