//! ReplicateKey.

use waxseal_api::{
    Region,
    operations::{ReplicateKey, ReplicateKeyInput, ReplicateKeyOutput},
};

use super::{Rule, tags};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, Regional},
    error::Error,
};

impl Rule for ReplicateKey {
    const REQUIRED: &'static [&'static str] = &["KeyId", "ReplicaRegion"];
    const RECORDED: &'static [&'static str] =
        &["BypassPolicyLockoutSafetyCheck", "Description", "KeyId", "Policy", "ReplicaRegion", "Tags"];

    fn run(cx: &mut Cx<'_>, input: ReplicateKeyInput) -> Result<ReplicateKeyOutput, Error> {
        let region = check(&input)?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::ReplicateKey, key)?;
        let regions = key.must_have_replicas()?;
        if regions.primary == region || regions.replicas.contains(&region) {
            return Err(Error::KeyExists(key.key().arn_in(&region)));
        }
        let tags = input.tags.unwrap_or_default();
        tags::check(&tags)?;
        input.policy.as_deref().map_or(Ok(()), |policy| cx.check_policy(policy))?;
        let description = input.description.unwrap_or_default();
        let replica = key.replicate(cx, &region, Regional { description, policy: input.policy, tags });
        Ok(ReplicateKeyOutput {
            replica_key_metadata: replica.metadata(None),
            replica_policy: replica.policy.as_str().to_owned(),
            replica_tags: replica.tags,
        })
    }
}

fn check(input: &ReplicateKeyInput) -> Result<Region, Error> {
    let mut check = Constraints::default();
    check.key_id("keyId", &input.key_id);
    let region = check.region("replicaRegion", &input.replica_region);
    check.optional_text("policy", input.policy.as_deref(), 1..=131_072);
    check.optional_text("description", input.description.as_deref(), 0..=8192);
    check.tags(input.tags.as_deref().unwrap_or_default());
    check.done_with(region)
}
