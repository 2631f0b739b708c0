//! The parts of a page that come alive, and when each does. Those that are seen are drawn at once, the others one after the other,
//! each in a task of its own: a lesson has dozens, and nobody who scrolls or presses a key should have to wait for all of them.

use std::rc::Rc;

use futures_util::future::join;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::{
    data::{self, Lessons},
    paper, said,
};
use crate::components::dom;

/// A part of the page that comes alive.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) host: Element,
    pub(super) kind: String,
    /// Of what.
    pub(super) id: String,
}

/// What the page is about, and its parts.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub(super) lessons: Lessons,
    /// In the order in which they are drawn.
    pub(super) parts: Vec<Part>,
    /// So many of them are seen.
    seen: usize,
}

impl Found {
    /// How many are drawn after these.
    fn after(&self, drawn: usize) -> Option<usize> {
        let next = self.seen.max(drawn + 1);
        (drawn < self.parts.len()).then_some(next)
    }
}

/// The parts of the page, once they are found, or why what they need cannot be loaded.
#[hook]
pub(super) fn use_found() -> Option<Result<Rc<Found>, JsValue>> {
    let found = use_state_eq(|| None);
    use_effect_with((), {
        let found = found.setter();
        move |()| spawn_local(async move { found.set(Some(find().await.map(Rc::new))) })
    });
    (*found).clone()
}

/// How many of the parts are to be drawn by now. What was there to be read in their places is put aside then.
#[hook]
pub(super) fn use_drawn(found: Option<Rc<Found>>) -> usize {
    let drawn = use_state_eq(|| 0);
    use_effect_with((found, *drawn), {
        let drawn = drawn.setter();
        move |(found, from)| {
            let (found, from) = (found.clone(), *from);
            let next = found.and_then(|found| Some((found.after(from)?, found)));
            let task = next.map(|(to, found)| {
                Timeout::new(0, move || {
                    let places = found.parts.iter().take(to).skip(from);
                    paper::put_aside(places.map(|part| part.host.clone()));
                    drawn.set(to);
                })
            });
            move || drop(task)
        }
    });
    *drawn
}

async fn find() -> Result<Found, JsValue> {
    let asked = asked();
    let (lessons, said) = join(data::load(&asked), said::load()).await;
    said?;
    let lessons = lessons?;
    let (parts, seen) = nearest_first(parts(), away);
    Ok(Found { lessons, parts, seen })
}

/// The lesson that the page is of, if it is of one.
fn asked() -> Vec<String> {
    let page = dom::document().and_then(|document| document.query_selector("[data-lesson]").ok().flatten());
    page.and_then(|page| page.get_attribute("data-lesson")).into_iter().collect()
}

fn parts() -> Vec<Part> {
    let Some(nodes) = dom::document().and_then(|it| it.query_selector_all("[data-alive]").ok()) else {
        return Vec::new();
    };
    let hosts = (0..nodes.length()).filter_map(|at| nodes.item(at)?.dyn_into::<Element>().ok());
    let value = |host: &Element, name| host.get_attribute(name).unwrap_or_default();
    hosts.map(|host| Part { kind: value(&host, "data-alive"), id: value(&host, "data-id"), host }).collect()
}

/// How far from what is seen a part is, in pixels; 0 if some of it is seen.
fn away(part: &Part) -> f64 {
    let place = dom::window().zip(part.host.dyn_ref::<HtmlElement>()).and_then(|(window, host)| {
        let height = window.inner_height().ok()?.as_f64()?;
        let top = f64::from(host.offset_top()) - window.scroll_y().ok()?;
        Some((top - height).max(-top - f64::from(host.offset_height())))
    });
    place.unwrap_or_default().max(0.0)
}

/// Puts in order by how far away they are, and says how many are not.
fn nearest_first<T>(all: Vec<T>, away: impl Fn(&T) -> f64) -> (Vec<T>, usize) {
    let mut all: Vec<(f64, T)> = all.into_iter().map(|it| (away(&it), it)).collect();
    all.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let seen = all.iter().filter(|(away, _)| *away == 0.0).count();
    (all.into_iter().map(|(_, it)| it).collect(), seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(places: &[f64]) -> (Vec<f64>, usize) {
        nearest_first(places.to_vec(), |it| *it)
    }

    #[test]
    fn what_is_seen_comes_first_and_then_what_is_nearest() {
        assert_eq!(drawn(&[700.0, 20.0, 0.0, 0.0, 40.0]), (vec![0.0, 0.0, 20.0, 40.0, 700.0], 2));
        assert_eq!(drawn(&[2.0, 1.0]), (vec![1.0, 2.0], 0));
        assert_eq!(drawn(&[]), (vec![], 0));
    }
}
