//! UntagResource.

use waxseal_api::{
    operation::Nothing,
    operations::{UntagResource, UntagResourceInput},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for UntagResource {
    const REQUIRED: &'static [&'static str] = &["KeyId", "TagKeys"];
    const RECORDED: &'static [&'static str] = &["KeyId", "TagKeys"];

    fn run(cx: &mut Cx<'_>, input: UntagResourceInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        for (position, key) in (1..).zip(&input.tag_keys) {
            check.text(&format!("tagKeys.{position}.member"), key, 1..=128);
        }
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::UntagResource, key)?;
        key.update(cx, "tags", |key| key.tags.retain(|tag| !input.tag_keys.contains(&tag.tag_key)));
        Ok(Nothing {})
    }
}
