//! The place chip: which world a click would change, and as whom.

use yew::prelude::*;

use crate::bridge::{Readiness, World, use_service};

/// Where one is: world, account, Region and principal.
#[component]
pub(crate) fn Place() -> Html {
    place(&use_service().readiness)
}

/// The same for whoever knows how the worker stands.
pub(crate) fn place(readiness: &Readiness) -> Html {
    match readiness {
        Readiness::Ready(world) => chip(world),
        Readiness::Starting => html! { <p class="place" role="status">{ "Opening the vault" }</p> },
        Readiness::Locked => html! { <p class="place" role="status">{ "The vault is locked" }</p> },
        Readiness::Closed(_) => html! { <p class="place" role="status">{ "The vault is closed" }</p> },
        Readiness::Crashed(_) => html! { <p class="place" role="status">{ "The worker has stopped" }</p> },
    }
}

fn chip(world: &World) -> Html {
    let World { place, principal, .. } = world;
    html! {
        <dl class="place" aria-label="Where you are">
            <div><dt>{ "World" }</dt><dd class="place-world">{ "Vault" }</dd></div>
            <div><dt>{ "Account" }</dt><dd>{ place.account.as_str() }</dd></div>
            <div><dt>{ "Region" }</dt><dd>{ place.region.as_str() }</dd></div>
            <div><dt>{ "You are" }</dt><dd title={principal.clone()}>{ who(principal) }</dd></div>
        </dl>
    }
}

/// `arn:aws:iam::111122223333:user/ana` → `user/ana`
fn who(principal: &str) -> &str {
    principal.splitn(6, ':').nth(5).unwrap_or(principal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_principal_is_called_by_what_its_arn_ends_with() {
        assert_eq!(who("arn:aws:iam::111122223333:root"), "root");
        assert_eq!(who("arn:aws:sts::111122223333:assumed-role/app/i:1"), "assumed-role/app/i:1");
        assert_eq!(who("someone"), "someone");
    }
}
