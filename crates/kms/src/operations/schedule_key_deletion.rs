//! ScheduleKeyDeletion.

use waxseal_api::operations::{ScheduleKeyDeletion, ScheduleKeyDeletionInput, ScheduleKeyDeletionOutput};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    state::Status,
};

const LONGEST_WINDOW: i64 = 30;

impl Rule for ScheduleKeyDeletion {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId", "PendingWindowInDays"];

    fn run(cx: &mut Cx<'_>, input: ScheduleKeyDeletionInput) -> Result<ScheduleKeyDeletionOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.number("pendingWindowInDays", input.pending_window_in_days, 7..=LONGEST_WINDOW);
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::ScheduleKeyDeletion, key)?;
        let days = input.pending_window_in_days.unwrap_or(LONGEST_WINDOW);
        let status = if key.key().has_replicas() {
            Status::PendingReplicaDeletion { window_in_days: days }
        } else {
            Status::PendingDeletion { deletion_date: cx.now().plus_days(days) }
        };
        key.set_status(cx, status);
        Ok(ScheduleKeyDeletionOutput {
            key_id: key.key().arn.to_string(),
            deletion_date: status.deletion_date(),
            key_state: status.key_state(),
            pending_window_in_days: days,
        })
    }
}
