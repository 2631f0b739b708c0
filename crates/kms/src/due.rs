//! What the passage of time does by itself.

use waxseal_api::{Timestamp, audit::AuditRecord};

use crate::{
    audit,
    state::{Change, KeyRecord, State, View},
};

/// Destroys the keys whose deletion date has come: material, aliases and the key itself. Returns what to change and
/// what the audit log says of it.
pub fn due(state: &State, now: Timestamp) -> (Vec<Change>, Vec<AuditRecord>) {
    let view = state.at(now);
    let changes = view.past_keys().flat_map(|key| destroy(view, key)).collect();
    let records = view.past_keys().map(|key| audit::key_deleted(&key.arn, now)).collect();
    (changes, records)
}

fn destroy(view: View<'_>, key: &KeyRecord) -> Vec<Change> {
    let materials = key.key_materials.iter().map(|id| Change::DeleteMaterial(key.arn.clone(), *id));
    let aliases = view.aliases_of(key).map(|alias| alias.arn.clone());
    materials
        .chain(aliases.map(|arn| Change::DeleteAlias(arn.place, arn.name)))
        .chain([Change::DeleteKey(key.arn.clone())])
        .collect()
}
