//! The beginning of a sandbox, and its time as the page goes on.

use gloo_timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Start, Task},
};
use yew::prelude::*;

use crate::bridge::{Readiness, use_service};

/// How often the time is looked at, in milliseconds.
const OFTEN: u32 = 30_000;

/// Sees to it that the page shows what time it is.
#[hook]
pub(crate) fn use_time() {
    let service = use_service();
    use_effect_with((), move |()| {
        let interval = Interval::new(OFTEN, move || service.refresh());
        move || drop(interval)
    });
}

/// Lets the sandbox begin when it is open, and again when its worker was started again: whether it has, or why not. One that
/// has begun before goes on; another begins as `start` says, and `prepare` has run then.
#[hook]
pub(crate) fn use_begun(start: Start, prepare: &str) -> Option<Result<(), Failure>> {
    let (service, begun) = (use_service(), use_state_eq(|| None));
    let prepare = prepare.to_owned();
    use_effect_with(service.readiness.clone(), {
        let begun = begun.clone();
        move |readiness| match readiness {
            Readiness::Ready(_) => spawn_local(async move {
                begun.set(Some(service.bridge.perform(Task::Begin { start, prepare }).await));
            }),
            Readiness::Closed(error) | Readiness::Crashed(error) => {
                begun.set(Some(Err(error.clone().into())));
            }
            Readiness::Starting | Readiness::Locked => begun.set(None),
        }
    });
    (*begun).clone()
}
