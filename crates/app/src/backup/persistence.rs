//! Whether the browser keeps its word, and whether it gave it.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::components::dom;

/// Asks the browser not to throw the data away. It may ask the person, or decide by itself.
pub(crate) fn ask_to_persist() {
    spawn_local(async {
        // What it has answered is looked up where it is shown.
        let _ = persist(true).await;
    });
}

/// Whether the browser has promised to keep what is stored; with `ask`, it is asked to. None: it does not say.
async fn persist(ask: bool) -> Option<bool> {
    let storage = dom::window().filter(|window| window.is_secure_context())?.navigator().storage();
    let promise = if ask { storage.persist() } else { storage.persisted() };
    JsFuture::from(promise.ok()?).await.ok()?.as_bool()
}

/// What the browser promises, and a way to ask it again.
#[component]
pub(super) fn Persistence() -> Html {
    let promised = use_state_eq(|| None::<bool>);
    let refused = use_state_eq(|| false);
    use_effect_with((), {
        let promised = promised.setter();
        move |()| spawn_local(async move { promised.set(Some(persist(false).await.unwrap_or_default())) })
    });
    let onclick = {
        let (promised, refused) = (promised.setter(), refused.setter());
        move |_| {
            let (promised, refused) = (promised.clone(), refused.clone());
            spawn_local(async move {
                let answer = persist(true).await.unwrap_or_default();
                promised.set(Some(answer));
                refused.set(!answer);
            });
        }
    };
    let words = match *promised {
        None => "Looking at what the browser promises…",
        Some(true) => {
            "This browser has promised to keep your keys when space runs low. Clearing the site’s data still deletes them."
        }
        Some(false) => {
            "This browser may delete your keys when space runs low, as it may the data of any site. It seldom does. \
             You can ask it not to; a backup helps in any case."
        }
    };
    html! {<>
        <p class="reading" role="status">{ words }</p>
        if *promised == Some(false) {
            <p class="actions"><button type="button" class="button" {onclick}>{ "Ask it to keep them" }</button></p>
        }
        if *refused {
            <p class="reading" role="status">{ "It did not promise. Browsers often do after a site was used for a while, or was bookmarked or installed." }</p>
        }
    </>}
}
