//! What the related keys of several Regions have in common.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use waxseal_api::{KeyArn, Place, Region};

use super::{Import, KeyRecord, MaterialEntry};

/// The Regions of a multi-Region key. Each of the related keys knows them all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MultiRegion {
    pub(crate) primary: Region,
    pub(crate) replicas: BTreeSet<Region>,
}

impl MultiRegion {
    /// A key that has no replica yet.
    pub(crate) fn primary(place: &Place) -> Self {
        Self { primary: place.region.clone(), replicas: BTreeSet::new() }
    }

    /// Makes a replica the primary, and the primary a replica.
    pub(crate) fn move_to(&mut self, primary: Region) {
        self.replicas.remove(&primary);
        let old = std::mem::replace(&mut self.primary, primary);
        self.replicas.insert(old);
    }
}

impl KeyRecord {
    /// Whether another Region has the primary key.
    pub(crate) fn is_replica(&self) -> bool {
        self.multi_region.as_ref().is_some_and(|regions| regions.primary != self.arn.place.region)
    }

    /// Whether it is a primary key with replicas.
    pub(crate) fn has_replicas(&self) -> bool {
        !self.is_replica() && self.multi_region.as_ref().is_some_and(|regions| !regions.replicas.is_empty())
    }

    /// The same key in another Region.
    pub(crate) fn arn_in(&self, region: &Region) -> KeyArn {
        let place = Place { account: self.arn.place.account.clone(), region: region.clone() };
        KeyArn { place, key_id: self.arn.key_id.clone() }
    }

    /// The related keys of other Regions.
    pub(crate) fn related(&self) -> impl Iterator<Item = KeyArn> {
        let regions = self.multi_region.iter();
        let all = regions.flat_map(|regions| regions.replicas.iter().chain([&regions.primary]));
        all.filter(|region| **region != self.arn.place.region).map(|region| self.arn_in(region))
    }

    /// Takes over what the related keys share: their Regions, their materials and when these rotate. Whether an imported
    /// material is here is each Region's own.
    pub(crate) fn follow(&mut self, other: &Self) {
        self.multi_region = other.multi_region.clone();
        self.rotation = other.rotation;
        let mine = std::mem::take(&mut self.key_materials);
        let own = |entry: &MaterialEntry| mine.iter().find(|it| it.id == entry.id)?.import.clone();
        self.key_materials = other
            .key_materials
            .iter()
            .map(|entry| MaterialEntry {
                import: entry.import.is_some().then(|| own(entry).unwrap_or_else(Import::default)),
                ..*entry
            })
            .collect();
        self.follow_material();
    }
}
