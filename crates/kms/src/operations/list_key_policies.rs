//! ListKeyPolicies.

use waxseal_api::{
    Operation,
    operations::{ListKeyPolicies, ListKeyPoliciesInput, ListKeyPoliciesOutput},
};

use super::{Rule, names::POLICY};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    page::{self, Wanted},
};

impl Rule for ListKeyPolicies {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId", "Limit", "Marker"];

    fn run(cx: &mut Cx<'_>, input: ListKeyPoliciesInput) -> Result<ListKeyPoliciesOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.page(input.limit, 1000, input.marker.as_deref());
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        cx.authorize(Action::ListKeyPolicies, key)?;
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(100), marker: input.marker.as_deref() };
        let page = page::cut([POLICY.to_owned()].into_iter(), String::clone, wanted)?;
        Ok(ListKeyPoliciesOutput {
            policy_names: page.items,
            truncated: page.next_marker.is_some(),
            next_marker: page.next_marker,
        })
    }
}
