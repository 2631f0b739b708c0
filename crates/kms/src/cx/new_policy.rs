//! What a key policy has to be before a key gets it.

use serde_json::Value;
use waxseal_policy::{Decision, Denial, Document, Kind, Policy, Question, decide};

use super::{Cx, conditions::Conditions, decision::Wish};
use crate::{error::Error, policy};

impl Cx<'_> {
    /// Checks a key policy: its form, and that the caller will be able to change it again
    /// unless the request wants that check left out. See "Key policies in AWS KMS" in the AWS KMS developer guide.
    ///
    /// # Errors
    /// It is too long or malformed, or locks the caller out.
    pub(crate) fn check_policy(&self, text: &str) -> Result<(), Error> {
        let policy = policy::check(text)?;
        let bypass = self.members.get("BypassPolicyLockoutSafetyCheck").and_then(Value::as_bool);
        if bypass != Some(true) && !self.leaves_a_way_back(&policy) {
            return Err(Error::Lockout);
        }
        Ok(())
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
