//! Key policies: the default one, and what a new one has to be.

use waxseal_api::Place;
use waxseal_policy::{Kind, Policy};

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

/// Reads a key policy. A statement without an action or a resource is accepted, and without effect.
///
/// # Errors
/// It is too long, or malformed.
pub(crate) fn check(policy: &str) -> Result<Policy, Error> {
    if policy.len() > LIMIT {
        return Err(Error::PolicyTooLong(LIMIT));
    }
    Policy::parse_as(Kind::Key, policy).map_err(|error| Error::MalformedPolicy(error.to_string()))
}
