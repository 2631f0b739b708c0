//! The operations of IAM: who there is, and what each may do.

mod access_keys;
mod role_policies;
mod roles;
mod user_policies;
mod users;

use std::collections::BTreeMap;

use waxseal_api::iam::{self, Tag};

use super::{Entry, entry};
use crate::{constraints::Constraints, error::Error};

/// Every operation, in order of name.
pub(super) static OPERATIONS: &[Entry] = &[
    entry::<iam::CreateAccessKey>(),
    entry::<iam::CreateRole>(),
    entry::<iam::CreateUser>(),
    entry::<iam::DeleteAccessKey>(),
    entry::<iam::DeleteRole>(),
    entry::<iam::DeleteRolePolicy>(),
    entry::<iam::DeleteUser>(),
    entry::<iam::DeleteUserPolicy>(),
    entry::<iam::GetRole>(),
    entry::<iam::GetRolePolicy>(),
    entry::<iam::GetUser>(),
    entry::<iam::GetUserPolicy>(),
    entry::<iam::ListAccessKeys>(),
    entry::<iam::ListRolePolicies>(),
    entry::<iam::ListRoles>(),
    entry::<iam::ListUserPolicies>(),
    entry::<iam::ListUsers>(),
    entry::<iam::PutRolePolicy>(),
    entry::<iam::PutUserPolicy>(),
    entry::<iam::UpdateAssumeRolePolicy>(),
];

const MOST_IN_A_NAME: usize = 64;
const MOST_IN_A_POLICY_NAME: usize = 128;

impl Constraints {
    /// The name of a user, role or session.
    pub(super) fn entity_name(&mut self, member: &str, name: &str, least: usize) {
        self.text(member, name, least..=MOST_IN_A_NAME);
        self.entity_characters(member, name);
    }

    /// The name of an inline policy.
    fn inline_policy_name(&mut self, name: &str) {
        self.text("policyName", name, 1..=MOST_IN_A_POLICY_NAME);
        self.entity_characters("policyName", name);
    }

    fn entity_characters(&mut self, member: &str, name: &str) {
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b)) {
            self.pattern(member, name, r"[\w+=,.@-]+");
        }
    }

    /// A path: `/` or `/folder/`.
    fn path(&mut self, path: &str) {
        self.text("path", path, 1..=512);
        let printable = path.bytes().all(|b| b.is_ascii_graphic() && !b"*?".contains(&b));
        let framed = path == "/" || (path.len() > 2 && path.starts_with('/') && path.ends_with('/'));
        if !printable || !framed || path.contains("//") {
            self.pattern("path", path, r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)");
        }
    }
}

/// Labels by key.
///
/// # Errors
/// Too many, or a key stands twice.
fn tags(given: Option<Vec<Tag>>) -> Result<BTreeMap<String, String>, Error> {
    const LIMIT: usize = 50;
    let given = given.unwrap_or_default();
    let count = given.len();
    let tags: BTreeMap<String, String> = given.into_iter().map(|tag| (tag.key, tag.value)).collect();
    if tags.len() < count {
        return Err(Error::Validation(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        ));
    }
    if count > LIMIT {
        return Err(Error::Validation("The number of tags has reached the maximum limit."));
    }
    Ok(tags)
}

/// Labels as they are told; none where there are none.
fn told(tags: &BTreeMap<String, String>) -> Option<Vec<Tag>> {
    let list: Vec<Tag> =
        tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() }).collect();
    (!list.is_empty()).then_some(list)
}
