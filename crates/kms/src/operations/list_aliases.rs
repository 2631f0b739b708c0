//! ListAliases.

use waxseal_api::{
    Operation,
    operations::{ListAliases, ListAliasesInput, ListAliasesOutput},
    types::AliasListEntry,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    page::{self, Wanted},
    state::AliasRecord,
};

impl Rule for ListAliases {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["KeyId", "Limit", "Marker"];

    fn run(cx: &mut Cx<'_>, input: ListAliasesInput) -> Result<ListAliasesOutput, Error> {
        let mut check = Constraints::default();
        check.optional_text("keyId", input.key_id.as_deref(), 1..=2048);
        check.number("limit", input.limit, 1..=100);
        check.optional_text("marker", input.marker.as_deref(), 1..=1024);
        check.done()?;
        let of = input.key_id.map(|named| cx.find_key(&named)).transpose()?;
        let account = cx.authorize(Action::ListAliases, cx.account())?;
        let of = of.map(|key| cx.authorize(Action::ListAliases, key)).transpose()?;
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(50), marker: input.marker.as_deref() };
        let name = |alias: &&AliasRecord| alias.arn.name.to_string();
        let page = match of {
            Some(key) => page::cut(key.aliases(cx), name, wanted)?,
            None => page::cut(account.aliases(cx, wanted.after()?), name, wanted)?,
        };
        Ok(ListAliasesOutput {
            aliases: page.items.into_iter().map(entry).collect(),
            truncated: page.next_marker.is_some(),
            next_marker: page.next_marker,
        })
    }
}

fn entry(alias: &AliasRecord) -> AliasListEntry {
    AliasListEntry {
        alias_name: alias.arn.name.to_string(),
        alias_arn: alias.arn.to_string(),
        target_key_id: Some(alias.target_key_id.to_string()),
        creation_date: Some(alias.creation_date),
        last_updated_date: Some(alias.last_updated_date),
    }
}
