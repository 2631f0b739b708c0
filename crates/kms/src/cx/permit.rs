//! What a permission opens.

use waxseal_api::{AliasName, KeyId, trace::Step, types::KeyMetadata};

use super::{
    Action, Cx, Found, Needs,
    find::{Account, FoundAlias, FreeAlias},
};
use crate::{
    error::Error,
    managed::alias_of,
    state::{AliasArn, AliasRecord, Change, KeyRecord, MaterialRecord, Status, UsageRecord},
};

/// The most aliases a key can have.
const ALIAS_LIMIT: usize = 50;

/// Proof that the caller may do one thing to one resource, made by [`Cx::authorize`] alone.
#[derive(Debug)]
pub(crate) struct Permit<R> {
    pub(super) action: Action,
    pub(super) resource: R,
}

impl<R> Permit<R> {
    pub(super) fn granted(action: Action, resource: R) -> Self {
        Self { action, resource }
    }
}

impl<'a> Permit<Found<'a>> {
    /// Everything about the key but its material.
    pub(crate) fn key(&self) -> &'a KeyRecord {
        self.resource.key
    }

    /// What DescribeKey says.
    pub(crate) fn metadata(&self, cx: &Cx<'_>) -> KeyMetadata {
        self.key().metadata(cx.view.key_store_of(self.key()))
    }

    /// When it was last used.
    pub(crate) fn usage(&self, cx: &Cx<'a>) -> Option<&'a UsageRecord> {
        cx.view.usage(&self.key().arn)
    }

    /// What else an operation asks of the key's state.
    pub(crate) fn require(&self, needs: Needs) -> Result<(), Error> {
        needs.check(&self.key().arn, self.resource.state)
    }

    /// Changes the key's record; `what` in a few words for the trace.
    pub(crate) fn update(&self, cx: &mut Cx<'_>, what: &str, change: impl FnOnce(&mut KeyRecord)) {
        let mut key = self.key().clone();
        change(&mut key);
        cx.put_key(what, key);
    }

    /// Its aliases, in order of name.
    pub(crate) fn aliases(&self, cx: &Cx<'a>) -> impl Iterator<Item = &'a AliasRecord> {
        let (view, place) = (cx.view, &self.key().arn.place);
        let arns = view.aliases_of(&self.key().arn);
        arns.filter_map(move |name| view.alias(&AliasArn { place: place.clone(), name: name.clone() }))
    }

    /// Changes what the key may do.
    pub(crate) fn set_status(&self, cx: &mut Cx<'_>, status: Status) {
        self.update(cx, &format!("state {}", status.key_state()), |key| key.status = status);
    }
}

impl Permit<Account> {
    /// The account's keys in this Region, in order of key ID.
    pub(crate) fn keys<'a>(&self, cx: &Cx<'a>, after: Option<KeyId>) -> impl Iterator<Item = &'a KeyRecord> {
        cx.view.keys(&self.resource.0, after)
    }

    /// The account's aliases in this Region, in order of name.
    pub(crate) fn aliases<'a>(
        &self,
        cx: &Cx<'a>,
        after: Option<AliasName>,
    ) -> impl Iterator<Item = &'a AliasRecord> {
        cx.view.aliases(&self.resource.0, after)
    }

    /// The predefined aliases that have no key yet, in order of name.
    pub(crate) fn aliases_without_key<'a>(&self, cx: &Cx<'a>) -> impl Iterator<Item = AliasArn> {
        let (view, place) = (cx.view, self.resource.0.clone());
        let names = cx.brought.predefined.iter().filter_map(|service| alias_of(service).ok());
        let arns = names.map(move |name| AliasArn { place: place.clone(), name });
        arns.filter(move |arn| view.alias(arn).is_none())
    }
}

impl Permit<FreeAlias> {
    /// Points the alias to a key of the same place.
    ///
    /// # Errors
    /// The name is taken, or the key has as many aliases as a key can have.
    pub(crate) fn create(self, cx: &mut Cx<'_>, target: &Permit<Found<'_>>) -> Result<(), Error> {
        let arn = self.resource.0;
        if cx.view.alias(&arn).is_some() {
            return Err(Error::AliasExists(arn));
        }
        cx.has_room(target)?;
        let target_key_id = target.key().arn.key_id.clone();
        cx.put_alias(AliasRecord { arn, target_key_id, creation_date: cx.now, last_updated_date: cx.now });
        Ok(())
    }
}

impl Permit<FoundAlias<'_>> {
    /// Points the alias from one key to another of the same place.
    ///
    /// # Errors
    /// The new key has as many aliases as a key can have.
    pub(crate) fn point_to(
        &self,
        cx: &mut Cx<'_>,
        old: &Permit<Found<'_>>,
        new: &Permit<Found<'_>>,
    ) -> Result<(), Error> {
        if old.key().arn != new.key().arn {
            cx.has_room(new)?;
        }
        let target_key_id = new.key().arn.key_id.clone();
        cx.put_alias(AliasRecord { target_key_id, last_updated_date: cx.now, ..self.resource.0.clone() });
        Ok(())
    }

    /// Takes the name away from its key, for which a permit is needed too.
    pub(crate) fn delete(self, cx: &mut Cx<'_>, _old: &Permit<Found<'_>>) {
        let arn = self.resource.0.arn.clone();
        cx.changed("alias deleted", arn.to_string(), Change::DeleteAlias(arn.place, arn.name));
    }
}

impl Cx<'_> {
    /// Whether a key can have one more alias.
    fn has_room(&self, target: &Permit<Found<'_>>) -> Result<(), Error> {
        let key = target.key();
        if self.view.aliases_of(&key.arn).count() < ALIAS_LIMIT {
            Ok(())
        } else {
            Err(Error::TooManyAliases(key.arn.clone(), ALIAS_LIMIT))
        }
    }

    fn put_alias(&mut self, alias: AliasRecord) {
        self.changed("alias", alias.arn.to_string(), Change::PutAlias(Box::new(alias)));
    }

    pub(super) fn put_material(&mut self, material: MaterialRecord) {
        let arn = material.key_arn().to_string();
        self.changed("key material", arn, Change::PutMaterial(Box::new(material)));
    }

    pub(super) fn changed(&mut self, what: &str, resource: String, change: Change) {
        self.trace.push(Step::Changed { what: what.to_owned(), resource });
        self.changes.push(change);
    }
}
