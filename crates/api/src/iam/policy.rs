//! Inline policies: what a user or a role may do.

use super::{operations, shapes};
use crate::operation::Nothing;

operations! {
    /// Gives a user a policy, in place of one of the same name.
    Iam PutUserPolicy, read only false, PutUserPolicyInput => Nothing;
    /// Returns a user's policy.
    Iam GetUserPolicy, read only true, UserPolicyInput => UserPolicyOutput;
    /// Lists the names of a user's policies.
    Iam ListUserPolicies, read only true, ListUserPoliciesInput => PolicyNames;
    /// Takes a policy from a user.
    Iam DeleteUserPolicy, read only false, UserPolicyInput => Nothing;
    /// Gives a role a policy, in place of one of the same name.
    Iam PutRolePolicy, read only false, PutRolePolicyInput => Nothing;
    /// Returns a role's policy.
    Iam GetRolePolicy, read only true, RolePolicyInput => RolePolicyOutput;
    /// Lists the names of a role's policies.
    Iam ListRolePolicies, read only true, ListRolePoliciesInput => PolicyNames;
    /// Takes a policy from a role.
    Iam DeleteRolePolicy, read only false, RolePolicyInput => Nothing;
}

shapes! {
    /// What PutUserPolicy takes.
    PutUserPolicyInput {
        /// Whose.
        user_name: String,
        /// The policy's name.
        policy_name: String,
        /// The policy, as JSON text.
        policy_document: String,
    }
    /// A user's policy.
    UserPolicyInput {
        /// Whose.
        user_name: String,
        /// The policy's name.
        policy_name: String,
    }
    /// What GetUserPolicy returns.
    UserPolicyOutput {
        /// Whose.
        user_name: String,
        /// The policy's name.
        policy_name: String,
        /// The policy, as JSON text.
        policy_document: String,
    }
    /// What ListUserPolicies takes.
    ListUserPoliciesInput {
        /// Whose.
        user_name: String,
    }
    /// What PutRolePolicy takes.
    PutRolePolicyInput {
        /// Whose.
        role_name: String,
        /// The policy's name.
        policy_name: String,
        /// The policy, as JSON text.
        policy_document: String,
    }
    /// A role's policy.
    RolePolicyInput {
        /// Whose.
        role_name: String,
        /// The policy's name.
        policy_name: String,
    }
    /// What GetRolePolicy returns.
    RolePolicyOutput {
        /// Whose.
        role_name: String,
        /// The policy's name.
        policy_name: String,
        /// The policy, as JSON text.
        policy_document: String,
    }
    /// What ListRolePolicies takes.
    ListRolePoliciesInput {
        /// Whose.
        role_name: String,
    }
    /// Names of policies.
    PolicyNames {
        /// In order.
        policy_names: Vec<String>,
        /// Always false: all of them are told.
        is_truncated: bool,
    }
}
