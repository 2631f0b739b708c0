//! The page that keeps keys safe: backup, restore, a lock, and what the browser promises.

mod back_up;
mod idle;
mod lock;
mod passphrase;
mod persistence;
mod reminder;
mod restore;

use waxseal_api::vault::Contents;
use yew::prelude::*;

pub(crate) use idle::use_idle_lock;
pub(crate) use lock::Unlock;
#[cfg(feature = "workbench")]
pub(crate) use passphrase::bytes;
pub(crate) use persistence::ask_to_persist;
pub(crate) use reminder::Reminder;

use self::{back_up::BackUp, lock::Lock, persistence::Persistence, restore::Restore};
use crate::{
    bridge::{Readiness, use_service},
    components::Page,
    words::counted,
};

const LEAD: &str = "Your keys are kept in this browser profile and nowhere else. When it is lost, they are, and with them \
    every file that was encrypted under them. A backup takes them along.";
const UNREADABLE: &str = "What is stored in this browser cannot be opened. A backup can take its place.";

/// A file with all keys, the way back, a lock, and the browser's promise.
#[component]
pub(crate) fn Backup() -> Html {
    // What cannot be read can only be replaced.
    let readiness = use_service().readiness;
    let open = matches!(readiness, Readiness::Starting | Readiness::Ready(_));
    html! {
        <Page title="Keep your keys safe" class="backup">
            <p class="lead">{ if open { LEAD } else { UNREADABLE } }</p>
            if open { { part("Back up", "back-up", html! { <BackUp /> }) } }
            { part("Restore", "restore", html! { <Restore /> }) }
            if open {
                { part("Lock", "lock", html! { <Lock /> }) }
                { part("This browser", "this-browser", html! { <Persistence /> }) }
            }
        </Page>
    }
}

/// A part of the page: its heading in the margin, the rest beside it.
fn part(title: &'static str, id: &'static str, body: Html) -> Html {
    html! {
        <section class="aspect" aria-labelledby={id}>
            <h2 {id}>{ title }</h2>
            <div class="aspect-body">{ body }</div>
        </section>
    }
}

/// `2 keys and 1 alias`
fn said(contents: &Contents) -> String {
    let Contents { keys, aliases, .. } = *contents;
    format!("{} and {}", counted(keys.into(), "key", "keys"), counted(aliases.into(), "alias", "aliases"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::drawn;

    #[test]
    fn contents_in_words() {
        assert_eq!(said(&Contents { keys: 1, aliases: 0, records: 2 }), "1 key and 0 aliases");
        assert_eq!(said(&Contents { keys: 3, aliases: 1, records: 9 }), "3 keys and 1 alias");
    }

    #[test]
    fn the_trade_off_is_told_where_it_is_made() {
        let html = drawn(html! { <BackUp /> });
        assert!(html.contains("Whoever has the file and the passphrase has your keys"), "{html}");
        assert!(html.contains("not even to you"), "{html}");
    }
}
