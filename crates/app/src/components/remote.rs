//! Whatever has to be waited for, drawn.

use yew::prelude::*;

use crate::{bridge::Remote, failure::FailureNote};

/// Draws a value when it is there; before, says what is being done; and if it does not come, why.
pub(crate) fn remote<T>(remote: &Remote<T>, pending: &'static str, draw: impl FnOnce(&T) -> Html) -> Html {
    match remote {
        Remote::Pending => html! { <p class="pending" role="status">{ pending }</p> },
        Remote::Failed(failure) => html! { <FailureNote failure={failure.clone()} /> },
        Remote::Ready(value) => draw(value),
    }
}
