//! RetireGrant.

use waxseal_api::{
    operation::Nothing,
    operations::{RetireGrant, RetireGrantInput},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Cx, unless_dry_run},
    error::Error,
};

const ONE_WAY: &str = "Please specify either GrantToken, or both KeyId and GrantId.";

impl Rule for RetireGrant {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["DryRun", "GrantId", "KeyId"];

    fn run(cx: &mut Cx<'_>, input: RetireGrantInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.optional_text("grantToken", input.grant_token.as_deref(), 1..=8192);
        check.optional_text("keyId", input.key_id.as_deref(), 1..=2048);
        check.optional_text("grantId", input.grant_id.as_deref(), 1..=128);
        check.done()?;
        let grant = match (&input.grant_token, &input.key_id, &input.grant_id) {
            (Some(token), None, None) => cx.find_grant_by_token(token)?,
            (None, Some(key_id), Some(grant_id)) => {
                let key = cx.find_key(key_id)?;
                cx.find_grant(key, grant_id)?
            }
            _ => return Err(Error::Validation(ONE_WAY)),
        };
        let grant = cx.authorize_retiring(grant)?;
        unless_dry_run(input.dry_run)?;
        grant.retire(cx);
        Ok(Nothing {})
    }
}
