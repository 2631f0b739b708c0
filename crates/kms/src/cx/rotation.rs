//! What a permit to rotate a key opens.

use waxseal_api::{
    KeyArn, Region,
    types::{KeySpec, Origin},
};

use super::{Cx, Found, Permit, access::Resource};
use crate::{
    error::Error,
    rotation::{self, Rotated},
    state::{Change, KeyRecord, MultiRegion, Rank, Status},
};

impl Permit<Found<'_>> {
    /// Whether the service makes the key's material, where it likes.
    ///
    /// # Errors
    /// Its material is imported, or kept in a custom key store.
    pub(crate) fn must_have_own_material(&self) -> Result<(), Error> {
        let key = self.key();
        if key.origin == Origin::AwsKms { Ok(()) } else { Err(Error::Origin(key.arn.clone(), key.origin)) }
    }

    /// Whether the service could rotate the key by the calendar, and from here.
    ///
    /// # Errors
    /// It is not symmetric, its material is not the service's own, or another Region has the primary key.
    pub(crate) fn must_rotate_by_itself(&self) -> Result<(), Error> {
        self.must_have_own_material()?;
        if self.key().key_spec != KeySpec::SymmetricDefault {
            return Err(Error::NotSymmetric);
        }
        self.must_be_primary()
    }

    /// Whether no other Region has the primary key.
    ///
    /// # Errors
    /// It has.
    pub(crate) fn must_be_primary(&self) -> Result<(), Error> {
        let key = self.key();
        if key.is_replica() { Err(Error::NotPrimary(key.arn.clone())) } else { Ok(()) }
    }

    /// The Regions of a multi-Region primary key.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn must_have_replicas(&self) -> Result<&MultiRegion, Error> {
        let key = self.key();
        let regions = key.multi_region.as_ref().filter(|_| !key.is_replica());
        regions.ok_or_else(|| Error::NotPrimary(key.arn.clone()))
    }

    /// Makes the replica in another Region the primary key. Both keys are busy with it for a moment.
    ///
    /// # Errors
    /// There is no replica, or its state does not allow it.
    pub(crate) fn move_primary(&self, cx: &mut Cx<'_>, region: &Region) -> Result<(), Error> {
        let arn = self.key().arn_in(region);
        let replica = cx.view.key(&arn).ok_or_else(|| Error::NoSuchKey(arn.clone()))?;
        cx.seen(replica).check_state(self.action)?;
        let updating = Status::Updating { until: cx.soon() };
        let mut keys = vec![self.key().clone()];
        keys.extend(self.related(cx).cloned());
        for mut key in keys {
            if let Some(regions) = &mut key.multi_region {
                regions.move_to(region.clone());
            }
            if key.arn == self.key().arn || key.arn == arn {
                key.status = updating;
            }
            cx.put_key("primary Region", key);
        }
        Ok(())
    }

    /// Whether imported material waits to take over, and is here in every Region of the key.
    pub(crate) fn is_ready_to_rotate(&self, cx: &Cx<'_>) -> bool {
        let waits = |key: &KeyRecord| {
            key.key_materials.iter().any(|entry| entry.rank == Rank::Pending && entry.is_present())
        };
        waits(self.key()) && self.related(cx).all(waits)
    }

    /// Changes what the related keys share: this key's record, and theirs after it.
    pub(crate) fn update_all(&self, cx: &mut Cx<'_>, what: &str, change: impl FnOnce(&mut KeyRecord)) {
        let mut key = self.key().clone();
        change(&mut key);
        let related: Vec<KeyRecord> = self.related(cx).cloned().collect();
        for mut other in related {
            other.follow(&key);
            cx.put_key(what, other);
        }
        cx.put_key(what, key);
    }

    /// Lets a new material take over, in all Regions of the key.
    pub(crate) fn rotate(&self, cx: &mut Cx<'_>) {
        let mut keys = vec![self.key().clone()];
        keys.extend(self.related(cx).cloned());
        let Rotated { materials, records } =
            rotation::rotate(&mut keys, cx.rng, cx.now, Rank::OnDemand(cx.now));
        for material in materials {
            cx.put_material(material);
        }
        cx.events.extend(records);
        for key in keys {
            cx.put_key("rotation", key);
        }
    }

    /// The related keys of other Regions.
    pub(crate) fn related<'a>(&self, cx: &Cx<'a>) -> impl Iterator<Item = &'a KeyRecord> {
        let arns: Vec<KeyArn> = self.key().related().collect();
        let view = cx.view;
        arns.into_iter().filter_map(move |arn| view.key(&arn))
    }
}

impl Cx<'_> {
    pub(super) fn put_key(&mut self, what: &str, key: KeyRecord) {
        self.changed(what, key.arn.to_string(), Change::PutKey(Box::new(key)));
    }
}
