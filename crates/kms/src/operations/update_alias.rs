//! UpdateAlias.

use waxseal_api::{
    operation::Nothing,
    operations::{UpdateAlias, UpdateAliasInput},
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx, Needs},
    error::Error,
};

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
        alias.point_to(cx, &old, &new)?;
        Ok(Nothing {})
    }
}
