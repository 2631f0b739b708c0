//! Making a key in five steps: alias, description, key material, administrators, users; then a review of the calls that
//! will be made, and the key.

mod commands;
mod draft;
mod made;
mod making;
mod people;
pub(crate) mod policy;
mod review;
mod steps;
mod wizard;

use yew::prelude::*;

pub(crate) use self::draft::{alias_name, alias_problem};
use self::{made::MadePage, making::Made, wizard::Wizard};
use crate::{
    bridge::use_service,
    components::{Page, when_open},
};

/// The page of the five steps, and of the new key after them.
#[component]
pub(crate) fn NewKey() -> Html {
    let service = use_service();
    let made = use_state_eq(|| None::<Made>);
    let onmade = {
        let made = made.setter();
        Callback::from(move |key| made.set(Some(key)))
    };
    match &*made {
        Some(made) => html! { <MadePage made={made.clone()} /> },
        None => html! {
            <Page title="Make a key" class="new-key">
                { when_open(&service.readiness, |world| html! { <Wizard place={world.place.clone()} {onmade} /> }) }
            </Page>
        },
    }
}
