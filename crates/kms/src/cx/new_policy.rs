//! What a key policy has to be before a key gets it.

use serde_json::Value;
use waxseal_api::AccountId;
use waxseal_policy::{Decision, Denial, Document, Kind, Name, Policy, Question, decide};

use super::{Cx, conditions::Conditions, decision::Wish};
use crate::{error::Error, policy};

impl Cx<'_> {
    /// Checks a key policy: its form, that its principals are there, and that the caller will be able to change it again
    /// unless the request wants that check left out. See "Key policies in AWS KMS" in the AWS KMS developer guide.
    ///
    /// # Errors
    /// It is too long or malformed, names somebody who is not there, or locks the caller out.
    pub(crate) fn check_policy(&self, text: &str) -> Result<(), Error> {
        let policy = policy::check(text)?;
        if !policy.principals().all(|name| self.is_there(name)) {
            return Err(Error::UnknownPrincipal);
        }
        let bypass = self.members.get("BypassPolicyLockoutSafetyCheck").and_then(Value::as_bool);
        if bypass != Some(true) && !self.leaves_a_way_back(&policy) {
            return Err(Error::Lockout);
        }
        Ok(())
    }

    /// Whether somebody of this name exists. Every account does.
    pub(crate) fn is_there(&self, name: &Name) -> bool {
        let Name::Arn(arn) = name else { return true };
        let Some((account, resource)) = split(arn) else { return false };
        match resource.split('/').collect::<Vec<_>>().as_slice() {
            ["user", .., name] => {
                self.view.user(&account, name).is_some_and(|it| it.principal().arn() == *arn)
            }
            ["role", .., name] => self.view.role(&account, name).is_some_and(|it| it.arn() == *arn),
            // A role of a service's own, such as that of EC2's hosts, which no account sees.
            ["assumed-role", name, _] if name.starts_with("aws:") => true,
            ["assumed-role", name, _] => self.view.role(&account, name).is_some(),
            ["federated-user", _] => true,
            _ => false,
        }
    }

    /// Whether the caller could change a key's policy again if it were this one; what identity policies add does not
    /// matter here.
    fn leaves_a_way_back(&self, policy: &Policy) -> bool {
        let caller = self.caller;
        let wish = Wish {
            action: "kms:PutKeyPolicy",
            resource: "*",
            owner: caller.account(),
            key: None,
            trust: None,
            crosses_accounts: false,
            grant: None,
        };
        let decision = decide(&Question {
            principal: &caller.principal,
            action: wish.action,
            resource: wish.resource,
            owner: wish.owner,
            context: &Conditions { cx: self, wish },
            resource_policy: Some(Document { kind: Kind::Key, name: "default", policy }),
            identity_policies: &[],
            grant: None,
        });
        matches!(decision, Decision::Allowed(_) | Decision::Denied(Denial::Identity { .. }))
    }
}

/// Account and resource of an IAM or STS ARN.
fn split(arn: &str) -> Option<(AccountId, &str)> {
    let (_, rest) = arn.split_once("::")?;
    let (account, resource) = rest.split_once(':')?;
    Some((account.parse().ok()?, resource))
}
