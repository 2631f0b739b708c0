//! ListKeys.

use waxseal_api::{
    Operation,
    operations::{ListKeys, ListKeysInput, ListKeysOutput},
    types::KeyListEntry,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    page::{self, Wanted},
    state::KeyRecord,
};

impl Rule for ListKeys {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["Limit", "Marker"];

    fn run(cx: &mut Cx<'_>, input: ListKeysInput) -> Result<ListKeysOutput, Error> {
        let mut check = Constraints::default();
        check.number("limit", input.limit, 1..=1000);
        check.optional_text("marker", input.marker.as_deref(), 1..=1024);
        check.done()?;
        let account = cx.authorize(Action::ListKeys, cx.account())?;
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(100), marker: input.marker.as_deref() };
        let page = page::cut(account.keys(cx, wanted.after()?), |key| key.arn.key_id.to_string(), wanted)?;
        Ok(ListKeysOutput {
            keys: page.items.into_iter().map(entry).collect(),
            truncated: page.next_marker.is_some(),
            next_marker: page.next_marker,
        })
    }
}

fn entry(key: &KeyRecord) -> KeyListEntry {
    KeyListEntry { key_id: key.arn.key_id.to_string(), key_arn: key.arn.to_string() }
}
