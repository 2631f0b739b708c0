//! What goes into the engine and what comes out.

use waxseal_api::{AccountId, Place, Reply, Timestamp};

use crate::state::Change;

/// One call: who, where, when, and what is asked.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who calls, and in which account and Region.
    pub caller: &'a Caller,
    /// When.
    pub now: Timestamp,
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
    /// For the store, in order; empty for a refused call.
    pub changes: Vec<Change>,
    /// Changes that the reply need not wait for, and that may get lost: when a key was last used.
    pub notes: Vec<Change>,
}

/// Who calls, and in which account and Region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account that the principal belongs to, and the Region that is called.
    pub place: Place,
    /// Which of the account's identities.
    pub principal: Principal,
}

/// An identity of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// The account itself.
    Root,
}

impl Caller {
    /// The account itself.
    pub fn root(place: Place) -> Self {
        Self { place, principal: Principal::Root }
    }

    /// The principal's ARN, such as `arn:aws:iam::111122223333:root`.
    pub fn arn(&self) -> String {
        match self.principal {
            Principal::Root => self.place.root_arn(),
        }
    }

    pub(crate) fn account(&self) -> &AccountId {
        &self.place.account
    }
}
