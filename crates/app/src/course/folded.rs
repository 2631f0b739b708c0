//! What was printed, cut short where it is long until somebody wants all of it.

use waxseal_api::sandbox::Printed;
use waxseal_study::words::Word;
use yew::prelude::*;

use super::words::{say, tell};
use crate::workbench::printed;

/// What is longer than this is cut short.
const LONG: usize = 30;
/// So many letters fit into a row where lessons are read.
const LETTERS: usize = 60;

#[derive(Properties, PartialEq)]
struct FoldedProps {
    out: Printed,
    /// How many lines it has.
    lines: usize,
}

/// What a line has printed.
pub(super) fn folded(out: Printed) -> Html {
    let text = || out.stdout.lines().chain(out.stderr.lines());
    let rows: usize = text().map(|line| line.chars().count().div_ceil(LETTERS).max(1)).sum();
    let lines = text().count();
    if rows > LONG {
        html! { <Folded {out} {lines} /> }
    } else {
        printed(&out)
    }
}

/// The beginning of it, and a button for the rest. All of it is there for a screen reader, and on paper.
#[component]
fn Folded(props: &FoldedProps) -> Html {
    let open = use_state_eq(|| false);
    let onclick = {
        let (open, now) = (open.setter(), !*open);
        move |_: MouseEvent| open.set(now)
    };
    let label = if *open { say(Word::StepLess).to_owned() } else { all_of(props.lines) };
    html! {<>
        <div class={classes!((!*open).then_some("folded"))}>{ printed(&props.out) }</div>
        <button type="button" class="quiet" aria-expanded={open.to_string()} {onclick}>{ label }</button>
    </>}
}

/// What the button for all of it says.
fn all_of(lines: usize) -> String {
    let word = if lines > LONG / 2 { Word::StepAllLines } else { Word::StepAll };
    tell(word, &[("n", &lines)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::html_text;

    fn drawn(stdout: String) -> String {
        html_text(folded(Printed { stdout, ..Printed::default() }))
    }

    #[test]
    fn what_is_long_has_a_button_for_all_of_it() {
        let lines = |count: usize| "a line\n".repeat(count);
        assert!(!drawn(lines(LONG)).contains("<button"));
        let long = drawn(lines(LONG + 1));
        assert!(long.contains("class=\"folded\"") && long.contains("Show all 31 lines"), "{long}");
        assert!(long.contains(lines(LONG + 1).trim_end()), "nothing is left out: {long}");
        assert!(drawn("x".repeat(LETTERS * LONG + 1)).contains("Show all of it"));
    }
}
