//! UpdatePrimaryRegion.

use waxseal_api::{
    operation::Nothing,
    operations::{UpdatePrimaryRegion, UpdatePrimaryRegionInput},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for UpdatePrimaryRegion {
    const REQUIRED: &'static [&'static str] = &["KeyId", "PrimaryRegion"];
    const RECORDED: &'static [&'static str] = &["KeyId", "PrimaryRegion"];

    fn run(cx: &mut Cx<'_>, input: UpdatePrimaryRegionInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        let region = check.region("primaryRegion", &input.primary_region);
        let region = check.done_with(region)?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::UpdatePrimaryRegion, key)?;
        let regions = key.must_have_replicas()?;
        if regions.primary == region {
            return Err(Error::AlreadyPrimary(key.key().arn.clone()));
        }
        key.move_primary(cx, &region)?;
        Ok(Nothing {})
    }
}
