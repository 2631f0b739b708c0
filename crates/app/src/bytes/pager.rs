//! Ways to see more bytes.

use yew::prelude::*;

use super::rows::Window;
use crate::words::{bytes, grouped};

/// Opens the view of a thing that is longer than a few rows, and turns its pages.
pub(crate) fn pager(name: &AttrValue, window: Window, turn: &Callback<Window>) -> Html {
    let all = bytes(window.length);
    if window.hides_some() {
        let turn = turn.reform({
            let opened = window.open();
            move |_| opened
        });
        return html! {
            <button type="button" class="quiet" onclick={turn}>
                { format!("See all {all}") }<span class="heard">{ format!(" of {name}") }</span>
            </button>
        };
    }
    if !window.all {
        return Html::default();
    }
    let button = |words: &'static str, target: Option<Window>| {
        let turn = turn.clone();
        let onclick = move |_| target.into_iter().for_each(|window| turn.emit(window));
        html! {
            <button type="button" class="quiet" {onclick} aria-disabled={target.is_none().then_some("true")}>
                { words }<span class="heard">{ format!(" bytes of {name}") }</span>
            </button>
        }
    };
    html! {
        <div class="bytes-pager">
            <p role="status">{ format!("Bytes {}–{} of {all}", grouped(window.from), grouped(window.from + window.len() - 1)) }</p>
            { button("First", window.back().map(|window| window.open())) }
            { button("Previous", window.back()) }
            { button("Next", window.next()) }
            { button("Last", window.next().map(|window| window.end())) }
            { button("Fewer", Some(Window::preview(window.length))) }
        </div>
    }
}
