//! CreateAlias.

use waxseal_api::{
    operation::Nothing,
    operations::{CreateAlias, CreateAliasInput},
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
};

impl Rule for CreateAlias {
    const REQUIRED: &'static [&'static str] = &["AliasName", "TargetKeyId"];
    const RECORDED: &'static [&'static str] = &["AliasName", "TargetKeyId"];

    fn run(cx: &mut Cx<'_>, input: CreateAliasInput) -> Result<Nothing, Error> {
        let name = names::alias_and_target(&input.alias_name, &input.target_key_id)?;
        if name.is_reserved() {
            return Err(Error::ReservedAlias(input.alias_name));
        }
        let target = cx.find_key(&input.target_key_id)?;
        let alias = cx.authorize(Action::CreateAlias, cx.alias_to_be(name))?;
        let target = cx.authorize(Action::CreateAlias, target)?;
        alias.create(cx, &target)?;
        Ok(Nothing {})
    }
}
