//! How a material takes over from another.

use rand_core::CryptoRng;
use waxseal_api::Timestamp;
use waxseal_crypto::KeyMaterial;

use crate::state::{KeyRecord, MaterialEntry, MaterialRecord, Rank};

/// Replaces the current material of a key, and of the related keys of other Regions, which are `keys` with the primary
/// first: with imported material that waits for it where there is some, and otherwise with new. Returns the new material
/// of each.
pub(crate) fn rotate(
    keys: &mut [KeyRecord],
    rng: &mut dyn CryptoRng,
    at: Timestamp,
    rank: Rank,
) -> Vec<MaterialRecord> {
    let Some((primary, replicas)) = keys.split_first_mut() else { return Vec::new() };
    primary.rotation.automatic = primary
        .rotation
        .automatic
        .map(|it| if matches!(rank, Rank::Automatic(_)) { it.after(at) } else { it });
    let mut made = Vec::new();
    if let Some(pending) = primary.pending_material() {
        pending.rank = rank;
    } else {
        let material = KeyMaterial::generate_aes(rng);
        made.extend(replicas.iter().map(|key| MaterialRecord::copied(key.arn.clone(), &material, at)));
        let material = MaterialRecord::new(primary.arn.clone(), material, at);
        primary.key_materials.push(MaterialEntry::made(material.id(), rank));
        made.push(material);
    }
    for replica in replicas {
        replica.follow(primary);
    }
    made
}
