//! Key policies: the default one, and the form that one has to have. They are stored, not yet evaluated.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use waxseal_api::Place;

use crate::error::Error;

/// The longest key policy in bytes.
const LIMIT: usize = 32 * 1024;

/// The policy of a key that was made without one: it leaves the key to the identity policies of its account.
pub(crate) fn default_for(place: &Place) -> String {
    format!(
        r#"{{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {{
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {{
      "AWS" : "{}"
    }},
    "Action" : "kms:*",
    "Resource" : "*"
  }} ]
}}"#,
        place.root_arn()
    )
}

/// Whether a text has the form of a key policy. See "Elements of the IAM JSON policy language" in the AWS IAM user
/// guide; a statement without an action or a resource is accepted, and without effect.
///
/// # Errors
/// It is too long, or malformed.
pub(crate) fn check(policy: &str) -> Result<(), Error> {
    if policy.len() > LIMIT {
        return Err(Error::PolicyTooLong(LIMIT));
    }
    let malformed = |why: String| Error::MalformedPolicy(why);
    let parsed: Policy = serde_json::from_str(policy).map_err(|error| malformed(error.to_string()))?;
    let statements = parsed.statement.into_vec();
    if statements.is_empty() {
        return Err(malformed("it has no statement".to_owned()));
    }
    match statements.iter().find_map(Statement::fault) {
        Some(fault) => Err(malformed(fault.to_owned())),
        None => Ok(()),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read for their form")]
struct Policy {
    version: Option<Version>,
    id: Option<String>,
    statement: OneOrMany<Statement>,
}

#[derive(Deserialize)]
enum Version {
    #[serde(rename = "2012-10-17")]
    Current,
    #[serde(rename = "2008-10-17")]
    Old,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read for their form")]
struct Statement {
    sid: Option<String>,
    effect: Effect,
    principal: Option<Principal>,
    not_principal: Option<Principal>,
    action: Option<OneOrMany<String>>,
    not_action: Option<OneOrMany<String>>,
    resource: Option<OneOrMany<String>>,
    not_resource: Option<OneOrMany<String>>,
    condition: Option<BTreeMap<String, BTreeMap<String, Value>>>,
}

#[derive(Deserialize)]
enum Effect {
    Allow,
    Deny,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Principal {
    Anyone(String),
    Kinds(BTreeMap<String, OneOrMany<String>>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(item) => vec![item],
            Self::Many(items) => items,
        }
    }
}

impl Principal {
    fn is_well_formed(&self) -> bool {
        match self {
            Self::Anyone(text) => text == "*",
            Self::Kinds(kinds) => {
                !kinds.is_empty()
                    && kinds.keys().all(|kind| ["AWS", "Service", "Federated"].contains(&kind.as_str()))
            }
        }
    }
}

impl Statement {
    fn fault(&self) -> Option<&'static str> {
        let principal = match (&self.principal, &self.not_principal) {
            (Some(principal), None) | (None, Some(principal)) => principal,
            _ => return Some("a statement needs either a Principal or a NotPrincipal"),
        };
        if !principal.is_well_formed() {
            return Some("a principal is \"*\", or an object of AWS, Service or Federated");
        }
        if self.action.is_some() && self.not_action.is_some() {
            return Some("a statement has either an Action or a NotAction");
        }
        (self.resource.is_some() && self.not_resource.is_some())
            .then_some("a statement has either a Resource or a NotResource")
    }
}
