//! Roles.

use super::{ListInput, Tag, operations, shapes};
use crate::{Timestamp, operation::Nothing};

operations! {
    /// Makes a role, which may do nothing yet.
    Iam CreateRole, read only false, CreateRoleInput => RoleOutput;
    /// Returns a role.
    Iam GetRole, read only true, RoleInput => RoleOutput;
    /// Lists the account's roles.
    Iam ListRoles, read only true, ListInput => ListRolesOutput;
    /// Says anew who may assume a role.
    Iam UpdateAssumeRolePolicy, read only false, UpdateAssumeRolePolicyInput => Nothing;
    /// Removes a role, which must have no policies left.
    Iam DeleteRole, read only false, RoleInput => Nothing;
}

shapes! {
    /// What CreateRole takes.
    CreateRoleInput {
        /// 1 to 64 characters of `a-z A-Z 0-9 + = , . @ _ -`.
        role_name: String,
        /// Who may assume it, as JSON text.
        assume_role_policy_document: String,
        /// `/` or `/folder/`.
        path: Option<String>,
        /// Up to 1,000 characters.
        description: Option<String>,
        /// 3,600 to 43,200 seconds; default 3,600.
        max_session_duration: Option<i64>,
        /// Labels, which policies can ask for as `aws:PrincipalTag`.
        tags: Option<Vec<Tag>>,
    }
    /// A role's name.
    RoleInput {
        /// Its name.
        role_name: String,
    }
    /// What UpdateAssumeRolePolicy takes.
    UpdateAssumeRolePolicyInput {
        /// Its name.
        role_name: String,
        /// Who may assume it, as JSON text.
        policy_document: String,
    }
    /// A role.
    RoleOutput {
        /// The role.
        role: Role,
    }
    /// What is known of a role.
    Role {
        /// `/` or `/folder/`.
        path: String,
        /// Its name.
        role_name: String,
        /// `AROA…`
        role_id: String,
        /// `arn:aws:iam::111122223333:role/Deploy`
        arn: String,
        /// When it was made.
        create_date: Timestamp,
        /// Who may assume it, as JSON text.
        assume_role_policy_document: String,
        /// Free text.
        description: Option<String>,
        /// Seconds.
        max_session_duration: i64,
        /// Its labels, where there are some.
        tags: Option<Vec<Tag>>,
    }
    /// A page of roles.
    ListRolesOutput {
        /// In order of name.
        roles: Vec<Role>,
        /// Whether there is a next page.
        is_truncated: bool,
        /// What to give for the next page.
        marker: Option<String>,
    }
}
