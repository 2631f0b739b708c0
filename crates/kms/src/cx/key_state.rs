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
    /// That others can be let use it.
    ToBeGranted,
    /// That it can be enabled and disabled.
    ToBeSwitchable,
    /// That its material can take turns by the calendar. A key whose material is not the service's own is refused for
    /// that, not for its state.
    ToRotateByItself,
    /// That its material can be exchanged.
    ToRotate,
    /// That it can be prepared for an import.
    ToPrepareImport,
    /// That it can take material.
    ToTakeMaterial,
    /// That its material can be dropped.
    ToDropMaterial,
    /// That it can have a replica.
    ToReplicate,
    /// That it can become the primary key, or cease to be it.
    ToMove,
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
            Self::ToBeGranted => matches!(state, Enabled | Updating | Unavailable),
            Self::ToBeSwitchable => matches!(state, Enabled | Disabled | Unavailable),
            Self::ToRotateByItself => matches!(state, Enabled | Updating | PendingImport | Unavailable),
            Self::ToPrepareImport => matches!(state, Enabled | Disabled | PendingImport | Unavailable),
            Self::ToTakeMaterial => !leaving && state != Creating,
            Self::ToDropMaterial => !matches!(state, Creating | Updating),
            Self::ToReplicate => state == Enabled,
            Self::ToMove => matches!(state, Enabled | Updating),
            Self::ToRotate => matches!(state, Enabled | Updating | Unavailable),
            Self::ToBeDeletable => {
                matches!(state, Enabled | Disabled | PendingImport | Unavailable | Creating)
            }
            Self::ToBePendingDeletion => leaving,
        }
    }
}
