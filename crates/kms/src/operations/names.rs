//! The names that alias operations take.

use waxseal_api::AliasName;

use crate::{constraints::Constraints, error::Error};

/// The name of every key's policy.
pub(super) const POLICY: &str = "default";

const NO_PREFIX: &str = "Alias must start with the prefix \"alias/\". Please see \
    https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html";

/// Reads the alias name and checks the length of the key's in one go.
pub(super) fn alias_and_target(alias_name: &str, target_key_id: &str) -> Result<AliasName, Error> {
    let mut check = Constraints::default();
    check.alias_name("aliasName", alias_name);
    check.key_id("targetKeyId", target_key_id);
    check.done()?;
    parse(alias_name)
}

/// Reads an alias name that stands alone.
pub(super) fn alias(alias_name: &str) -> Result<AliasName, Error> {
    let mut check = Constraints::default();
    check.alias_name("aliasName", alias_name);
    check.done()?;
    parse(alias_name)
}

/// Checks the name of a key that stands alone.
pub(super) fn key_id(key_id: &str) -> Result<(), Error> {
    let mut check = Constraints::default();
    check.key_id("keyId", key_id);
    check.done()
}

/// Checks the ID of a custom key store that stands alone.
pub(super) fn key_store_id(id: &str) -> Result<(), Error> {
    let mut check = Constraints::default();
    check.text("customKeyStoreId", id, 1..=64);
    check.done()
}

fn parse(name: &str) -> Result<AliasName, Error> {
    if !name.starts_with(AliasName::PREFIX) {
        return Err(Error::Validation(NO_PREFIX));
    }
    name.parse().map_err(|_| Error::AliasName(name.to_owned()))
}
