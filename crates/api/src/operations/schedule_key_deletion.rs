//! ScheduleKeyDeletion.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{operation::Operation, time::Timestamp, types::KeyState};

/// Sets the date on which a key is destroyed, 7 to 30 days from now, and refuses its use until then.
#[derive(Debug, Clone, Copy)]
pub struct ScheduleKeyDeletion;

impl Operation for ScheduleKeyDeletion {
    const NAME: &'static str = "ScheduleKeyDeletion";
    const READ_ONLY: bool = false;
    type Input = ScheduleKeyDeletionInput;
    type Output = ScheduleKeyDeletionOutput;
}

/// What ScheduleKeyDeletion takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ScheduleKeyDeletionInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// 7 to 30; 30 when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub pending_window_in_days: Option<i64>,
}

/// What ScheduleKeyDeletion returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ScheduleKeyDeletionOutput {
    /// The key ARN.
    pub key_id: String,
    /// When its material will be destroyed.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub deletion_date: Option<Timestamp>,
    /// `PendingDeletion`.
    pub key_state: KeyState,
    /// The days asked for.
    #[cfg_attr(feature = "typescript", tsify(type = "number"))]
    pub pending_window_in_days: i64,
}
