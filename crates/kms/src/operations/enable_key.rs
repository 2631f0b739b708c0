//! EnableKey.

use waxseal_api::{
    operation::Nothing,
    operations::{EnableKey, EnableKeyInput},
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
    state::Status,
};

impl Rule for EnableKey {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId"];

    fn run(cx: &mut Cx<'_>, input: EnableKeyInput) -> Result<Nothing, Error> {
        names::key_id(&input.key_id)?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::EnableKey, key)?;
        let now = cx.now();
        key.update(cx, "state Enabled", |key| {
            key.status = Status::Enabled;
            key.rotation.catch_up(now);
        });
        Ok(Nothing {})
    }
}
