//! From a call to a decision: which policies are asked, and about whom.

use waxseal_api::{AccountId, trace::Step};
use waxseal_policy::{Decision, Document, Kind, Policy, Principal, Question, decide, explain};

use super::{Cx, conditions::Conditions};
use crate::{
    error::Error,
    state::{KeyRecord, PolicyText, silent},
};

/// What somebody wants to do to what.
#[derive(Clone, Copy)]
pub(super) struct Wish<'w> {
    /// Such as `kms:Decrypt`.
    pub(super) action: &'w str,
    /// An ARN, or `*`.
    pub(super) resource: &'w str,
    /// Whose the resource is.
    pub(super) owner: &'w AccountId,
    /// The key, when it is one.
    pub(super) key: Option<&'w KeyRecord>,
    /// The trust policy, when it is a role.
    pub(super) trust: Option<&'w PolicyText>,
    /// Whether another account can be let do it.
    pub(super) crosses_accounts: bool,
    /// The ID of a grant that allows it.
    pub(super) grant: Option<&'w str>,
}

impl Cx<'_> {
    /// What all policies say, and the grant if there is one.
    pub(super) fn decision(&self, wish: Wish<'_>) -> Decision {
        self.ask(wish, decide)
    }

    /// Puts a wish to the policy of what it is about, and to the caller's own.
    fn ask<T>(&self, wish: Wish<'_>, answer: impl FnOnce(&Question<'_>) -> T) -> T {
        let own = self.own_policies();
        let identity: Vec<Document<'_>> =
            own.iter().map(|(name, policy)| Document { kind: Kind::Identity, name, policy }).collect();
        let closed = silent();
        let may_cross = wish.crosses_accounts || wish.owner == self.caller.account();
        let of_key = wish.key.map(|key| (Kind::Key, &key.policy));
        let resource_policy = of_key.or(wish.trust.map(|trust| (Kind::Trust, trust)));
        answer(&Question {
            principal: &self.caller.principal,
            action: wish.action,
            resource: wish.resource,
            owner: wish.owner,
            context: &Conditions { cx: self, wish },
            resource_policy: resource_policy.map(|(kind, text)| Document {
                kind,
                name: "default",
                policy: if may_cross { text.read(kind) } else { &closed },
            }),
            identity_policies: &identity,
            grant: wish.grant.filter(|_| may_cross),
        })
    }

    /// Notes in the trace who allowed it and why, or what each statement said to it.
    ///
    /// # Errors
    /// Access is denied.
    pub(super) fn conclude(&mut self, wish: Wish<'_>, decision: &Decision) -> Result<(), Error> {
        let principal = self.caller.arn();
        let (action, resource, because) =
            (wish.action.to_owned(), wish.resource.to_owned(), decision.to_string());
        if decision.is_allowed() {
            self.trace.push(Step::Permitted { principal, action, resource, because });
            Ok(())
        } else {
            self.trace.push(Step::Denied {
                principal: principal.clone(),
                action: action.clone(),
                resource: resource.clone(),
                because: self.ask(wish, explain),
            });
            Err(Error::Denied { principal, action, resource, because })
        }
    }

    /// The caller's own policies, by name.
    fn own_policies(&self) -> Vec<(&str, &Policy)> {
        let texts = match &self.caller.principal {
            Principal::User { account, name, .. } => self.view.user(account, name).map(|it| &it.policies),
            Principal::Session { account, role, .. } => self.view.role(account, role).map(|it| &it.policies),
            Principal::Root { .. } | Principal::Federated { .. } | Principal::Service { .. } => None,
        };
        texts.into_iter().flatten().map(|(name, text)| (name.as_str(), text.read(Kind::Identity))).collect()
    }
}
