//! What there is in a place, at a glance: for whoever keeps the state and shows all of it, not for callers of the service.

use waxseal_api::{Place, Timestamp, sandbox::KeyRow};

use crate::state::State;

/// The keys of a place in order of ID, from the one after another.
pub fn keys_in<'a>(
    state: &'a State,
    place: &'a Place,
    now: Timestamp,
    after: Option<&str>,
) -> impl Iterator<Item = KeyRow> + 'a {
    let view = state.at(now);
    view.keys(place, after.and_then(|id| id.parse().ok())).map(move |key| KeyRow {
        id: key.arn.key_id.to_string(),
        names: view.aliases_of(&key.arn).map(ToString::to_string).collect(),
        state: key.key_state(view.key_store_of(key)),
        spec: key.key_spec,
        created: key.creation_date,
        description: key.description.clone(),
    })
}
