//! A job under way.

use yew::prelude::*;

use super::{pace::Pace, text};

/// A bar of verified bytes, the rate, the time left, and a way to stop.
pub(crate) fn work(title: String, pace: &Pace, stopping: bool, stop: &Callback<()>) -> Html {
    html! {
        <div class="work">
            <div role="status"><h2>{ title }</h2></div>
            <progress max={pace.total.max(1).to_string()} value={pace.done.to_string()} aria-label={text::WORKING} />
            <p class="work-words">{ if stopping { text::STOPPING.to_owned() } else { pace.words() } }</p>
            <p><button type="button" class="button" onclick={stop.reform(|_| ())}
                aria-disabled={stopping.then_some("true")}>{ text::CANCEL }</button></p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::html_text;

    fn render(stopping: bool) -> String {
        let pace = Pace::new(0.0, 2_000_000).at(2000.0, 1_000_000, 2_000_000);
        html_text(work("Encrypting a".to_owned(), &pace, stopping, &Callback::noop()))
    }

    #[test]
    fn progress_is_a_bar_and_a_sentence() {
        let html = render(false);
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
    fn a_job_that_is_to_stop_says_so() {
        let html = render(true);
        assert!(html.contains(text::STOPPING) && html.contains("aria-disabled=\"true\""), "{html}");
    }
}
