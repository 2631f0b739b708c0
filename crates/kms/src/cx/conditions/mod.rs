//! The condition keys of a call.
//! See "AWS KMS condition keys" in the AWS KMS developer guide and "AWS global condition context keys" in that of IAM.

mod global;
mod key;
mod request;

use waxseal_policy::Context;

use super::{Cx, decision::Wish};

/// What condition keys stand for in one decision. Each is worked out when a policy asks for it.
pub(super) struct Conditions<'c, 'a> {
    pub(super) cx: &'c Cx<'a>,
    pub(super) wish: Wish<'c>,
}

impl Context for Conditions<'_, '_> {
    fn values(&self, key: &str) -> Vec<String> {
        match key.split_once(':') {
            Some(("aws", name)) => self.global(name),
            Some(("kms", name)) => self.of_request(name).or_else(|| self.of_key(name)).unwrap_or_default(),
            Some(("sts", "externalid")) => self.member("ExternalId"),
            Some(("sts", "rolesessionname")) => self.member("RoleSessionName"),
            _ => Vec::new(),
        }
    }
}

/// A key with one value.
fn one(value: impl ToString) -> Vec<String> {
    vec![value.to_string()]
}

/// A key with one value, or none.
fn maybe(value: Option<impl ToString>) -> Vec<String> {
    value.map(one).unwrap_or_default()
}
