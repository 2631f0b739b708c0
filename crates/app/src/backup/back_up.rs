//! Making a backup.

use js_sys::Date;
use waxseal_api::vault::{Outcome, Summary, Task};
use web_sys::Blob;
use yew::prelude::*;

use super::{
    passphrase::{self, Entered, new_passphrase},
    said,
};
use crate::{
    bridge::{Errand, Finished, use_errand},
    components::dom,
    failure::FailureNote,
    files::use_object_url,
};

/// Asks for a passphrase and offers the file.
#[component]
pub(super) fn BackUp() -> Html {
    let (entered, made) = (use_state_eq(Entered::default), use_state_eq(|| None::<(Summary, Blob)>));
    let action = use_errand(Callback::from({
        let (entered, made) = (entered.setter(), made.setter());
        move |finished| {
            if let (Outcome::BackedUp(summary), Some(file)) = finished as Finished {
                made.set(Some((summary, file)));
                entered.set(Entered::default());
            }
        }
    }));
    let saved = use_errand(Callback::noop()).run.reform(|_: MouseEvent| Task::Saved.into());
    let onsubmit = {
        let (entered, run, made) = (entered.clone(), action.run.clone(), made.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if entered.problems().iter().any(Option::is_some) {
                entered.set(Entered { tried: true, ..(*entered).clone() });
                dom::focus_first("#passphrase");
                return;
            }
            made.set(None);
            let secret = Some(passphrase::bytes(&entered.first));
            run.emit(Errand { secret, ..Task::BackUp.into() });
        })
    };
    let url = use_object_url(made.as_ref().map(|(_, file)| file.clone()));
    html! {<>
        <p class="reading">{ "One file with every key and its material, all aliases and policies, sealed under a passphrase. Whoever has \
            the file and the passphrase has your keys. Without the passphrase the file is of no use, not even to you: keep the two \
            apart, and neither only on this machine." }</p>
        <form class="stacked" {onsubmit} novalidate=true>
            { new_passphrase(["passphrase", "passphrase-again"], "Passphrase", &entered, &Callback::from({ let entered = entered.setter(); move |new| entered.set(new) })) }
            <p class="actions"><button class="button primary" aria-disabled={action.busy().then_some("true")}>{ "Make a backup" }</button></p>
        </form>
        <div role="status">
            if action.busy() {
                <p class="pending">{ "Sealing. The passphrase is stretched first, which takes a second or two, so that guessing it is slow." }</p>
            }
            if let Some((summary, _)) = &*made { { offer(summary, url, saved) } }
        </div>
        if let Some(failure) = action.failure() { <FailureNote {failure} /> }
    </>}
}

/// The file, and what is in it.
fn offer(summary: &Summary, url: Option<AttrValue>, onclick: Callback<MouseEvent>) -> Html {
    let name = name(summary);
    html! {
        <div class="stacked">
            <p>{ format!("The backup is made, and was read back whole: {}.", said(&summary.contents)) }</p>
            <p class="actions"><a class="button primary" href={url} download={name.clone()} {onclick}>{ format!("Download {name}") }</a></p>
            <p class="small soft">{ "It is an age file, and without Waxseal " }<code>{ format!("age -d {name}") }</code>{ " opens it." }</p>
        </div>
    }
}

/// `waxseal-vault-2026-11-27.age`
fn name(summary: &Summary) -> String {
    let date = String::from(Date::new(&(summary.made.as_millis() as f64).into()).to_iso_string());
    format!("waxseal-vault-{}.age", date.split('T').next().unwrap_or_default())
}
