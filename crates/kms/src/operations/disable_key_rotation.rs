//! DisableKeyRotation.

use waxseal_api::{
    operation::Nothing,
    operations::{DisableKeyRotation, DisableKeyRotationInput},
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
};

impl Rule for DisableKeyRotation {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId"];

    fn run(cx: &mut Cx<'_>, input: DisableKeyRotationInput) -> Result<Nothing, Error> {
        names::key_id(&input.key_id)?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::DisableKeyRotation, key)?;
        key.must_rotate_by_itself()?;
        key.update_all(cx, "automatic rotation off", |key| key.rotation.automatic = None);
        Ok(Nothing {})
    }
}
