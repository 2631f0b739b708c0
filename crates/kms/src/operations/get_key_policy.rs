//! GetKeyPolicy.

use waxseal_api::operations::{GetKeyPolicy, GetKeyPolicyInput, GetKeyPolicyOutput};

use super::{Rule, names::POLICY};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for GetKeyPolicy {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId", "PolicyName"];

    fn run(cx: &mut Cx<'_>, input: GetKeyPolicyInput) -> Result<GetKeyPolicyOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.policy_name(input.policy_name.as_deref());
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::GetKeyPolicy, key)?;
        if input.policy_name.is_some_and(|name| name != POLICY) {
            return Err(Error::NoSuchPolicy);
        }
        Ok(GetKeyPolicyOutput {
            policy: key.key().policy.as_str().to_owned(),
            policy_name: POLICY.to_owned(),
        })
    }
}
