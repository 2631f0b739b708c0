//! The buttons and the scrubber.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    model::Story,
    picture::{Format, take_along},
    state::{Move, Player},
    text,
};
use crate::bytes::Sources;

/// Back, play, on, and a scrubber that shows where the reader is.
pub(crate) fn controls(player: Player, go: &Callback<Move>) -> Html {
    let button = |action: Move, words: &'static str, off: bool, class: &'static str, path: &'static str| {
        let go = go.clone();
        let onclick = move |_| go.emit(action);
        html! {
            <button type="button" class={classes!("flow-button", class)} {onclick} aria-label={words} title={words}
                aria-disabled={off.then_some("true")}>
                <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg>
            </button>
        }
    };
    let (play, drawing) = if player.playing {
        (text::PAUSE, "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z")
    } else {
        (text::PLAY, "M7.5 4.5v15L19 12z")
    };
    html! {
        <div class="flow-controls" role="group" aria-label={text::CONTROLS}>
            { button(Move::Back, text::BACK, player.at == 0, "", "M15.5 5L8.5 12l7 7") }
            { button(Move::PlayOrPause, play, false, "flow-play", drawing) }
            { button(Move::Next, text::NEXT, player.at == player.last, "", "M8.5 5l7 7-7 7") }
            { scrubber(player, go) }
            <p class="flow-count">{ text::step_of(player.at, player.last) }</p>
            <p class="flow-keys small soft">{ text::KEYS }</p>
        </div>
    }
}

fn scrubber(player: Player, go: &Callback<Move>) -> Html {
    let oninput = {
        let go = go.clone();
        move |event: InputEvent| {
            let at = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value_as_number());
            if let Some(at) = at {
                go.emit(Move::To(at as usize));
            }
        }
    };
    html! {
        <input type="range" class="flow-scrubber" min="0" max={player.last.to_string()} step="1"
            value={player.at.to_string()} aria-label={text::SCRUBBER}
            aria-valuetext={text::step_of(player.at, player.last)} {oninput} />
    }
}

/// Buttons that save the picture of the story, and what there is to say of the last try.
pub(crate) fn take(story: &Rc<Story>, sources: &Sources, told: &UseStateHandle<&'static str>) -> Html {
    let button = |(format, words): (Format, &'static str)| {
        let (story, sources, told) = (story.clone(), sources.clone(), told.setter());
        let onclick = move |_: MouseEvent| {
            let (taken, told) = (take_along(story.clone(), sources.clone(), format), told.clone());
            spawn_local(async move { told.set(if taken.await.is_some() { "" } else { text::NOT_TAKEN }) });
        };
        html! { <button type="button" class="quiet" {onclick}>{ words }</button> }
    };
    html! {
        <div class="actions flow-take">
            { for [Format::Svg, Format::Png].into_iter().zip(text::TAKE).map(button) }
            <p role="status">{ **told }</p>
        </div>
    }
}
