//! Labels.

use waxseal_api::types::Tag;

use crate::error::Error;

const TAG_LIMIT: usize = 50;

/// Whether a key can have these labels, all together.
pub(super) fn check(tags: &[Tag]) -> Result<(), Error> {
    if tags.len() > TAG_LIMIT {
        return Err(Error::Tag("Too many tags"));
    }
    for (position, tag) in tags.iter().enumerate() {
        if tag.tag_key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) {
            return Err(Error::Tag("Tags beginning with aws: are reserved"));
        }
        if tags.iter().take(position).any(|earlier| earlier.tag_key == tag.tag_key) {
            return Err(Error::Tag("Duplicate tag keys"));
        }
    }
    Ok(())
}
