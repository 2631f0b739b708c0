//! What goes into the engine and what comes out.

use waxseal_api::{AccountId, Place, Reply, Service, Timestamp, audit::AuditRecord};
pub use waxseal_policy::Principal;

use crate::state::Change;

/// One call: who, where, when, and what is asked.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who calls, and in which account and Region.
    pub caller: &'a Caller,
    /// When.
    pub now: Timestamp,
    /// Which service is asked.
    pub service: Service,
    /// The operation's name, such as `Encrypt`.
    pub operation: &'a str,
    /// Its input, as JSON text.
    pub body: &'a str,
}

/// What a call leads to. The changes have to be durable and applied before the reply is passed on.
#[derive(Debug)]
pub struct Outcome {
    /// For the caller.
    pub reply: Reply,
    /// What the audit log says after the reply's own record: what the service does because of the call.
    pub events: Vec<AuditRecord>,
    /// For the store, in order; empty for a refused call.
    pub changes: Vec<Change>,
    /// Changes that the reply need not wait for, and that may get lost: when a key was last used.
    pub notes: Vec<Change>,
}

/// Who calls, and in which account and Region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account that the principal belongs to, or that a service works for, and the Region that is called.
    pub place: Place,
    /// Who in it.
    pub principal: Principal,
    /// The AWS service that calls on the principal's behalf, such as `s3.eu-central-1.amazonaws.com`; None: the principal
    /// calls itself.
    pub via: Option<String>,
}

impl Caller {
    /// The account itself.
    pub fn root(place: Place) -> Self {
        let principal = Principal::Root { account: place.account.clone() };
        Self { place, principal, via: None }
    }

    /// The principal's ARN, such as `arn:aws:iam::111122223333:root`.
    pub fn arn(&self) -> String {
        self.principal.arn()
    }

    pub(crate) fn account(&self) -> &AccountId {
        &self.place.account
    }
}
