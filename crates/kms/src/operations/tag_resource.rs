//! TagResource.

use waxseal_api::{
    operation::Nothing,
    operations::{TagResource, TagResourceInput},
    types::Tag,
};

use super::{Rule, tags};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for TagResource {
    const REQUIRED: &'static [&'static str] = &["KeyId", "Tags"];
    const RECORDED: &'static [&'static str] = &["KeyId", "Tags"];

    fn run(cx: &mut Cx<'_>, input: TagResourceInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.tags(&input.tags);
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::TagResource, key)?;
        tags::check(&input.tags)?;
        let tags = merged(key.key().tags.clone(), input.tags);
        tags::check(&tags)?;
        key.update(cx, "tags", |key| key.tags = tags);
        Ok(Nothing {})
    }
}

/// The labels that a key has, with new ones added and the values of others replaced.
fn merged(mut tags: Vec<Tag>, new: Vec<Tag>) -> Vec<Tag> {
    for tag in new {
        match tags.iter_mut().find(|it| it.tag_key == tag.tag_key) {
            Some(there) => there.tag_value = tag.tag_value,
            None => tags.push(tag),
        }
    }
    tags
}
