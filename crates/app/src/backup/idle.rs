//! Locks the vault when nobody has used the page for a while.

use std::{cell::Cell, rc::Rc};

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::vault::Task;
use yew::prelude::*;

use crate::{
    bridge::{Bridge, Readiness, use_service},
    components::dom,
};

/// How often it is looked, in milliseconds. By the clock and not by a timer, so that a machine that slept locks too.
const OFTEN: u32 = 5_000;
/// What counts as use.
const USE: [&str; 4] = ["keydown", "pointerdown", "pointermove", "wheel"];

/// Locks the vault after the time that was set, unless a job is under way.
#[hook]
pub(crate) fn use_idle_lock() {
    let service = use_service();
    let minutes = match &service.readiness {
        Readiness::Ready(world) => world.lock,
        _ => None,
    };
    use_effect_with(minutes, move |minutes| {
        let watching = minutes.and_then(|minutes| watch(service.bridge, minutes));
        move || drop(watching)
    });
}

fn watch(bridge: Bridge, minutes: u32) -> Option<([EventListener; 4], Interval)> {
    let (window, used) = (dom::window()?, Rc::new(Cell::new(dom::now())));
    let listeners = USE.map(|kind| {
        let used = used.clone();
        EventListener::new(&window, kind, move |_| used.set(dom::now()))
    });
    let interval = Interval::new(OFTEN, move || {
        if bridge.is_working() {
            used.set(dom::now());
        } else if dom::now() - used.get() >= i64::from(minutes) * 60_000 {
            let bridge = bridge.clone();
            // When it is locked, the page is told so.
            spawn_local(async move { drop(bridge.run(Task::Lock.into()).await) });
        }
    });
    Some((listeners, interval))
}
