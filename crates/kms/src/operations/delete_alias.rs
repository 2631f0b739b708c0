//! DeleteAlias.

use waxseal_api::{
    operation::Nothing,
    operations::{DeleteAlias, DeleteAliasInput},
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
};

impl Rule for DeleteAlias {
    const REQUIRED: &'static [&'static str] = &["AliasName"];
    const RECORDED: &'static [&'static str] = &["AliasName"];

    fn run(cx: &mut Cx<'_>, input: DeleteAliasInput) -> Result<Nothing, Error> {
        let name = names::alias(&input.alias_name)?;
        let alias = cx.find_alias(name)?;
        let target = cx.find_target(alias)?;
        let alias = cx.authorize(Action::DeleteAlias, alias)?;
        let target = cx.authorize(Action::DeleteAlias, target)?;
        alias.delete(cx, &target);
        Ok(Nothing {})
    }
}
