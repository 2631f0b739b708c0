//! Inline policies of roles.

use waxseal_api::{
    iam::{
        DeleteRolePolicy, GetRolePolicy, ListRolePolicies, ListRolePoliciesInput, PolicyNames, PutRolePolicy,
        PutRolePolicyInput, RolePolicyInput, RolePolicyOutput,
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

impl Rule for PutRolePolicy {
    const REQUIRED: &'static [&'static str] = &["PolicyDocument", "PolicyName", "RoleName"];
    const RECORDED: &'static [&'static str] = &["PolicyDocument", "PolicyName", "RoleName"];

    fn run(cx: &mut Cx<'_>, input: PutRolePolicyInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.inline_policy_name(&input.policy_name);
        check.done()?;
        let (permit, role) = cx.on_role("iam:PutRolePolicy", &input.role_name)?;
        check_document(Kind::Identity, &input.policy_document)?;
        let mut role = role.clone();
        role.policies.insert(input.policy_name, input.policy_document.into());
        permit.put(cx, "identity policy", IdentityRecord::Role(role));
        Ok(Nothing {})
    }
}

impl Rule for GetRolePolicy {
    const REQUIRED: &'static [&'static str] = &["PolicyName", "RoleName"];
    const RECORDED: &'static [&'static str] = &["PolicyName", "RoleName"];

    fn run(cx: &mut Cx<'_>, input: RolePolicyInput) -> Result<RolePolicyOutput, Error> {
        let RolePolicyInput { role_name, policy_name } = input;
        let (_, role) = cx.on_role("iam:GetRolePolicy", &role_name)?;
        match role.policies.get(&policy_name).map(|text| text.as_str().to_owned()) {
            Some(policy_document) => Ok(RolePolicyOutput { role_name, policy_name, policy_document }),
            None => Err(Error::NoSuchEntity("role policy", policy_name)),
        }
    }
}

impl Rule for ListRolePolicies {
    const REQUIRED: &'static [&'static str] = &["RoleName"];
    const RECORDED: &'static [&'static str] = &["RoleName"];

    fn run(cx: &mut Cx<'_>, input: ListRolePoliciesInput) -> Result<PolicyNames, Error> {
        let (_, role) = cx.on_role("iam:ListRolePolicies", &input.role_name)?;
        Ok(PolicyNames { policy_names: role.policies.keys().cloned().collect(), is_truncated: false })
    }
}

impl Rule for DeleteRolePolicy {
    const REQUIRED: &'static [&'static str] = &["PolicyName", "RoleName"];
    const RECORDED: &'static [&'static str] = &["PolicyName", "RoleName"];

    fn run(cx: &mut Cx<'_>, input: RolePolicyInput) -> Result<Nothing, Error> {
        let (permit, role) = cx.on_role("iam:DeleteRolePolicy", &input.role_name)?;
        let mut role = role.clone();
        if role.policies.remove(&input.policy_name).is_none() {
            return Err(Error::NoSuchEntity("role policy", input.policy_name));
        }
        permit.put(cx, "identity policy deleted", IdentityRecord::Role(role));
        Ok(Nothing {})
    }
}
