//! Long tables of which only the rows that are seen are drawn.

use std::ops::Range;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// So many rows are drawn beyond what is seen.
const AROUND: usize = 10;

/// Where a table is scrolled to.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scroll {
    first: usize,
    seen: usize,
    row: usize,
}

/// The rows that are drawn, and what has to be in the table for the others.
pub(super) struct Window {
    /// Which rows are drawn.
    pub(super) drawn: Range<usize>,
    /// How high a row is, in pixels.
    pub(super) row: usize,
    /// For what the table scrolls in.
    pub(super) onscroll: Callback<Event>,
    /// A cell as high as the rows before those that are drawn.
    above: NodeRef,
    below: NodeRef,
}

/// A window on so many rows, each of about this height in pixels until one was measured. Rows have `aria-rowindex`.
#[hook]
pub(super) fn use_window(all: usize, row: usize) -> Window {
    let scroll = use_state_eq(|| Scroll { first: 0, seen: 12, row });
    let drawn = window(all, scroll.first, scroll.seen);
    let (above, below) = (use_node_ref(), use_node_ref());
    use_effect_with((drawn.start, all - drawn.end, scroll.row), {
        let (above, below) = (above.clone(), below.clone());
        move |&(before, after, row)| {
            set_height(&above, before * row);
            set_height(&below, after * row);
        }
    });
    let onscroll = {
        let scroll = scroll.setter();
        let measure = move |it: &Element| scroll.set(measured(it, row));
        Callback::from(move |event: Event| event.target_dyn_into::<Element>().iter().for_each(&measure))
    };
    Window { drawn, row: scroll.row, onscroll, above, below }
}

impl Window {
    /// The body of the table: the rows that are drawn, each with a key, and place for those that are not, which has one too:
    /// beside what has none, each row would be made anew when others are drawn.
    pub(super) fn body(&self, row: impl FnMut(usize) -> Html) -> Html {
        let place = |key: &'static str, cell: &NodeRef| html! { <tr key={key} aria-hidden="true"><td colspan="3" ref={cell}></td></tr> };
        html! { <tbody>{ place("above", &self.above) }{ for self.drawn.clone().map(row) }{ place("below", &self.below) }</tbody> }
    }
}

fn set_height(node: &NodeRef, pixels: usize) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Only a property that is none fails.
        let _ = element.style().set_property("height", &format!("{pixels}px"));
    }
}

/// Where a table is scrolled to, with the height of a row that is drawn.
fn measured(scrolled: &Element, about: usize) -> Scroll {
    let row = scrolled.query_selector("tbody > [aria-rowindex]").ok().flatten();
    let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()).map_or(0, |row| row.offset_height());
    let row = if row > 0 { row as usize } else { about };
    let (top, height) = (scrolled.scroll_top().max(0) as usize, scrolled.client_height() as usize);
    // Coarse, so that little is drawn anew.
    Scroll { first: top / row / 10 * 10, seen: height / row + 10, row }
}

/// Which rows are drawn where so many are seen from there on: some more on both sides, and from a tenth row on, so that it
/// changes seldom.
fn window(all: usize, first: usize, seen: usize) -> Range<usize> {
    let from = (first.saturating_sub(AROUND) / 10 * 10).min(all);
    from..(from + seen + 2 * AROUND + 10).min(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_has_what_is_seen_and_more() {
        assert_eq!(window(5, 0, 12), 0..5);
        assert_eq!(window(10_000, 0, 12), 0..42);
        assert_eq!(window(10_000, 995, 12), 980..1022);
        assert_eq!(window(10_000, 9_990, 12), 9_980..10_000);
        assert_eq!(window(3, 50, 12), 3..3);
    }
}
