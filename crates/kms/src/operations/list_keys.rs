//! ListKeys.

use waxseal_api::{
    Operation,
    operations::{ListKeys, ListKeysInput, ListKeysOutput},
    types::{KeyListEntry, ResourceOwner},
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
    const RECORDED: &'static [&'static str] = &["Limit", "Marker", "ResourceOwners"];

    fn run(cx: &mut Cx<'_>, input: ListKeysInput) -> Result<ListKeysOutput, Error> {
        let mut check = Constraints::default();
        check.page(input.limit, 1000, input.marker.as_deref());
        let owners = input.resource_owners.as_deref().map(|it| check.values("resourceOwners", it, 1..=2));
        check.done()?;
        let account = cx.authorize(Action::ListKeys, cx.account())?;
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(100), marker: input.marker.as_deref() };
        let own = owners.is_none_or(|owners| owners.contains(&ResourceOwner::Own));
        let keys = account.keys(cx, wanted.after()?).filter(|_| own);
        let page = page::cut(keys, |key| key.arn.key_id.to_string(), wanted)?;
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
