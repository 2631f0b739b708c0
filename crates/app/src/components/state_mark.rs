//! The state of a key: a shape and its word.

use waxseal_api::types::KeyState;
use yew::prelude::*;

use crate::shapes;

/// A whole seal, an empty one, or one that is struck through; and what that means.
pub(crate) fn state_mark(state: KeyState) -> Html {
    let (word, class) = match state {
        KeyState::Enabled => ("Enabled", "state-enabled"),
        KeyState::Disabled => ("Disabled", "state-disabled"),
        KeyState::PendingDeletion => ("Pending deletion", "state-pending-deletion"),
        KeyState::PendingReplicaDeletion => ("Pending replica deletion", "state-pending-deletion"),
        KeyState::Creating => ("Creating", "state-disabled"),
        KeyState::PendingImport => ("Pending import", "state-disabled"),
        KeyState::Unavailable => ("Unavailable", "state-disabled"),
        KeyState::Updating => ("Updating", "state-disabled"),
    };
    html! {
        <span class={classes!("state", class)}>
            <svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path class="state-wax" d={shapes::WAX} />
                if state == KeyState::Enabled {
                    <path class="state-mark" d="M7.5 12.5l3.2 3.2 6-7" />
                } else if class == "state-pending-deletion" {
                    <path class="state-mark" d="M8 8l8.5 8.5M16.5 8L8 16.5" />
                } else {
                    <path class="state-mark" d="M8 12h8.5" />
                }
            </svg>
            <span>{ word }</span>
        </span>
    }
}
