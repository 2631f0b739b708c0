//! What the key may do now, and changing that.

use waxseal_api::types::{KeyMetadata, KeyState};
use yew::prelude::*;

use super::{
    Acting,
    act::{Act, Part},
    told::Told,
};
use crate::{
    components::{Link, day, state_mark},
    route::Route,
};

/// The state in a word and a sentence, and the buttons that change it.
pub(crate) fn state(metadata: &KeyMetadata, acting: &Acting) -> Html {
    html! {
        <section class="key-state" aria-label="State">
            <p class="key-state-word">{ state_mark(metadata.key_state) }</p>
            <p class="lead">{ meaning(metadata) }</p>
            <p class="actions">{ buttons(metadata, acting) }</p>
            <Told part={Part::State} acting={acting.clone()} />
        </section>
    }
}

fn meaning(metadata: &KeyMetadata) -> String {
    match metadata.key_state {
        KeyState::Enabled => "Ready: it encrypts and opens what was encrypted under it.".to_owned(),
        KeyState::Disabled => {
            "Kept, but its use is refused to everyone until it is enabled again.".to_owned()
        }
        KeyState::PendingDeletion => {
            let until = metadata.deletion_date.map(day).unwrap_or_default();
            format!(
                "It will be destroyed on {until}, and every file encrypted under it is lost then. Until then its use is \
                refused, and you can cancel."
            )
        }
        KeyState::PendingReplicaDeletion => "It waits for its replicas to be deleted first.".to_owned(),
        KeyState::Creating => "It is being made.".to_owned(),
        KeyState::PendingImport => "It does nothing until its material is imported.".to_owned(),
        KeyState::Unavailable => "Its key store cannot be reached.".to_owned(),
        KeyState::Updating => "Its primary Region is being changed.".to_owned(),
    }
}

fn buttons(metadata: &KeyMetadata, acting: &Acting) -> Html {
    let button = |words: &'static str, act: Act| {
        let busy = acting.action.busy().then_some("true");
        html! { <button type="button" class="button" onclick={acting.on_click(act)} aria-disabled={busy}>{ words }</button> }
    };
    match metadata.key_state {
        KeyState::Enabled => html! {
            <>
                <Link class="button primary" to={Route::Files} query={format!("key={}", metadata.arn)}>{ "Encrypt a file" }</Link>
                { button("Disable", Act::Disable) }
            </>
        },
        KeyState::Disabled => button("Enable", Act::Enable),
        KeyState::PendingDeletion => button("Cancel the deletion", Act::CancelDeletion),
        KeyState::PendingReplicaDeletion
        | KeyState::Creating
        | KeyState::PendingImport
        | KeyState::Unavailable
        | KeyState::Updating => Html::default(),
    }
}
