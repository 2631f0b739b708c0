//! UpdateAlias.

use waxseal_api::{
    operation::Nothing,
    operations::{UpdateAlias, UpdateAliasInput},
    types::{KeySpec, KeyUsage},
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx, Needs},
    error::Error,
    state::KeyRecord,
};

const OTHER_KIND: &str = "The new KMS key of an alias must be of the same type as its current one, symmetric, \
                          asymmetric or HMAC, and have the same key usage.";

impl Rule for UpdateAlias {
    const REQUIRED: &'static [&'static str] = &["AliasName", "TargetKeyId"];
    const RECORDED: &'static [&'static str] = &["AliasName", "TargetKeyId"];

    fn run(cx: &mut Cx<'_>, input: UpdateAliasInput) -> Result<Nothing, Error> {
        let name = names::alias_and_target(&input.alias_name, &input.target_key_id)?;
        let alias = cx.find_alias(name)?;
        let (old, new) = (cx.find_target(alias)?, cx.find_key(&input.target_key_id)?);
        let alias = cx.authorize(Action::UpdateAlias, alias)?;
        let old = cx.authorize(Action::UpdateAlias, old)?;
        let new = cx.authorize(Action::UpdateAlias, new)?;
        new.require(Needs::ToStay)?;
        if kind(old.key()) != kind(new.key()) {
            return Err(Error::Validation(OTHER_KIND));
        }
        alias.point_to(cx, &old, &new)?;
        Ok(Nothing {})
    }
}

/// What two keys have in common that an alias can point to one after the other.
fn kind(key: &KeyRecord) -> (bool, KeyUsage) {
    (key.key_spec == KeySpec::SymmetricDefault, key.key_usage)
}
