//! PutKeyPolicy.

use waxseal_api::{
    operation::Nothing,
    operations::{PutKeyPolicy, PutKeyPolicyInput},
};

use super::{Rule, names::POLICY};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for PutKeyPolicy {
    const REQUIRED: &'static [&'static str] = &["KeyId", "Policy"];
    const RECORDED: &'static [&'static str] =
        &["BypassPolicyLockoutSafetyCheck", "KeyId", "Policy", "PolicyName"];

    fn run(cx: &mut Cx<'_>, input: PutKeyPolicyInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.policy_name(input.policy_name.as_deref());
        check.policy(Some(&input.policy));
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::PutKeyPolicy, key)?;
        if input.policy_name.is_some_and(|name| name != POLICY) {
            return Err(Error::NoSuchPolicy);
        }
        cx.check_policy(&input.policy)?;
        key.update(cx, "key policy", |key| key.policy = input.policy.into());
        Ok(Nothing {})
    }
}
