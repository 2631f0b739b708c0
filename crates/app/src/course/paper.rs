//! On paper a page is what there was to read in it before it came alive: commands with their reasons, labs with their solutions,
//! questions with their answers. What can be done in it cannot be done on paper.

use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::Element;

use crate::components::dom;

/// Empties parts of the page. What there was to read in each is back in its place for as long as the page is printed.
pub(super) fn put_aside(hosts: impl Iterator<Item = Element>) {
    let Some(window) = dom::window() else { return };
    let read: Rc<Vec<(Element, Element)>> = Rc::new(hosts.filter_map(taken_out).collect());
    let printed = read.clone();
    // A text that cannot be put back is missing on paper, which is nothing to stop for.
    EventListener::new(&window, "beforeprint", move |_| {
        read.iter().for_each(|(host, text)| _ = host.append_child(text));
    })
    .forget();
    EventListener::new(&window, "afterprint", move |_| printed.iter().for_each(|(_, text)| text.remove()))
        .forget();
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
