//! Points in time, for people.

use waxseal_api::Timestamp;
use yew::prelude::*;

/// A point in time in the reader's own time zone, as `24 November 2026 at 16:15`, or the day alone.
pub(crate) fn time(at: Timestamp, day_only: bool) -> Html {
    let (machine, person) = written(at, day_only);
    html! { <time datetime={machine}>{ person }</time> }
}

/// The same where there is little room, as `24 Nov 2026, 16:15`.
#[cfg(feature = "workbench")]
pub(crate) fn short(at: Timestamp) -> Html {
    let (machine, person) = written_in("medium", at, false);
    html! { <time datetime={machine}>{ person }</time> }
}

/// The day of a point in time, as `24 November 2026`, for use within a sentence.
pub(crate) fn day(at: Timestamp) -> String {
    written(at, true).1
}

/// The day that is so many days from now.
pub(crate) fn day_in(days: i64) -> String {
    day(now().plus_days(days))
}

#[cfg(target_arch = "wasm32")]
fn now() -> Timestamp {
    Timestamp::from_millis(super::dom::now())
}

/// Outside a browser nobody says what time it is.
#[cfg(not(target_arch = "wasm32"))]
fn now() -> Timestamp {
    Timestamp::from_millis(0)
}

fn written(at: Timestamp, day_only: bool) -> (String, String) {
    written_in("long", at, day_only)
}

#[cfg(target_arch = "wasm32")]
fn written_in(style: &str, at: Timestamp, day_only: bool) -> (String, String) {
    use js_sys::{Date, Object, Reflect};
    let date = Date::new(&(at.as_millis() as f64).into());
    let options = Object::new();
    let set = |name: &str, value: &str| {
        // Setting a member of a fresh object cannot fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    };
    set("dateStyle", style);
    if !day_only {
        set("timeStyle", "short");
    }
    // The text is English, so the date is too, in an order that cannot be misread.
    let person = date.to_locale_string("en-GB", &options).into();
    (date.to_iso_string().into(), person)
}

/// Outside a browser there is no calendar and no time zone: seconds since the epoch.
#[cfg(not(target_arch = "wasm32"))]
fn written_in(_: &str, at: Timestamp, _: bool) -> (String, String) {
    let text = format!("@{}", at.as_millis() / 1000);
    (text.clone(), text)
}
