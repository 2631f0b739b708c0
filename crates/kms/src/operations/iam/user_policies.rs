//! Inline policies of users.

use waxseal_api::{
    iam::{
        DeleteUserPolicy, GetUserPolicy, ListUserPolicies, ListUserPoliciesInput, PolicyNames, PutUserPolicy,
        PutUserPolicyInput, UserPolicyInput, UserPolicyOutput,
    },
    operation::Nothing,
};
use waxseal_policy::Kind;

use super::super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Cx, check_document},
    error::Error,
    state::IdentityRecord,
};

impl Rule for PutUserPolicy {
    const REQUIRED: &'static [&'static str] = &["PolicyDocument", "PolicyName", "UserName"];
    const RECORDED: &'static [&'static str] = &["PolicyDocument", "PolicyName", "UserName"];

    fn run(cx: &mut Cx<'_>, input: PutUserPolicyInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.inline_policy_name(&input.policy_name);
        check.done()?;
        let (permit, user) = cx.on_user("iam:PutUserPolicy", &input.user_name)?;
        check_document(Kind::Identity, &input.policy_document)?;
        let mut user = user.clone();
        user.policies.insert(input.policy_name, input.policy_document.into());
        permit.put(cx, "identity policy", IdentityRecord::User(user));
        Ok(Nothing {})
    }
}

impl Rule for GetUserPolicy {
    const REQUIRED: &'static [&'static str] = &["PolicyName", "UserName"];
    const RECORDED: &'static [&'static str] = &["PolicyName", "UserName"];

    fn run(cx: &mut Cx<'_>, input: UserPolicyInput) -> Result<UserPolicyOutput, Error> {
        let UserPolicyInput { user_name, policy_name } = input;
        let (_, user) = cx.on_user("iam:GetUserPolicy", &user_name)?;
        match user.policies.get(&policy_name).map(|text| text.as_str().to_owned()) {
            Some(policy_document) => Ok(UserPolicyOutput { user_name, policy_name, policy_document }),
            None => Err(Error::NoSuchEntity("user policy", policy_name)),
        }
    }
}

impl Rule for ListUserPolicies {
    const REQUIRED: &'static [&'static str] = &["UserName"];
    const RECORDED: &'static [&'static str] = &["UserName"];

    fn run(cx: &mut Cx<'_>, input: ListUserPoliciesInput) -> Result<PolicyNames, Error> {
        let (_, user) = cx.on_user("iam:ListUserPolicies", &input.user_name)?;
        Ok(PolicyNames { policy_names: user.policies.keys().cloned().collect(), is_truncated: false })
    }
}

impl Rule for DeleteUserPolicy {
    const REQUIRED: &'static [&'static str] = &["PolicyName", "UserName"];
    const RECORDED: &'static [&'static str] = &["PolicyName", "UserName"];

    fn run(cx: &mut Cx<'_>, input: UserPolicyInput) -> Result<Nothing, Error> {
        let (permit, user) = cx.on_user("iam:DeleteUserPolicy", &input.user_name)?;
        let mut user = user.clone();
        if user.policies.remove(&input.policy_name).is_none() {
            return Err(Error::NoSuchEntity("user policy", input.policy_name));
        }
        permit.put(cx, "identity policy deleted", IdentityRecord::User(user));
        Ok(Nothing {})
    }
}
