//! What crossed the boundary, against sending the whole file.

use yew::prelude::*;

use super::{model::DIRECT_LIMIT, text};
use crate::words::bytes;

#[derive(Properties, PartialEq)]
pub(crate) struct TallyProps {
    /// Bytes that have crossed the boundary so far.
    pub(crate) crossed: u64,
    /// Bytes of the file; none for a single call.
    pub(crate) file_length: Option<u64>,
}

/// Two numbers and two bars of the same scale.
#[component]
pub(crate) fn Tally(props: &TallyProps) -> Html {
    let most = props.crossed.max(props.file_length.unwrap_or_default()).max(1);
    html! {
        <dl class="tally">
            { line(text::CROSSED, props.crossed, most, "tally-crossed", None) }
            if let Some(length) = props.file_length {
                { line(text::WHOLE_FILE, length, most, "tally-file", Some(text::whole_file(length, DIRECT_LIMIT))) }
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
    let width = number as f64 / most as f64 * 1000.0;
    html! {
        <svg class="tally-bar" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            if number > 0 { <path class="tally-mark" d="M0 0v8" /> }
            <rect x="0" y="0" height="8" width={format!("{width:.2}")} />
        </svg>
    }
}
