//! What a key's state allows. See "Key states of AWS KMS keys" in the AWS KMS developer guide.

use waxseal_api::{KeyArn, types::KeyState};

use crate::error::Error;

/// What an action asks of a key's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing.
    Anything,
    /// That it is not about to be deleted.
    ToStay,
    /// That it can encrypt and decrypt.
    ToBeUsable,
    /// That it can be enabled and disabled.
    ToBeSwitchable,
    /// That its deletion can be scheduled.
    ToBeDeletable,
    /// That it waits for its deletion.
    ToBePendingDeletion,
}

impl Needs {
    /// Whether a key in this state will do.
    pub(crate) fn check(self, arn: &KeyArn, state: KeyState) -> Result<(), Error> {
        if self.allows(state) {
            return Ok(());
        }
        let arn = arn.clone();
        Err(match state {
            _ if self == Self::ToBePendingDeletion => Error::State(arn, "not pending deletion"),
            KeyState::Disabled => Error::Disabled(arn),
            KeyState::PendingDeletion | KeyState::PendingReplicaDeletion => {
                Error::State(arn, "pending deletion")
            }
            KeyState::PendingImport => Error::State(arn, "pending import"),
            KeyState::Unavailable => Error::State(arn, "unavailable"),
            KeyState::Creating => Error::State(arn, "creating"),
            KeyState::Updating => Error::State(arn, "updating"),
            KeyState::Enabled => Error::State(arn, "enabled"),
        })
    }

    fn allows(self, state: KeyState) -> bool {
        use KeyState::{
            Creating, Disabled, Enabled, PendingDeletion, PendingImport, PendingReplicaDeletion, Unavailable,
            Updating,
        };
        let leaving = matches!(state, PendingDeletion | PendingReplicaDeletion);
        match self {
            Self::Anything => true,
            Self::ToStay => !leaving,
            Self::ToBeUsable => matches!(state, Enabled | Updating),
            Self::ToBeSwitchable => matches!(state, Enabled | Disabled | Unavailable),
            Self::ToBeDeletable => {
                matches!(state, Enabled | Disabled | PendingImport | Unavailable | Creating)
            }
            Self::ToBePendingDeletion => leaving,
        }
    }
}

#[cfg(test)]
mod tests {
    use waxseal_api::operations::NAMES;

    use super::*;
    use crate::cx::Action;

    const TABLE: &str = include_str!("../../../../tests/vectors/key-states.csv");
    const ARN: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    /// The columns of the table; one stands for both ways to wait for deletion.
    const COLUMNS: [&[KeyState]; 7] = [
        &[KeyState::Enabled],
        &[KeyState::Disabled],
        &[KeyState::PendingDeletion, KeyState::PendingReplicaDeletion],
        &[KeyState::PendingImport],
        &[KeyState::Unavailable],
        &[KeyState::Creating],
        &[KeyState::Updating],
    ];

    fn actions(operation: &str) -> Vec<Action> {
        match operation {
            "ReEncrypt" => vec![Action::ReEncryptFrom, Action::ReEncryptTo],
            name => vec![name.parse().unwrap()],
        }
    }

    /// The refusals that footnotes stand for: the exact one where a call has been recorded, else the general one.
    fn refusal(cell: &str) -> Option<String> {
        let arn: KeyArn = ARN.parse().unwrap();
        let state = |what| Some(Error::State(arn.clone(), what).to_string());
        match cell.split_whitespace().collect::<String>().trim_matches('"') {
            "✓" | "✓[12]" | "?[10]" => None,
            "X[1]" => Some(Error::Disabled(arn).to_string()),
            "X[3]" | "X[2]or[3]" => state("pending deletion"),
            "X[4]" | "X[4],[13]" => state("not pending deletion"),
            "X[5]" => state("pending import"),
            "X[11]" => state("unavailable"),
            "X[14]" => state("creating"),
            "X[15]" => state("updating"),
            other => panic!("a cell that nobody has thought of: {other}"),
        }
    }

    #[test]
    fn every_action_in_every_state() {
        let mut checked = 0;
        for row in TABLE.lines().skip(1) {
            let row = row.replace("\"X [4], [13]\"", "X [4];[13]");
            let mut cells = row.split(',').map(|cell| cell.replace(';', ","));
            let operation = cells.next().unwrap();
            if !NAMES.contains(&operation.as_str()) {
                continue;
            }
            for (cell, states) in cells.zip(COLUMNS) {
                for (action, state) in
                    actions(&operation).into_iter().flat_map(|a| states.iter().map(move |s| (a, s)))
                {
                    let found = action.needs().check(&ARN.parse().unwrap(), *state);
                    assert_eq!(found.err().map(|e| e.to_string()), refusal(&cell), "{operation} {state}");
                    checked += 1;
                }
            }
        }
        assert_eq!(checked, 17 * 8);
    }

    #[test]
    fn an_alias_does_not_come_to_a_key_that_goes() {
        let refused = Needs::ToStay.check(&ARN.parse().unwrap(), KeyState::PendingReplicaDeletion);
        assert_eq!(refused.unwrap_err().to_string(), format!("{ARN} is pending deletion."));
    }
}
