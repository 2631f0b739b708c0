//! A job under way.

use yew::prelude::*;

use super::{pace::Pace, text};
use crate::bridge::JobHandle;

/// What a job is told on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// To stop.
    Stop,
    /// To wait, or to go on.
    Pause(bool),
}

impl Order {
    /// Gives it.
    pub(crate) fn give(self, job: &JobHandle) {
        match self {
            Self::Stop => job.cancel(),
            Self::Pause(paused) => job.pause(paused),
        }
    }
}

/// How far a job is on its way to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gait {
    /// It goes on.
    #[default]
    Going,
    /// It waits.
    Paused,
    /// It was asked to stop.
    Stopping,
}

impl Gait {
    /// What it is after an order. A job that was asked to stop does nothing else.
    pub(crate) fn after(self, order: Order) -> Self {
        match (self, order) {
            (Self::Stopping, _) | (_, Order::Stop) => Self::Stopping,
            (_, Order::Pause(true)) => Self::Paused,
            (_, Order::Pause(false)) => Self::Going,
        }
    }
}

/// A bar of verified bytes, the rate, the time left, and ways to hold it up or stop it.
pub(crate) fn work(title: String, pace: &Pace, gait: Gait, order: &Callback<Order>) -> Html {
    let (title, words) = match gait {
        Gait::Going => (title, pace.words()),
        Gait::Paused => (text::PAUSED.to_owned(), pace.amount()),
        Gait::Stopping => (title, text::STOPPING.to_owned()),
    };
    let stopping = gait == Gait::Stopping;
    html! {
        <div class="work">
            <div role="status"><h2>{ title }</h2></div>
            <progress max={pace.total.max(1).to_string()} value={pace.done.to_string()} aria-label={text::WORKING} />
            <p class="work-words">{ words }</p>
            <div class="actions">
                if !stopping { { pause(gait == Gait::Paused, &order.reform(Order::Pause)) } }
                <button type="button" class="button" onclick={order.reform(|_| Order::Stop)}
                    aria-disabled={stopping.then_some("true")}>{ text::CANCEL }</button>
            </div>
        </div>
    }
}

/// A button that holds work up, or lets it go on.
pub(crate) fn pause(paused: bool, hold: &Callback<bool>) -> Html {
    html! {
        <button type="button" class="button" onclick={hold.reform(move |_| !paused)}>
            { if paused { text::GO_ON } else { text::PAUSE } }
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::html_text;

    fn render(gait: Gait) -> String {
        let pace = Pace::new(0.0, 2_000_000).at(2000.0, 1_000_000, 2_000_000);
        html_text(work("Encrypting a".to_owned(), &pace, gait, &Callback::noop()))
    }

    #[test]
    fn progress_is_a_bar_and_a_sentence() {
        let html = render(Gait::Going);
        for part in [
            "max=\"2000000\"",
            "value=\"1000000\"",
            "1.0 MB of 2.0 MB",
            "500.0 kB a second",
            "about 2 seconds left",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("aria-disabled"), "{html}");
    }

    #[test]
    fn a_job_that_waits_says_so_and_tells_no_time() {
        let html = render(Gait::Paused);
        assert!(html.contains(text::PAUSED) && html.contains(text::GO_ON), "{html}");
        assert!(html.contains("1.0 MB of 2.0 MB") && !html.contains("left"), "{html}");
    }

    #[test]
    fn a_job_that_is_to_stop_says_so() {
        let html = render(Gait::Stopping);
        assert!(html.contains(text::STOPPING) && html.contains("aria-disabled=\"true\""), "{html}");
    }
}
