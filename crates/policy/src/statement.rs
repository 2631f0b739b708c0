//! A policy: its statements, and whether one applies to a request.

use std::fmt;

use crate::{
    condition::Condition,
    decide::Question,
    document::Kind,
    pattern::Pattern,
    principal::{Name, Naming, Principal},
};

/// A policy document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Which language it is in.
    pub version: Version,
    /// What its author calls it.
    pub id: Option<String>,
    /// Its statements; their order means nothing.
    pub statements: Vec<Statement>,
}

/// The versions of the policy language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, also where none is given: without policy variables.
    Old,
    /// `2012-10-17`
    Current,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What its author calls it.
    pub sid: Option<String>,
    /// What it does where it applies.
    pub effect: Effect,
    pub(crate) principals: Option<Scope<Name>>,
    pub(crate) actions: Option<Scope<Pattern>>,
    pub(crate) resources: Option<Scope<Pattern>>,
    pub(crate) conditions: Vec<Condition>,
}

/// What a statement does where it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies, whatever else allows.
    Deny,
}

/// What an element names: these, or with `Not…` all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope<T> {
    pub(crate) negated: bool,
    pub(crate) items: Vec<T>,
}

/// Whether a statement applies to a request, and if not, what it is that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// It applies, to the caller or to the caller's account.
    Applies(Naming),
    /// It has no action or no resource, and therefore no effect.
    Void,
    /// It is for others.
    OtherPrincipal,
    /// It is about other actions.
    OtherAction,
    /// It is about other resources.
    OtherResource,
    /// A condition does not hold.
    ConditionFails {
        /// Such as `StringEquals`.
        operator: &'a str,
        /// Such as `kms:ViaService`.
        key: &'a str,
    },
}

impl<T> Scope<T> {
    fn contains(&self, is_named: impl Fn(&T) -> bool) -> bool {
        self.items.iter().any(is_named) != self.negated
    }
}

impl Policy {
    /// Every principal that it names, also those it excepts.
    pub fn principals(&self) -> impl Iterator<Item = &Name> {
        self.statements.iter().filter_map(|it| it.principals.as_ref()).flat_map(|scope| &scope.items)
    }
}

impl Statement {
    /// Whether it applies to a request, as a statement of a document of this kind.
    pub(crate) fn verdict(&self, kind: Kind, question: &Question<'_>) -> Verdict<'_> {
        let Some(naming) = self.naming(kind, question.principal) else { return Verdict::OtherPrincipal };
        let (Some(actions), Ok(resources)) = (&self.actions, self.resources_of(kind)) else {
            return Verdict::Void;
        };
        if !actions.contains(|pattern| pattern.is_like_action(question.action)) {
            return Verdict::OtherAction;
        }
        let fits = |pattern: &Pattern| pattern.is_like_arn(question.resource, question.context);
        if resources.is_some_and(|resources| !resources.contains(fits)) {
            return Verdict::OtherResource;
        }
        match self.conditions.iter().find(|condition| !condition.holds(question.context)) {
            Some(Condition { operator_name, key, .. }) => {
                Verdict::ConditionFails { operator: operator_name, key }
            }
            None => Verdict::Applies(naming),
        }
    }

    /// The resources it is about; a trust policy's are always the role that it belongs to.
    fn resources_of(&self, kind: Kind) -> Result<Option<&Scope<Pattern>>, ()> {
        match (&self.resources, kind) {
            (Some(resources), _) => Ok(Some(resources)),
            (None, Kind::Trust) => Ok(None),
            (None, Kind::Key | Kind::Identity) => Err(()),
        }
    }

    /// How it names the caller. An identity policy is attached to whom it is for.
    fn naming(&self, kind: Kind, principal: &Principal) -> Option<Naming> {
        let Some(scope) = &self.principals else {
            return (kind == Kind::Identity).then_some(Naming::Itself);
        };
        if scope.negated {
            return (!self.excepts(&scope.items, principal)).then_some(Naming::Itself);
        }
        let namings: Vec<Naming> = scope.items.iter().filter_map(|name| name.fits(principal)).collect();
        let itself = namings.iter().find(|naming| **naming == Naming::Itself);
        itself.or(namings.first()).copied()
    }

    /// Whether `NotPrincipal` excepts the caller. A denial lets go only of whom it names in full: the caller itself (for
    /// a session both the session and its role) and the account. An allowance leaves out whom it names in any way.
    fn excepts(&self, names: &[Name], principal: &Principal) -> bool {
        if self.effect == Effect::Allow {
            return names.iter().any(|name| name.fits(principal).is_some());
        }
        let named = |arn: &str| names.iter().any(|name| matches!(name, Name::Arn(own) if own == arn));
        let everyone = names.contains(&Name::Everyone);
        let account = names.iter().any(|name| name.fits(principal) == Some(Naming::Account));
        let itself = named(&principal.arn()) && named(&principal.principal_arn());
        match principal {
            Principal::Root { .. } => everyone || account,
            Principal::Service { .. } => names.iter().any(|name| name.fits(principal).is_some()),
            _ => everyone || (account && itself),
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allow => "allows",
            Self::Deny => "denies",
        })
    }
}

impl fmt::Display for Verdict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applies(_) => f.write_str("applies"),
            Self::Void => f.write_str("has no action or no resource"),
            Self::OtherPrincipal => f.write_str("is for others"),
            Self::OtherAction => f.write_str("is about other actions"),
            Self::OtherResource => f.write_str("is about other resources"),
            Self::ConditionFails { operator, key } => {
                write!(f, "its condition {operator} on {key} does not hold")
            }
        }
    }
}
