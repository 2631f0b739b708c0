//! From a name to the thing that has it. What is found is opaque until a permit opens it.

use waxseal_api::{
    AliasName, KeyArn, KeyRef, Place,
    trace::Step,
    types::{KeyManager, KeyState},
};

use super::{Action, Cx, access::Resource};
use crate::{
    ciphertext::Ciphertext,
    error::{Error, NO_RESOURCE},
    state::{AliasArn, AliasRecord, Change, KeyRecord},
};

/// A key that is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(super) key: &'a KeyRecord,
    pub(super) state: KeyState,
    pub(super) named_by_ciphertext: bool,
}

/// An alias that is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundAlias<'a>(pub(super) &'a AliasRecord);

/// An alias that may be there or not.
#[derive(Debug)]
pub(crate) struct FreeAlias(pub(super) AliasArn);

/// The caller's account in the Region of the call, with everything in it.
#[derive(Debug)]
pub(crate) struct Account(pub(super) Place);

impl<'a> Found<'a> {
    /// Its full name; all that is known without a permit.
    pub(crate) fn arn(&self) -> &'a KeyArn {
        &self.key.arn
    }
}

impl<'a> Cx<'a> {
    /// Finds a key by key ID, key ARN, alias name or alias ARN.
    pub(crate) fn find(&mut self, named: &str) -> Result<Found<'a>, Error> {
        let arn = match parse(named)? {
            KeyRef::Alias(name) => self.target(self.caller.place.clone(), name)?,
            KeyRef::AliasArn(place, name) => self.target(place, name)?,
            other => self.full_name(other, named)?,
        };
        self.found(named, arn)
    }

    /// Finds a key by key ID or key ARN.
    pub(crate) fn find_key(&mut self, named: &str) -> Result<Found<'a>, Error> {
        let arn = self.full_name(parse(named)?, named)?;
        self.found(named, arn)
    }

    /// Finds the key that a ciphertext names, or its related key in the Region of the call. Who may not use it is not told whether it exists.
    pub(crate) fn find_by_ciphertext(
        &mut self,
        action: Action,
        ciphertext: &Ciphertext<'_>,
    ) -> Result<Found<'a>, Error> {
        let mut arn = ciphertext.header.key_arn.clone();
        let named = arn.to_string();
        if arn.key_id.is_multi_region() {
            arn.place.region = self.caller.place.region.clone();
        }
        let found = self.here(&arn.place).and_then(|()| self.found(&named, arn));
        found.map(|it| Found { named_by_ciphertext: true, ..it }).map_err(|_| Error::Ciphertext {
            principal: self.caller.arn(),
            action: format!("kms:{action}"),
            because: NO_RESOURCE.to_owned(),
        })
    }

    /// Finds an alias of the caller's account by its name.
    pub(crate) fn find_alias(&mut self, name: AliasName) -> Result<FoundAlias<'a>, Error> {
        let arn = AliasArn { place: self.caller.place.clone(), name };
        self.view.alias(&arn).map(FoundAlias).ok_or(Error::NoSuchAlias(arn))
    }

    /// A name for an alias of the caller's account.
    pub(crate) fn alias_to_be(&self, name: AliasName) -> FreeAlias {
        FreeAlias(AliasArn { place: self.caller.place.clone(), name })
    }

    /// The key that an alias points to.
    pub(crate) fn find_target(&mut self, alias: FoundAlias<'_>) -> Result<Found<'a>, Error> {
        self.found(alias.0.arn.name.as_str(), alias.0.target())
    }

    /// The caller's account in the Region of the call.
    pub(crate) fn account(&self) -> Account {
        Account(self.caller.place.clone())
    }

    /// The key that a name means, if there is one in the Region of the call.
    pub(super) fn arn_of(&self, named: &str) -> Option<KeyArn> {
        match named.parse().ok()? {
            KeyRef::Alias(name) => self.target(self.caller.place.clone(), name).ok(),
            KeyRef::AliasArn(place, name) => self.target(place, name).ok(),
            other => self.full_name(other, named).ok(),
        }
    }

    fn found(&mut self, named: &str, arn: KeyArn) -> Result<Found<'a>, Error> {
        let Some(key) = self.view.key(&arn).or_else(|| self.new_key(&arn)) else {
            return Err(Error::NoSuchKey(arn));
        };
        self.trace.push(Step::KeyFound { named: named.to_owned(), key_arn: arn.to_string() });
        self.resources.push(arn);
        Ok(self.seen(key))
    }

    /// A key with the state that it is in.
    pub(super) fn seen(&self, key: &'a KeyRecord) -> Found<'a> {
        Found { key, state: key.key_state(self.view.key_store_of(key)), named_by_ciphertext: false }
    }

    fn target(&self, place: Place, name: AliasName) -> Result<KeyArn, Error> {
        self.here(&place)?;
        let arn = AliasArn { place, name };
        let alias = self.view.alias(&arn).or_else(|| self.new_alias(&arn));
        alias.map(AliasRecord::target).ok_or(Error::NoSuchAlias(arn))
    }

    /// A key that has been made just now and is not in the state yet.
    fn new_key(&self, arn: &KeyArn) -> Option<&'a KeyRecord> {
        self.made.iter().find_map(|change| match change {
            Change::PutKey(key) if key.arn == *arn => Some(&**key),
            _ => None,
        })
    }

    fn new_alias(&self, arn: &AliasArn) -> Option<&'a AliasRecord> {
        self.made.iter().find_map(|change| match change {
            Change::PutAlias(alias) if alias.arn == *arn => Some(&**alias),
            _ => None,
        })
    }

    fn full_name(&self, key: KeyRef, named: &str) -> Result<KeyArn, Error> {
        match key {
            KeyRef::Id(key_id) => Ok(KeyArn { place: self.caller.place.clone(), key_id }),
            KeyRef::Arn(arn) => self.here(&arn.place).map(|()| arn),
            KeyRef::Alias(_) | KeyRef::AliasArn(..) => Err(Error::InvalidKeyId(named.to_owned())),
        }
    }

    /// Whether a place is in the Region of the call.
    fn here(&self, place: &Place) -> Result<(), Error> {
        if place.region == self.caller.place.region {
            Ok(())
        } else {
            Err(Error::OtherRegion(place.region.clone()))
        }
    }
}

fn parse(named: &str) -> Result<KeyRef, Error> {
    named.parse().map_err(|_| Error::InvalidKeyId(named.to_owned()))
}

impl Resource for Found<'_> {
    fn place(&self) -> &Place {
        &self.key.arn.place
    }
    fn name(&self) -> String {
        self.key.arn.to_string()
    }
    fn check_state(&self, action: Action) -> Result<(), Error> {
        if self.key.key_manager == KeyManager::Aws && action.changes_key() {
            return Err(Error::AwsManaged(self.key.arn.clone()));
        }
        action.needs().check(&self.key.arn, self.state)
    }
    fn record(&self) -> Option<&KeyRecord> {
        Some(self.key)
    }
    fn refusal(&self, denial: Error) -> Error {
        if self.named_by_ciphertext { denial.of_ciphertext() } else { denial }
    }
}

impl Resource for FoundAlias<'_> {
    fn place(&self) -> &Place {
        &self.0.arn.place
    }
    fn name(&self) -> String {
        self.0.arn.to_string()
    }
}

impl Resource for FreeAlias {
    fn place(&self) -> &Place {
        &self.0.place
    }
    fn name(&self) -> String {
        self.0.to_string()
    }
}

impl Resource for Account {
    fn place(&self) -> &Place {
        &self.0
    }
    fn name(&self) -> String {
        "*".to_owned()
    }
}
