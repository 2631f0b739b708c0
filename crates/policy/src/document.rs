//! Policy documents by what they are attached to.

use std::fmt;

use crate::{
    parse::PolicyError,
    statement::{Policy, Statement},
};

/// What a policy is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A KMS key. Statements without an action or a resource are accepted and have no effect.
    Key,
    /// A role: who may assume it. Its statements have no resource.
    Trust,
    /// A user or a role: what it may do. Its statements have no principal.
    Identity,
}

/// A policy in its place.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// What it is attached to.
    pub kind: Kind,
    /// Its name; `default` for a key policy.
    pub name: &'a str,
    /// What it says.
    pub policy: &'a Policy,
}

/// A statement, by where it stands. Prints like `statement 2 (“AllowUse”) of the key policy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRef {
    /// What its policy is attached to.
    pub kind: Kind,
    /// Its policy's name.
    pub document: String,
    /// Its position, from 0.
    pub index: usize,
    /// What its author calls it.
    pub sid: Option<String>,
}

impl Kind {
    /// What the service calls such policies when it denies.
    pub(crate) fn based(self) -> &'static str {
        match self {
            Self::Key | Self::Trust => "resource-based",
            Self::Identity => "identity-based",
        }
    }
}

impl Policy {
    /// Reads a policy of a kind.
    ///
    /// # Errors
    /// Where and why it is not one.
    pub fn parse_as(kind: Kind, text: &str) -> Result<Self, PolicyError> {
        let policy = Self::parse(text)?;
        for (index, statement) in policy.statements.iter().enumerate() {
            if let Some(fault) = fault(kind, statement) {
                return Err(PolicyError::new(format!("Statement[{index}]"), fault));
            }
        }
        Ok(policy)
    }
}

/// What a statement of this kind lacks or has too much.
fn fault(kind: Kind, statement: &Statement) -> Option<&'static str> {
    let has_principal = statement.principals.is_some();
    let has_action = statement.actions.is_some();
    let has_resource = statement.resources.is_some();
    match kind {
        Kind::Key if !has_principal => Some("it needs a Principal or a NotPrincipal"),
        Kind::Trust if !has_principal => Some("it needs a Principal"),
        Kind::Trust if has_resource => Some("a trust policy has no Resource"),
        Kind::Identity if has_principal => Some("an identity policy has no Principal"),
        Kind::Identity if !has_resource => Some("it needs a Resource or a NotResource"),
        Kind::Trust | Kind::Identity if !has_action => Some("it needs an Action or a NotAction"),
        _ => None,
    }
}

impl Document<'_> {
    /// Its statements, each with its name.
    pub(crate) fn statements(&self) -> impl Iterator<Item = (usize, &Statement)> {
        self.policy.statements.iter().enumerate()
    }

    pub(crate) fn statement_ref(&self, index: usize, statement: &Statement) -> StatementRef {
        StatementRef {
            kind: self.kind,
            document: self.name.to_owned(),
            index,
            sid: statement.sid.clone().filter(|sid| !sid.is_empty()),
        }
    }
}

impl fmt::Display for StatementRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {}", self.index + 1)?;
        if let Some(sid) = &self.sid {
            write!(f, " (“{sid}”)")?;
        }
        match self.kind {
            Kind::Key => f.write_str(" of the key policy"),
            Kind::Trust => f.write_str(" of the trust policy"),
            Kind::Identity => write!(f, " of the identity policy “{}”", self.document),
        }
    }
}
