//! CreateGrant.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    operation::Operation,
    types::{EnumValue, GrantConstraints, GrantOperation},
};

/// Lets a principal use a key for some operations, beside what the key policy says.
#[derive(Debug, Clone, Copy)]
pub struct CreateGrant;

impl Operation for CreateGrant {
    const NAME: &'static str = "CreateGrant";
    const READ_ONLY: bool = false;
    type Input = CreateGrantInput;
    type Output = CreateGrantOutput;
}

/// What CreateGrant takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CreateGrantInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// Who may use the key: a principal's ARN.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grantee_principal: Option<String>,
    /// Who may end the grant: a principal's ARN.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub retiring_principal: Option<String>,
    /// What it allows.
    #[cfg_attr(feature = "typescript", tsify(type = "GrantOperation[]"))]
    pub operations: Vec<EnumValue<GrantOperation>>,
    /// When it allows it.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub constraints: Option<GrantConstraints>,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
    /// 1 to 256 characters. The same request with the same name makes no second grant.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub name: Option<String>,
    /// Check everything, change nothing.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub dry_run: Option<bool>,
    /// Which AWS service may use the key.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grantee_service_principal: Option<String>,
    /// Which AWS service may end the grant.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub retiring_service_principal: Option<String>,
}

/// What CreateGrant returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CreateGrantOutput {
    /// Makes the grant count at once where it is presented; every call returns another.
    pub grant_token: String,
    /// The grant's ID.
    pub grant_id: String,
}
