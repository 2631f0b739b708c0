//! ListResourceTags.

use waxseal_api::{
    Operation,
    operations::{ListResourceTags, ListResourceTagsInput, ListResourceTagsOutput},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    page::{self, Wanted},
};

impl Rule for ListResourceTags {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId", "Limit", "Marker"];

    fn run(cx: &mut Cx<'_>, input: ListResourceTagsInput) -> Result<ListResourceTagsOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.page(input.limit, 50, input.marker.as_deref());
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::ListResourceTags, key)?;
        let mut tags = key.key().tags.clone();
        tags.sort_by(|a, b| a.tag_key.cmp(&b.tag_key));
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(50), marker: input.marker.as_deref() };
        let page = page::cut(tags.into_iter(), |tag| tag.tag_key.clone(), wanted)?;
        Ok(ListResourceTagsOutput {
            tags: page.items,
            truncated: page.next_marker.is_some(),
            next_marker: page.next_marker,
        })
    }
}
