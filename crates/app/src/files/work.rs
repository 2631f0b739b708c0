//! A job under way.

use yew::prelude::*;

use super::{pace::Pace, text};

#[derive(Properties, PartialEq)]
pub(crate) struct WorkProps {
    /// What is going on.
    pub(crate) title: AttrValue,
    /// How it goes.
    pub(crate) pace: Pace,
    /// Whether it has been asked to stop.
    pub(crate) stopping: bool,
    /// Called to stop it.
    pub(crate) stop: Callback<()>,
}

/// A bar of verified bytes, the rate, the time left, and a way to stop.
#[component]
pub(crate) fn Work(props: &WorkProps) -> Html {
    let WorkProps { title, pace, stopping, stop } = props;
    html! {
        <div class="work">
            <h2 role="status">{ title }</h2>
            <progress max={pace.total.max(1).to_string()} value={pace.done.to_string()} aria-label={text::WORKING} />
            <p class="work-words">{ if *stopping { text::STOPPING.to_owned() } else { pace.words() } }</p>
            <p><button type="button" class="button" onclick={stop.reform(|_| ())}
                aria-disabled={stopping.then_some("true")}>{ text::CANCEL }</button></p>
        </div>
    }
}
