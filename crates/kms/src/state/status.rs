//! What a key may do, as it is recorded.

use serde::{Deserialize, Serialize};
use waxseal_api::{Timestamp, types::KeyState};

/// The state that a key is in by its own. A key whose custom key store is out of reach is `Unavailable` besides, which is
/// not recorded with the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase", tag = "keyState")]
pub(crate) enum Status {
    Enabled,
    Disabled,
    /// At least one of its materials has to be imported, or imported again.
    PendingImport,
    PendingDeletion {
        deletion_date: Timestamp,
    },
    /// Its deletion is scheduled as soon as its last replica is gone.
    PendingReplicaDeletion {
        window_in_days: i64,
    },
    /// Being made until then.
    Creating {
        until: Timestamp,
    },
    /// Changing its primary Region until then.
    Updating {
        until: Timestamp,
    },
}

impl Status {
    pub(crate) fn key_state(self) -> KeyState {
        match self {
            Self::Enabled => KeyState::Enabled,
            Self::Disabled => KeyState::Disabled,
            Self::PendingImport => KeyState::PendingImport,
            Self::PendingDeletion { .. } => KeyState::PendingDeletion,
            Self::PendingReplicaDeletion { .. } => KeyState::PendingReplicaDeletion,
            Self::Creating { .. } => KeyState::Creating,
            Self::Updating { .. } => KeyState::Updating,
        }
    }

    pub(crate) fn deletion_date(self) -> Option<Timestamp> {
        match self {
            Self::PendingDeletion { deletion_date } => Some(deletion_date),
            _ => None,
        }
    }

    /// When it ends by itself.
    pub(crate) fn end(self) -> Option<Timestamp> {
        match self {
            Self::PendingDeletion { deletion_date: end }
            | Self::Creating { until: end }
            | Self::Updating { until: end } => Some(end),
            Self::Enabled | Self::Disabled | Self::PendingImport | Self::PendingReplicaDeletion { .. } => {
                None
            }
        }
    }

    /// Whether the key can be used, as far as it depends on itself.
    pub(crate) fn is_usable(self) -> bool {
        matches!(self, Self::Enabled | Self::Updating { .. })
    }
}
