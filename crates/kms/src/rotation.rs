//! How a material takes over from another.

use rand_core::CryptoRng;
use serde_json::json;
use waxseal_api::{Timestamp, audit::AuditRecord};
use waxseal_crypto::KeyMaterial;

use crate::{
    audit,
    state::{KeyRecord, MaterialEntry, MaterialRecord, Rank},
};

/// What a rotation has made.
pub(crate) struct Rotated {
    /// The new material of each key; none where imported material took over.
    pub(crate) materials: Vec<MaterialRecord>,
    /// What the service says of it in the audit log, of each key.
    pub(crate) records: Vec<AuditRecord>,
}

/// Replaces the current material of a key, and of the related keys of other Regions, which are `keys` with the primary
/// first: with imported material that waits for it where there is some, and otherwise with new.
pub(crate) fn rotate(keys: &mut [KeyRecord], rng: &mut dyn CryptoRng, at: Timestamp, rank: Rank) -> Rotated {
    let (mut materials, mut records) = (Vec::new(), Vec::new());
    let Some((primary, replicas)) = keys.split_first_mut() else { return Rotated { materials, records } };
    let current = |key: &KeyRecord| key.current_material().map(|entry| entry.id.to_string());
    let before = current(primary);
    primary.rotation.automatic = primary
        .rotation
        .automatic
        .map(|it| if matches!(rank, Rank::Automatic(_)) { it.after(at) } else { it });
    if let Some(pending) = primary.pending_material() {
        pending.rank = rank;
    } else {
        let material = KeyMaterial::generate_aes(rng);
        materials.extend(replicas.iter().map(|key| MaterialRecord::copied(key.arn.clone(), &material, at)));
        let material = MaterialRecord::new(primary.arn.clone(), material, at);
        primary.key_materials.push(MaterialEntry::made(material.id(), rank));
        materials.push(material);
    }
    // As https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html has it.
    let details = json!({
        "rotationType": if matches!(rank, Rank::Automatic(_)) { "AUTOMATIC" } else { "ON_DEMAND" },
        "keyOrigin": primary.origin,
        "previousKeyMaterialId": before,
        "currentKeyMaterialId": current(primary),
        "keyId": primary.arn.key_id,
    });
    records.push(audit::event("RotateKey", &primary.arn, at, Some(details)));
    for replica in replicas {
        replica.follow(primary);
        let details = json!({ "keyId": replica.arn.key_id });
        records.push(audit::event("SynchronizeMultiRegionKey", &replica.arn, at, Some(details)));
    }
    Rotated { materials, records }
}
