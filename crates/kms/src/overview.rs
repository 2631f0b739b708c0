//! What there is in a place, at a glance: for whoever keeps the state and shows all of it, not for callers of the service.

use serde_json::{Value, json};
use waxseal_api::{Place, Timestamp, sandbox::KeyRow};

use crate::state::{KeyRecord, State, View};

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

/// All keys of all accounts and Regions, in order: the members that DescribeKey has, and beside them `Account`, `Region`,
/// `Aliases`, `Policy`, `Tags`, `Grants`, `Rotation` with `PeriodInDays` and `Next` where it is on, and `Materials`, the number of
/// those that the key has here.
pub fn survey(state: &State, now: Timestamp) -> Vec<Value> {
    let view = state.at(now);
    let keys = state.places().flat_map(|place| view.keys(place, None));
    keys.map(|key| surveyed(view, key)).collect()
}

fn surveyed(view: View<'_>, key: &KeyRecord) -> Value {
    let mut all = json!(key.metadata(view.key_store_of(key)));
    let rest = json!({
        "Account": key.arn.place.account,
        "Region": key.arn.place.region,
        "Aliases": view.aliases_of(&key.arn).map(ToString::to_string).collect::<Vec<_>>(),
        "Policy": serde_json::from_str::<Value>(key.policy.as_str()).unwrap_or_default(),
        "Tags": key.tags,
        "Grants": view.grants(&key.arn, None).map(|grant| json!(grant.entry())).collect::<Vec<_>>(),
        "Rotation": key.rotation.automatic.map(|it| json!({ "PeriodInDays": it.period_in_days, "Next": it.next })),
        "Materials": key.key_materials.iter().filter(|entry| view.material(key, entry.id).is_some()).count(),
    });
    if let (Value::Object(all), Value::Object(rest)) = (&mut all, rest) {
        all.extend(rest);
    }
    all
}
