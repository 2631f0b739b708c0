//! ListRetirableGrants.

use waxseal_api::{
    Operation,
    operations::{ListGrantsOutput, ListRetirableGrants, ListRetirableGrantsInput},
};

use super::{Rule, grant_members};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    page::{self, Wanted},
    state::Party,
};

const ONE_OF_BOTH: &str = "Please specify either RetiringPrincipal or RetiringServicePrincipal.";
const FOREIGN: &str = "RetiringPrincipal has to be a principal of the calling account.";

impl Rule for ListRetirableGrants {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] =
        &["Limit", "Marker", "RetiringPrincipal", "RetiringServicePrincipal"];

    fn run(cx: &mut Cx<'_>, input: ListRetirableGrantsInput) -> Result<ListGrantsOutput, Error> {
        let mut check = Constraints::default();
        check.page(input.limit, 100, input.marker.as_deref());
        check.principal("retiringPrincipal", input.retiring_principal.as_deref());
        check.service_principal("retiringServicePrincipal", input.retiring_service_principal.as_deref());
        check.done()?;
        let party =
            grant_members::party(input.retiring_principal, input.retiring_service_principal, ONE_OF_BOTH)?;
        let party = party.ok_or(Error::Validation(ONE_OF_BOTH))?;
        let account = cx.authorize(Action::ListRetirableGrants, cx.account())?;
        if let Party::Principal(arn) = &party
            && grant_members::account_of(arn).as_ref() != Some(account.account_id())
        {
            return Err(Error::Validation(FOREIGN));
        }
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(50), marker: input.marker.as_deref() };
        let grants = account.retirable_grants(cx, party);
        let page = page::cut(grants, |grant| format!("{}/{}", grant.key_arn, grant.grant_id), wanted)?;
        Ok(ListGrantsOutput {
            grants: page.items.into_iter().map(|grant| grant.entry()).collect(),
            truncated: page.next_marker.is_some(),
            next_marker: page.next_marker,
        })
    }
}
