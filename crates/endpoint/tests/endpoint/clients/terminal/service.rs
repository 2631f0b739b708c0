//! The engine without HTTP, for the terminal.

use getrandom::SysRng;
use rand_core::UnwrapErr;
use waxseal_api::{AccountId, ApiError, Place, Timestamp};
use waxseal_cli::{Call, Identity};
use waxseal_crypto::KeyMaterial;
use waxseal_kms::{Brought, Caller, Change, Principal, Request, State};

/// An engine in memory, whose clock can be moved.
#[derive(Default)]
pub(super) struct Service {
    state: State,
    ahead: i64,
}

impl Service {
    pub(super) fn advance(&mut self, seconds: i64) {
        self.ahead += seconds * 1000;
        self.pass_time();
    }

    /// Answers a call of the terminal.
    pub(super) fn answer(&mut self, call: &Call) -> Result<String, ApiError> {
        let now = self.pass_time();
        let (service, operation) = (call.service, call.operation);
        let caller = self.caller(call, now);
        let request = Request { caller: &caller, now, service, operation, body: &call.body };
        let key_pair = waxseal_kms::key_pair_to_make(service, operation, &call.body)
            .map(|spec| KeyMaterial::generate(spec, &mut entropy()).unwrap());
        let brought = Brought { key_pair, ..Brought::default() };
        let outcome = waxseal_kms::handle_with(&self.state, &mut entropy(), &request, brought);
        self.apply(outcome.changes);
        self.apply(outcome.notes);
        outcome.reply.result
    }

    fn apply(&mut self, changes: Vec<Change>) {
        changes.into_iter().for_each(|change| self.state.apply(change));
    }

    fn pass_time(&mut self) -> Timestamp {
        let now = Timestamp::from_millis(jiff::Timestamp::now().as_millisecond() + self.ahead);
        loop {
            let due = waxseal_kms::due(&self.state, &mut entropy(), now);
            if due.is_empty() {
                return now;
            }
            self.apply(due.changes);
        }
    }

    /// By the rules of the endpoint: an access key that is an account ID is that account's root user.
    fn caller(&self, call: &Call, now: Timestamp) -> Caller {
        let id = match &call.identity {
            Identity::AccessKey { id, .. } => id.as_str(),
            Identity::Profile(_) => "",
        };
        let principal = match self.state.credential(id, now) {
            Some(credential) => credential.principal.clone(),
            None => Principal::Root { account: id.parse().unwrap_or_else(|_| default_account()) },
        };
        let account = principal.account().cloned().unwrap_or_else(default_account);
        Caller { place: Place { account, region: call.region.parse().unwrap() }, principal, via: None }
    }
}

fn default_account() -> AccountId {
    "111122223333".parse().unwrap()
}

fn entropy() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}
