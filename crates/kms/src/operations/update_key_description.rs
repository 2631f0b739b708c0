//! UpdateKeyDescription.

use waxseal_api::{
    operation::Nothing,
    operations::{UpdateKeyDescription, UpdateKeyDescriptionInput},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for UpdateKeyDescription {
    const REQUIRED: &'static [&'static str] = &["KeyId", "Description"];
    const RECORDED: &'static [&'static str] = &["KeyId", "Description"];

    fn run(cx: &mut Cx<'_>, input: UpdateKeyDescriptionInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.text("description", &input.description, 0..=8192);
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::UpdateKeyDescription, key)?;
        key.update(cx, "description", |key| key.description = input.description);
        Ok(Nothing {})
    }
}
