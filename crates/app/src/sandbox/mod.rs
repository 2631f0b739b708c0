//! What every document has that opens a sandbox: which one it is, its beginning and its time, the place chip, and the ways
//! between the pages about it.

#[cfg(feature = "workbench")]
mod begun;
mod parts;
#[cfg(feature = "workbench")]
mod place;

#[cfg(feature = "workbench")]
use waxseal_api::sandbox::is_name;
#[cfg(feature = "workbench")]
use yew::AttrValue;

use crate::components::dom;
#[cfg(feature = "workbench")]
use crate::route;

#[cfg(feature = "workbench")]
pub(crate) use begun::{use_begun, use_time};
pub(crate) use parts::parts;
#[cfg(feature = "workbench")]
pub(crate) use place::place;

/// The sandbox that is there from the start.
#[cfg(feature = "workbench")]
pub(crate) const FIRST: &str = "first";

/// The sandbox that the address asks for.
#[cfg(feature = "workbench")]
pub(crate) fn asked() -> AttrValue {
    let query = address_query();
    let name = route::asked(&query, "sandbox").filter(|name| is_name(name)).unwrap_or(FIRST);
    AttrValue::from(name.to_owned())
}

/// The query of the address.
pub(crate) fn address_query() -> String {
    dom::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The account in an ARN.
#[cfg(feature = "workbench")]
pub(crate) fn account(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|account| !account.is_empty())
}

/// How an address names a sandbox.
pub(crate) fn query(name: &str) -> String {
    format!("sandbox={name}")
}

#[cfg(all(test, feature = "workbench"))]
mod tests {
    use super::*;

    #[test]
    fn an_arn_has_an_account() {
        assert_eq!(account("arn:aws:iam::111122223333:user/ana"), Some("111122223333"));
        assert_eq!(account("nobody"), None);
    }
}
