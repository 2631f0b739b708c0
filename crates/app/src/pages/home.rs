//! The first page: what this is, and the main job at once.

use waxseal_api::trace::Role;
use yew::prelude::*;

use crate::{
    backup::Reminder,
    components::{Link, Page, remote},
    keys::{KeyEntry, use_keys},
    route::Route,
    shapes::{letter, named},
};

/// The way to what is behind it.
const BY_HAND: &str = "Make an envelope by hand";

/// One sentence, one job, three lines on how it works.
#[component]
pub(crate) fn Home() -> Html {
    let all = use_keys();
    html! {
        <Page title="Seal a file with a key that never leaves" class="home">
            <p class="lead">{ "Waxseal is a key management service inside this page. Make a KMS key, encrypt a real file with it, and \
                watch, byte by byte, how envelope encryption keeps the key at home." }</p>
            { letter() }
            { remote(&all, "Looking for your keys…", |all| doors(all)) }
            { how() }
        </Page>
    }
}

/// Where to go first: to the files, or to the first key.
fn doors(all: &[KeyEntry]) -> Html {
    let keys = all.len();
    if keys == 0 {
        return html! {
            <div class="doors">
                <p class="actions">
                    <Link class="button primary" to={Route::Files}>{ "Encrypt a file" }</Link>
                    <Link class="button" to={Route::Start}>{ BY_HAND }</Link>
                </p>
                <p class="soft small">{ "By hand takes three minutes and shows why it works. A file needs no key yet: one is made on the way." }</p>
                <p class="actions"><Link to={Route::NewKey}>{ "Make your first key" }</Link></p>
            </div>
        };
    }
    let kept = if keys == 1 { "one key".to_owned() } else { format!("{keys} keys") };
    html! {
        <div class="doors">
            <p class="actions">
                <Link class="button primary" to={Route::Files}>{ "Encrypt or decrypt a file" }</Link>
                <Link class="button" to={Route::Start}>{ BY_HAND }</Link>
                <Link to={Route::Keys}>{ format!("See your {kept}") }</Link>
            </p>
            <Reminder />
        </div>
    }
}

/// From the key to the file in three lines.
fn how() -> Html {
    let line = |role: Role, words: &'static str| {
        html! { <li class={crate::shapes::class(role)}>{ named(role) }<p>{ words }</p></li> }
    };
    html! {
        <section class="how" aria-labelledby="how">
            <h2 id="how">{ "How a file is sealed" }</h2>
            <ol>
                { line(Role::KmsKey, "It stays inside the service for good. It is too precious to work on files, so it only ever protects other keys.") }
                { line(Role::DataKey, "The service makes a fresh one for every file and gives it out twice: in the clear, to be used once and wiped, \
                    and sealed under the KMS key, to be kept.") }
                { line(Role::Ciphertext, "The file under its data key, with the sealed data key beside it. To open it, the service has to open the \
                    seal first: a few hundred bytes ask it, never the file.") }
            </ol>
        </section>
    }
}
