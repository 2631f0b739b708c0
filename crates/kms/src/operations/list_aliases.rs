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
    state::{AliasArn, AliasRecord},
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
        let name = |alias: &AliasListEntry| alias.alias_name.clone();
        let aliases: Box<dyn Iterator<Item = AliasListEntry>> = match &of {
            Some(key) => Box::new(key.aliases(cx).map(entry)),
            None => {
                let own = account.aliases(cx, wanted.after()?).map(entry);
                let without_key = account.aliases_without_key(cx).map(unassociated);
                Box::new(merged(own, without_key))
            }
        };
        let page = page::cut(aliases, name, wanted)?;
        Ok(ListAliasesOutput {
            aliases: page.items,
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

/// An alias that AWS has predefined and that has no key yet.
fn unassociated(arn: AliasArn) -> AliasListEntry {
    AliasListEntry {
        alias_name: arn.name.to_string(),
        alias_arn: arn.to_string(),
        target_key_id: None,
        creation_date: None,
        last_updated_date: None,
    }
}

/// Two lists in order of name as one.
fn merged(
    one: impl Iterator<Item = AliasListEntry>,
    other: impl Iterator<Item = AliasListEntry>,
) -> impl Iterator<Item = AliasListEntry> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(a), Some(b)) if b.alias_name < a.alias_name => other.next(),
        (None, _) => other.next(),
        (Some(_), _) => one.next(),
    })
}
