//! The decision.
//! See "Troubleshooting key access" in the AWS KMS developer guide and "Policy evaluation logic" in the IAM user guide.

use std::fmt;

use waxseal_api::AccountId;

use crate::{
    context::Context,
    document::{Document, Kind, StatementRef},
    principal::{Naming, Principal},
    statement::{Effect, Statement, Verdict},
};

/// May this caller do this to that?
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Who asks.
    pub principal: &'a Principal,
    /// What for, such as `kms:Decrypt`.
    pub action: &'a str,
    /// The ARN of what it is done to, or `*`.
    pub resource: &'a str,
    /// The account that the resource belongs to.
    pub owner: &'a AccountId,
    /// What else is known of the request.
    pub context: &'a dyn Context,
    /// The key policy or trust policy; none for what identity policies alone decide.
    pub resource_policy: Option<Document<'a>>,
    /// The caller's own policies.
    pub identity_policies: &'a [Document<'a>],
    /// The ID of a grant that allows it.
    pub grant: Option<&'a str>,
}

/// The answer and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes. All of these reasons together, none of which would be enough if it stood alone.
    Allowed(Vec<Reason>),
    /// No.
    Denied(Denial),
}

/// What an allowance rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A statement allows the caller.
    Caller(StatementRef),
    /// A statement allows the caller’s account, which leaves it to the account's identity policies.
    Account(StatementRef),
    /// A grant allows it; its ID.
    Grant(String),
    /// The account itself may do everything that resources let its account do.
    Root,
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denial {
    /// A statement denies it.
    Explicit(StatementRef),
    /// What has to come from the caller's identity policies is missing.
    Identity {
        /// What was asked for.
        action: String,
    },
    /// What has to come from the resource's policy, or from a grant, is missing.
    Resource {
        /// What was asked for.
        action: String,
    },
}

/// Decides.
///
/// A denial in any policy is final. Otherwise the resource's side has to allow the caller: by naming it, by a grant, or
/// by naming its account, which is only enough together with an identity policy that allows. From another account both
/// sides are needed in any case. Nothing is allowed by default, not even to the account itself.
pub fn decide(question: &Question<'_>) -> Decision {
    if let Some(statement) = find(question, all(question), Effect::Deny, |_| true) {
        return Decision::Denied(Denial::Explicit(statement));
    }
    let Some(policy) = question.resource_policy else {
        return identity(question).map_or_else(|| no_identity(question), |it| Decision::Allowed(vec![it]));
    };
    let direct = find(question, [policy], Effect::Allow, |naming| naming == Naming::Itself);
    let grant = || question.grant.map(|id| Reason::Grant(id.to_owned()));
    let direct = direct.map(Reason::Caller).or_else(grant);
    let account = || {
        let statement = find(question, [policy], Effect::Allow, |naming| naming == Naming::Account);
        statement.map(Reason::Account)
    };
    let own_account = question.principal.account().is_none_or(|account| account == question.owner);
    match (direct, own_account) {
        (Some(direct), true) => Decision::Allowed(vec![direct]),
        (Some(direct), false) => with_identity(question, direct),
        (None, _) => match account() {
            Some(account) => with_identity(question, account),
            None => Decision::Denied(Denial::Resource { action: question.action.to_owned() }),
        },
    }
}

/// Every statement of every policy, and whether it applies or what does not fit. For whoever wants to know why not.
pub fn considered<'a>(question: &'a Question<'_>) -> Vec<(StatementRef, Effect, Verdict<'a>)> {
    let mut list = Vec::new();
    for document in question.resource_policy.iter().chain(question.identity_policies) {
        for (index, statement) in document.statements() {
            let verdict = statement.verdict(document.kind, question);
            list.push((document.statement_ref(index, statement), statement.effect, verdict));
        }
    }
    list
}

/// What every statement of every policy says to the question, in words.
pub fn explain(question: &Question<'_>) -> String {
    let told = considered(question).into_iter().map(|(statement, effect, verdict)| match verdict {
        Verdict::Applies(Naming::Itself) => format!("{statement} {effect} the caller"),
        Verdict::Applies(Naming::Account) => format!("{statement} {effect} the caller’s account"),
        other => format!("{statement} {effect}, but {other}"),
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "no policy has a statement".to_owned() } else { told.join("; ") }
}

fn with_identity(question: &Question<'_>, resource_side: Reason) -> Decision {
    match identity(question) {
        Some(identity_side) => Decision::Allowed(vec![resource_side, identity_side]),
        None => no_identity(question),
    }
}

fn no_identity(question: &Question<'_>) -> Decision {
    Decision::Denied(Denial::Identity { action: question.action.to_owned() })
}

/// What the caller's identity adds.
fn identity(question: &Question<'_>) -> Option<Reason> {
    if let Principal::Root { .. } = question.principal {
        return Some(Reason::Root);
    }
    let own = question.identity_policies.iter().copied();
    find(question, own, Effect::Allow, |_| true).map(Reason::Caller)
}

fn all<'a>(question: &Question<'a>) -> impl Iterator<Item = Document<'a>> {
    question.resource_policy.into_iter().chain(question.identity_policies.iter().copied())
}

/// The first statement of this effect that applies and names the caller as wanted.
fn find<'a>(
    question: &Question<'_>,
    documents: impl IntoIterator<Item = Document<'a>>,
    effect: Effect,
    wanted: impl Fn(Naming) -> bool,
) -> Option<StatementRef> {
    let applies = |kind: Kind, statement: &Statement| {
        statement.effect == effect
            && matches!(statement.verdict(kind, question), Verdict::Applies(naming) if wanted(naming))
    };
    documents.into_iter().find_map(|document| {
        let (index, statement) = document.statements().find(|(_, it)| applies(document.kind, it))?;
        Some(document.statement_ref(index, statement))
    })
}

impl Decision {
    /// Whether the answer is yes.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// A sentence, such as `statement 1 of the key policy allows the account, and statement 2 of … allows the caller`.
impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied(denial) => denial.fmt(f),
            Self::Allowed(reasons) => {
                let texts: Vec<String> = reasons.iter().map(Reason::to_string).collect();
                f.write_str(&texts.join(", and "))
            }
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Caller(statement) => write!(f, "{statement} allows the caller"),
            Self::Account(statement) => write!(f, "{statement} allows the caller’s account"),
            Self::Grant(id) => write!(f, "the grant {id} allows the caller"),
            Self::Root => f.write_str("the account itself needs no identity policy"),
        }
    }
}

/// How the service ends its sentence "User: … is not authorized to perform: … on resource: …".
impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Explicit(statement) => {
                let article = if statement.kind == Kind::Identity { "an" } else { "a" };
                write!(f, "with an explicit deny in {article} {} policy", statement.kind.based())
            }
            Self::Identity { action } => {
                write!(f, "because no identity-based policy allows the {action} action")
            }
            Self::Resource { action } => {
                write!(f, "because no resource-based policy allows the {action} action")
            }
        }
    }
}
