//! CancelKeyDeletion.

use waxseal_api::operations::{CancelKeyDeletion, CancelKeyDeletionInput, CancelKeyDeletionOutput};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
    state::Status,
};

impl Rule for CancelKeyDeletion {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId"];

    fn run(cx: &mut Cx<'_>, input: CancelKeyDeletionInput) -> Result<CancelKeyDeletionOutput, Error> {
        names::key_id(&input.key_id)?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::CancelKeyDeletion, key)?;
        key.update(cx, "deletion cancelled", |key| {
            key.status = Status::Disabled;
            key.follow_material();
        });
        Ok(CancelKeyDeletionOutput { key_id: key.key().arn.to_string() })
    }
}
