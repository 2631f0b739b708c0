//! On paper a page is what there was to read in it before it came alive: commands with their reasons, labs with their solutions,
//! questions with their answers. What can be done in it cannot be done on paper.

use std::cell::{OnceCell, RefCell};

use gloo_events::EventListener;
use web_sys::{Element, Window};

use crate::components::dom;

thread_local! {
    /// Parts that were emptied, each with what there was to read in it.
    static READ: RefCell<Vec<(Element, Element)>> = const { RefCell::new(Vec::new()) };
    static PRINTING: OnceCell<Option<[EventListener; 2]>> = const { OnceCell::new() };
}

/// Empties parts of the page. What there was to read in each is back in its place for as long as the page is printed.
pub(super) fn put_aside(hosts: impl Iterator<Item = Element>) {
    let read: Vec<_> = hosts.filter_map(taken_out).collect();
    READ.with_borrow_mut(|all| all.extend(read));
    PRINTING.with(|it| _ = it.get_or_init(|| dom::window().map(|window| listening(&window))));
}

fn listening(window: &Window) -> [EventListener; 2] {
    let each = |name, act: fn(&Element, &Element)| {
        EventListener::new(window, name, move |_| {
            READ.with_borrow(|all| all.iter().for_each(|(host, text)| act(host, text)))
        })
    };
    // A text that cannot be put back is missing on paper, which is nothing to stop for.
    [
        each("beforeprint", |host, text| _ = host.append_child(text)),
        each("afterprint", |_, text| text.remove()),
    ]
}

/// Takes out of a part what there is to read, with everything in it unfolded. Many parts have nothing.
fn taken_out(host: Element) -> Option<(Element, Element)> {
    let text = dom::document()?.create_element("div").ok()?;
    text.set_class_name("as-read");
    while let Some(node) = host.first_child() {
        text.append_child(&node).ok()?;
    }
    let folded = text.get_elements_by_tag_name("details");
    (0..folded.length()).filter_map(|at| folded.item(at)).for_each(|it| _ = it.set_attribute("open", ""));
    text.first_child()?;
    Some((host, text))
}
