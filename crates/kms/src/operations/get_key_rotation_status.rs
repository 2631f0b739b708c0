//! GetKeyRotationStatus.

use waxseal_api::operations::{GetKeyRotationStatus, GetKeyRotationStatusInput, GetKeyRotationStatusOutput};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
    state::Status,
};

impl Rule for GetKeyRotationStatus {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId"];

    /// Nothing rotates while deletion is pending, so the status is false then. A rotation on demand takes no time, so
    /// none is ever seen running.
    fn run(cx: &mut Cx<'_>, input: GetKeyRotationStatusInput) -> Result<GetKeyRotationStatusOutput, Error> {
        names::key_id(&input.key_id)?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::GetKeyRotationStatus, key)?;
        key.must_have_own_material()?;
        let leaving = matches!(
            key.key().status,
            Status::PendingDeletion { .. } | Status::PendingReplicaDeletion { .. }
        );
        let automatic = key.key().rotation.automatic.filter(|_| !leaving);
        Ok(GetKeyRotationStatusOutput {
            key_rotation_enabled: automatic.is_some(),
            key_id: key.key().arn.key_id.to_string(),
            rotation_period_in_days: automatic.map(|it| it.period_in_days),
            next_rotation_date: automatic.map(|it| it.next),
            on_demand_rotation_start_date: None,
        })
    }
}
