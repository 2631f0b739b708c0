//! What a new sandbox begins with: commands of its own terminal, and so calls of the engine like any others.

use std::cell::Cell;

use waxseal_cli::Shell;

use super::{
    run::{run, statements},
    screen::Printed,
};
use crate::bridge::Bridge;

/// What a sandbox begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// One account and its root user.
    Empty,
    /// Users in two accounts, a role of an application, and its key.
    TwoAccounts,
}

impl Start {
    /// As an address has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TwoAccounts => "two-accounts",
        }
    }

    /// From an address; whatever is not known is empty.
    pub(crate) fn named(name: &str) -> Self {
        if name == Self::TwoAccounts.name() { Self::TwoAccounts } else { Self::Empty }
    }

    /// For people.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Empty => "Nothing: one account and its root user",
            Self::TwoAccounts => "Two accounts with a few users, an application's role and its key",
        }
    }

    fn script(self) -> &'static str {
        match self {
            Self::Empty => "",
            Self::TwoAccounts => include_str!("start/two-accounts.sh"),
        }
    }

    /// Runs its commands in a new terminal.
    ///
    /// # Errors
    /// The command that failed, and what it printed.
    pub(crate) async fn begin(self, bridge: &Bridge, shell: &mut Shell) -> Result<(), (String, Printed)> {
        for line in statements(self.script()) {
            let printed = run(bridge, shell, &line, &Cell::new(false)).await;
            if printed.exit != 0 {
                return Err((line, printed));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use rand_core::UnwrapErr;
    use waxseal_api::{Place, Timestamp};
    use waxseal_cli::{Call, Identity, Step};
    use waxseal_kms::{Caller, Request, State, handle};

    use super::*;
    use crate::workbench::{desk, identity::Profile};

    /// The engine, called as whoever a profile stands for; a role as a session of it.
    fn answer(state: &RefCell<State>, shell: &Shell, call: &Call) -> Result<String, waxseal_api::ApiError> {
        let now = Timestamp::from_millis(1_800_000_000_000);
        let principal = match &call.identity {
            Identity::AccessKey { id, .. } => state.borrow().credential(id, now).unwrap().principal.clone(),
            Identity::Profile(profile) => match Profile::of(&shell.config, profile).unwrap() {
                Profile::Principal(arn) => state.borrow().principal(arn).unwrap(),
                other => panic!("{other:?}"),
            },
        };
        let account = principal.account().unwrap().clone();
        let place = Place { account, region: call.region.parse().unwrap() };
        let caller = Caller { place, principal, via: None };
        let Call { service, operation, ref body, .. } = *call;
        let request = Request { caller: &caller, now, service, operation, body };
        let outcome = handle(&state.borrow(), &mut UnwrapErr(getrandom::SysRng), &request);
        outcome.changes.into_iter().for_each(|change| state.borrow_mut().apply(change));
        outcome.reply.result
    }

    fn enter(state: &RefCell<State>, shell: &mut Shell, line: &str) -> (u8, String, String) {
        let seen = shell.clone();
        let mut run = shell.enter(line);
        loop {
            match run.step() {
                Step::Done(it) => return (it.exit, String::from_utf8(it.stdout).unwrap(), it.stderr),
                Step::Call(call) => run.answer(answer(state, &seen, &call)),
            }
        }
    }

    #[test]
    fn people_may_what_the_script_says() {
        let (state, mut shell) = (RefCell::new(State::default()), desk::fresh());
        for line in statements(Start::TwoAccounts.script()) {
            let (exit, _, stderr) = enter(&state, &mut shell, &line);
            assert_eq!((exit, stderr.as_str()), (0, ""), "{line}");
        }
        assert!(shell.variables.is_empty(), "{:?}", shell.variables);
        let key = enter(
            &state,
            &mut shell,
            "aws kms describe-key --key-id alias/orders --query KeyMetadata.Arn --output text",
        )
        .1;
        let key = key.trim();
        enter(&state, &mut shell, "echo hello > letter");
        let may = |shell: &mut Shell, profile: &str, command: &str| {
            let (exit, _, stderr) = enter(&state, shell, &format!("aws kms {command} --profile {profile}"));
            assert!(exit == 0 || stderr.contains("AccessDenied"), "{profile}: {command}: {stderr}");
            exit == 0
        };
        let encrypt =
            format!("encrypt --key-id {key} --plaintext fileb://letter --query CiphertextBlob --output text");
        let (_, sealed, _) = enter(&state, &mut shell, &format!("aws kms {encrypt} --profile orders-app"));
        let decrypt = format!("decrypt --ciphertext-blob {}", sealed.trim());
        for (profile, command, expect) in [
            ("ana", "create-key", true),
            ("ben", "create-key", false),
            ("ben", &*format!("describe-key --key-id {key}"), true),
            ("ben", &encrypt, false),
            ("orders-app", &decrypt, true),
            ("orders-app", &format!("disable-key --key-id {key}"), false),
            ("carla", &decrypt, true),
            ("carla", &encrypt, false),
            ("partner", &decrypt, true),
        ] {
            assert_eq!(may(&mut shell, profile, command), expect, "{profile}: {command}");
        }
    }
}
