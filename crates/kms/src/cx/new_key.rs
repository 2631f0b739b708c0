//! Making keys.

use waxseal_api::{
    KeyArn, KeyId, Region, Timestamp,
    arn::NameError,
    trace::{Item, Role, Step},
    types::{KeyManager, KeyMetadata, KeySpec, KeyUsage, Origin, Tag},
};

use super::{Cx, Found, Permit, find::Account};
use crate::{
    algorithms,
    error::Error,
    policy,
    state::{KeyRecord, MaterialEntry, MaterialRecord, Membership, MultiRegion, Rank, Rotation, Status},
};

const NOT_AGAIN: &str =
    "Only a multi-Region key with imported key material can be made again elsewhere with the same key ID.";

/// What a caller decides about a key that is to be made.
#[derive(Debug)]
pub(crate) struct NewKey {
    pub(crate) regional: Regional,
    pub(crate) key_spec: KeySpec,
    pub(crate) key_usage: KeyUsage,
    pub(crate) origin: Origin,
    pub(crate) multi_region: bool,
    pub(crate) custom_key_store: Option<Membership>,
}

/// What is decided for each Region of a key.
#[derive(Debug)]
pub(crate) struct Regional {
    pub(crate) description: String,
    pub(crate) policy: Option<String>,
    pub(crate) tags: Vec<Tag>,
}

impl NewKey {
    /// The key's record, before it has material.
    fn record(self, arn: KeyArn, now: Timestamp) -> KeyRecord {
        KeyRecord {
            version: KeyRecord::VERSION,
            creation_date: now,
            description: self.regional.description,
            key_manager: KeyManager::Customer,
            key_spec: self.key_spec,
            key_usage: self.key_usage,
            origin: self.origin,
            status: Status::PendingImport,
            key_materials: Vec::new(),
            rotation: Rotation::default(),
            multi_region: self.multi_region.then(|| MultiRegion::primary(&arn.place)),
            custom_key_store: self.custom_key_store,
            policy: self.regional.policy.unwrap_or_else(|| policy::default_for(&arn.place)).into(),
            tags: self.regional.tags,
            arn,
        }
    }
}

impl Permit<Account> {
    /// Makes a key, with its first material unless that is to be imported.
    pub(crate) fn create_key(&self, cx: &mut Cx<'_>, new: NewKey) -> Result<KeyMetadata, Error> {
        let arn = KeyArn { place: self.resource.0.clone(), key_id: cx.key_id(&new)? };
        if cx.view.key(&arn).is_some() {
            return Err(Error::KeyExists(arn));
        }
        let mut key = new.record(arn.clone(), cx.now);
        if key.origin != Origin::External {
            let material = cx.first_material(&key)?;
            key.key_materials.push(MaterialEntry::made(material.id(), Rank::First));
            key.follow_material();
            cx.put_material(material);
        }
        let store = cx.view.key_store_of(&key);
        let metadata = key.metadata(store);
        cx.put_key("key", key);
        cx.resources.push(arn);
        Ok(metadata)
    }
}

impl Permit<Found<'_>> {
    /// Makes a replica of this key in another Region.
    pub(crate) fn replicate(&self, cx: &mut Cx<'_>, region: &Region, regional: Regional) -> KeyRecord {
        let mut primary = self.key().clone();
        if let Some(regions) = &mut primary.multi_region {
            regions.replicas.insert(region.clone());
        }
        let arn = primary.arn_in(region);
        let mut replica = KeyRecord {
            creation_date: cx.now,
            description: regional.description,
            policy: regional.policy.unwrap_or_else(|| policy::default_for(&arn.place)).into(),
            tags: regional.tags,
            status: Status::Creating { until: cx.soon() },
            key_materials: Vec::new(),
            arn,
            ..primary.clone()
        };
        replica.follow(&primary);
        for entry in replica.key_materials.iter().filter(|entry| entry.is_present()) {
            if let Some(material) = cx.view.material(self.key(), entry.id) {
                cx.put_material(MaterialRecord::copied(replica.arn.clone(), material, cx.now));
            }
        }
        self.update_all(cx, "replica in another Region", |key| key.multi_region = primary.multi_region);
        cx.put_key("replica", replica.clone());
        cx.resources.push(replica.arn.clone());
        replica
    }
}

impl Cx<'_> {
    fn key_id(&mut self, new: &NewKey) -> Result<KeyId, Error> {
        if let Some(id) = self.brought.key_id.take() {
            let fits = id.is_multi_region() && new.multi_region && new.origin == Origin::External;
            return if fits { Ok(id) } else { Err(Error::Validation(NOT_AGAIN)) };
        }
        let id = self.uuid();
        let text = if new.multi_region { format!("mrk-{}", id.simple()) } else { id.to_string() };
        text.parse().map_err(|error: NameError| Error::Internal(error.to_string()))
    }

    fn first_material(&mut self, key: &KeyRecord) -> Result<MaterialRecord, Error> {
        let material = self.material(algorithms::spec(key.key_spec))?;
        let length = material.expose().len();
        self.trace.push(Step::RandomMade { item: Item::withheld(Role::KmsKey, length) });
        Ok(MaterialRecord::new(key.arn.clone(), material, self.now))
    }
}
