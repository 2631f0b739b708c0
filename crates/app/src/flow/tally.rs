//! What crossed the boundary, against sending the whole file.

use yew::prelude::*;

use super::{model::Story, text};
use crate::words::bytes;

/// Two numbers and two bars of the same scale: the bytes that have crossed the boundary so far, and those of the file;
/// a single call has none.
pub(crate) fn tally(crossed: u64, story: &Story) -> Html {
    let most = crossed.max(story.file.map_or(0, |file| file.length)).max(1);
    html! {
        <dl class="tally">
            { line(text::CROSSED, crossed, most, "tally-crossed", None) }
            if let Some((length, note)) = story.whole_file() {
                { line(text::WHOLE_FILE, length, most, "tally-file", Some(note)) }
            }
        </dl>
    }
}

fn line(name: &'static str, number: u64, most: u64, class: &'static str, note: Option<&'static str>) -> Html {
    html! {
        <div class={class}>
            <dt>{ name }</dt>
            <dd>
                <span class="tally-number">{ bytes(number) }</span>
                if let Some(note) = note { <span class="tally-note">{ note }</span> }
                { bar(number, most) }
            </dd>
        </div>
    }
}

/// A bar to scale: it may well be thinner than a hair, and then a mark shows where it is.
fn bar(number: u64, most: u64) -> Html {
    let width = (number as f64 / most as f64 * 100_000.0).round() as u32;
    html! {
        <svg class="tally-bar" viewBox="0 0 100000 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            if number > 0 { <path class="tally-mark" d="M0 0v8" /> }
            <rect x="0" y="0" height="8" width={width.to_string()} />
        </svg>
    }
}
