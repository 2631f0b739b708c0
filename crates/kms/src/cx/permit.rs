//! What a permission opens.

use waxseal_api::{
    AliasName, KeyArn, KeyId, Timestamp,
    arn::NameError,
    trace::{Item, Role, Step},
    types::{KeyManager, KeyMetadata, KeySpec, KeyUsage, Origin, Tag},
};
use waxseal_crypto::KeyMaterial;

use super::{
    Action, Cx, Found, Needs,
    find::{Account, FoundAlias, FreeAlias},
};
use crate::{
    error::Error,
    policy,
    state::{
        AliasArn, AliasRecord, Change, KeyRecord, MaterialEntry, MaterialId, MaterialRecord, Rank, Rotation,
        Status,
    },
};

/// The most aliases a key can have.
const ALIAS_LIMIT: usize = 50;

/// Proof that the caller may do one thing to one resource, made by [`Cx::authorize`] alone.
#[derive(Debug)]
pub(crate) struct Permit<R> {
    pub(super) action: Action,
    pub(super) resource: R,
}

/// What a caller decides about a key that is to be made.
#[derive(Debug)]
pub(crate) struct NewKey {
    pub(crate) description: String,
    pub(crate) policy: Option<String>,
    pub(crate) tags: Vec<Tag>,
}

impl NewKey {
    fn record(self, arn: KeyArn, material: MaterialId, now: Timestamp) -> KeyRecord {
        KeyRecord {
            version: KeyRecord::VERSION,
            creation_date: now,
            description: self.description,
            key_manager: KeyManager::Customer,
            key_spec: KeySpec::SymmetricDefault,
            key_usage: KeyUsage::EncryptDecrypt,
            origin: Origin::AwsKms,
            status: Status::Enabled,
            key_materials: vec![MaterialEntry::made(material, Rank::First)],
            rotation: Rotation::default(),
            policy: self.policy.unwrap_or_else(|| policy::default_for(&arn.place)),
            tags: self.tags,
            arn,
        }
    }
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

    /// What else an operation asks of the key's state.
    pub(crate) fn require(&self, needs: Needs) -> Result<(), Error> {
        needs.check(&self.key().arn, self.key().status.key_state())
    }

    /// Changes the key's record; `what` in a few words for the trace.
    pub(crate) fn update(&self, cx: &mut Cx<'_>, what: &str, change: impl FnOnce(&mut KeyRecord)) {
        let mut key = self.key().clone();
        change(&mut key);
        cx.changed(what, key.arn.to_string(), Change::PutKey(Box::new(key)));
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
    /// Makes a key with its first material.
    pub(crate) fn create_key(&self, cx: &mut Cx<'_>, new: NewKey) -> Result<KeyMetadata, Error> {
        let key_id = cx.uuid().to_string().parse();
        let key_id = key_id.map_err(|error: NameError| Error::Internal(error.to_string()))?;
        let arn = KeyArn { place: self.resource.0.clone(), key_id };
        let material = KeyMaterial::generate(cx.rng);
        let length = material.expose().len();
        cx.trace.push(Step::RandomMade { item: Item::withheld(Role::KmsKey, length) });
        let material = MaterialRecord::new(arn.clone(), material, cx.now);
        let key = new.record(arn.clone(), material.id(), cx.now);
        let metadata = key.metadata();
        cx.changed("key material", arn.to_string(), Change::PutMaterial(Box::new(material)));
        cx.changed("key", arn.to_string(), Change::PutKey(Box::new(key)));
        cx.resources.push(arn);
        Ok(metadata)
    }

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

    fn changed(&mut self, what: &str, resource: String, change: Change) {
        self.trace.push(Step::Changed { what: what.to_owned(), resource });
        self.changes.push(change);
    }
}
