//! Whatever has to be waited for, drawn.

use waxseal_api::Failure;
use yew::prelude::*;

use crate::{
    bridge::{Readiness, Remote, World},
    failure::FailureNote,
};

/// Draws a value when it is there; before, says what is being done; and if it does not come, why.
pub(crate) fn remote<T>(remote: &Remote<T>, pending: &'static str, draw: impl FnOnce(&T) -> Html) -> Html {
    match remote {
        Remote::Pending => html! { <p class="pending" role="status">{ pending }</p> },
        Remote::Failed(failure) => html! { <FailureNote failure={failure.clone()} /> },
        Remote::Ready(value) => draw(value),
    }
}

/// Draws what needs the open world.
pub(crate) fn when_open(readiness: &Readiness, draw: impl FnOnce(&World) -> Html) -> Html {
    match readiness {
        Readiness::Starting | Readiness::Locked => {
            html! { <p class="pending" role="status">{ "Opening the vault…" }</p> }
        }
        Readiness::Closed(error) | Readiness::Crashed(error) => {
            html! { <FailureNote failure={Failure::Local(error.clone())} /> }
        }
        Readiness::Ready(world) => draw(world),
    }
}
