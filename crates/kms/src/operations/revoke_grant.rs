//! RevokeGrant.

use waxseal_api::{
    operation::Nothing,
    operations::{RevokeGrant, RevokeGrantInput},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for RevokeGrant {
    const REQUIRED: &'static [&'static str] = &["KeyId", "GrantId"];
    const RECORDED: &'static [&'static str] = &["DryRun", "GrantId", "KeyId"];

    fn run(cx: &mut Cx<'_>, input: RevokeGrantInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.text("grantId", &input.grant_id, 1..=128);
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let permit = cx.authorize(Action::RevokeGrant, key)?;
        let grant = cx.find_grant(key, &input.grant_id)?;
        unless_dry_run(input.dry_run)?;
        permit.revoke(cx, grant);
        Ok(Nothing {})
    }
}
