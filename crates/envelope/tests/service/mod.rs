//! A key service for the tests of messages.

use getrandom::SysRng;
use rand_core::UnwrapErr;
use waxseal_api::{
    AccountId, ApiError, Operation, Place, Region, Timestamp,
    operations::{CreateKey, CreateKeyInput},
};
use waxseal_kms::{Caller, Request, State, handle};

/// The computer's own randomness.
pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// The real key service, with its state and one caller.
pub(crate) struct Service {
    state: State,
    caller: Caller,
}

impl Service {
    pub(crate) fn new() -> Self {
        let account: AccountId = "111122223333".parse().unwrap();
        let region: Region = "eu-central-1".parse().unwrap();
        Self { state: State::default(), caller: Caller::root(Place { account, region }) }
    }

    pub(crate) fn call<O: Operation>(&mut self, input: &O::Input) -> Result<O::Output, ApiError> {
        let body = serde_json::to_string(input).unwrap();
        let now = Timestamp::from_millis(1_800_000_000_000);
        let request =
            Request { caller: &self.caller, now, service: O::SERVICE, operation: O::NAME, body: &body };
        let outcome = handle(&self.state, &mut rng(), &request);
        outcome.changes.into_iter().for_each(|change| self.state.apply(change));
        outcome.reply.result.map(|body| serde_json::from_str(&body).unwrap())
    }

    /// A new key's ARN.
    pub(crate) fn key(&mut self) -> String {
        self.call::<CreateKey>(&CreateKeyInput::default()).unwrap().key_metadata.arn
    }
}
