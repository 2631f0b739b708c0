//! ListGrants.

use waxseal_api::{
    Operation,
    operations::{ListGrants, ListGrantsInput, ListGrantsOutput},
    types::GrantListEntry,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    page::{self, Wanted},
};

impl Rule for ListGrants {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] =
        &["GrantId", "GranteePrincipal", "GranteeServicePrincipal", "KeyId", "Limit", "Marker"];

    fn run(cx: &mut Cx<'_>, input: ListGrantsInput) -> Result<ListGrantsOutput, Error> {
        let mut check = Constraints::default();
        check.page(input.limit, 100, input.marker.as_deref());
        check.key_id("keyId", &input.key_id);
        check.optional_text("grantId", input.grant_id.as_deref(), 1..=128);
        check.principal("granteePrincipal", input.grantee_principal.as_deref());
        check.service_principal("granteeServicePrincipal", input.grantee_service_principal.as_deref());
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::ListGrants, key)?;
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(50), marker: input.marker.as_deref() };
        let entries = key.grants(cx, wanted.after()?).map(|grant| grant.entry());
        let page = page::cut(entries.filter(|it| is_meant(it, &input)), |it| it.grant_id.clone(), wanted)?;
        Ok(ListGrantsOutput {
            grants: page.items,
            truncated: page.next_marker.is_some(),
            next_marker: page.next_marker,
        })
    }
}

fn is_meant(grant: &GrantListEntry, input: &ListGrantsInput) -> bool {
    let fits = |asked: &Option<String>, told: Option<&String>| asked.is_none() || asked.as_ref() == told;
    fits(&input.grant_id, Some(&grant.grant_id))
        && fits(&input.grantee_principal, grant.grantee_principal.as_ref())
        && fits(&input.grantee_service_principal, grant.grantee_service_principal.as_ref())
}
