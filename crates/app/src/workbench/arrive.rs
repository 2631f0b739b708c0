//! A sandbox that comes from a file or in a link: it is opened as a new one, beside the others.

use gloo_events::EventListener;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_api::{
    Blob as Bytes, Failure, LocalError, LocalErrorCode,
    sandbox::{Found, Start, Task, is_name},
};
use web_sys::{Blob, File};
use yew::prelude::*;

use super::{
    share::workbench,
    text,
    worlds::{all, go, wrong_name},
};
use crate::{
    bridge::{Bridge, Readiness, Service, use_service},
    components::{TextField, day, dom},
    failure::FailureNote,
    sandbox::asked,
};

/// What the name of a file ends with.
pub(super) const ENDING: &str = ".waxseal-sandbox";
/// What the fragment of a link begins with; a name, a dot and the file as base64url follow.
const FRAGMENT: &str = "#sandbox=";
/// What has arrived: what it was called, and the file or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arrival {
    name: String,
    file: Result<Blob, Failure>,
}

/// A link that holds a file.
pub(super) fn link(name: &str, file: &Bytes) -> String {
    let text = serde_json::to_string(file).unwrap_or_default();
    let text = text.trim_matches(['"', '=']).replace('+', "-").replace('/', "_");
    format!("{}{FRAGMENT}{name}.{text}", workbench())
}

/// How long that link is, in characters.
pub(super) fn link_length(name: &str, file: usize) -> usize {
    workbench().len() + FRAGMENT.len() + name.len() + 1 + (4 * file).div_ceil(3)
}

/// The bytes of a file.
pub(super) async fn bytes(file: &Blob) -> Result<Bytes, Failure> {
    let buffer = JsFuture::from(file.array_buffer()).await;
    let unreadable = |_| LocalError::new(LocalErrorCode::FileUnreadable, "");
    Ok(Uint8Array::new(&buffer.map_err(unreadable)?).to_vec().into())
}

/// The name and the file of the sandbox in the fragment of an address.
fn in_fragment(fragment: &str) -> Option<(&str, Result<Bytes, Failure>)> {
    let (name, text) = fragment.strip_prefix(FRAGMENT)?.split_once('.')?;
    let text = text.replace('-', "+").replace('_', "/");
    let padding = "=".repeat(text.len().wrapping_neg() % 4);
    let file = serde_json::from_value(format!("{text}{padding}").into());
    let damaged = |_| LocalError::new(LocalErrorCode::SandboxDamaged, text::LINK_CUT).into();
    Some((name, file.map_err(damaged)))
}

impl Arrival {
    fn in_fragment(fragment: &str) -> Option<Self> {
        let (name, file) = in_fragment(fragment)?;
        let blob = |file: Bytes| {
            let parts = Array::of1(&Uint8Array::from(file.as_bytes()));
            let full = |_| LocalError::new(LocalErrorCode::StorageFull, "").into();
            Blob::new_with_u8_array_sequence(&parts).map_err(full)
        };
        Some(Self { name: name.to_owned(), file: file.and_then(blob) })
    }
}

/// What asks about a sandbox that has arrived, and what takes one from a file.
#[hook]
pub(super) fn use_arrivals() -> (Html, Callback<Arrival>) {
    let arrived = use_link();
    let put_away = Callback::from({
        let arrived = arrived.setter();
        move |()| arrived.set(None)
    });
    let asks = (*arrived).clone().map(|arrival| html! { <Arrived {arrival} {put_away} /> });
    let take = arrived.setter();
    (asks.unwrap_or_default(), Callback::from(move |arrival| take.set(Some(arrival))))
}

/// The sandbox that the address brings, now or when it changes.
#[hook]
fn use_link() -> UseStateHandle<Option<Arrival>> {
    let arrived = use_state_eq(|| None);
    use_effect_with((), {
        let arrived = arrived.setter();
        move |()| {
            let look = move || {
                let fragment = dom::window().and_then(|window| window.location().hash().ok());
                if let Some(arrival) = fragment.as_deref().and_then(Arrival::in_fragment) {
                    arrived.set(Some(arrival));
                }
            };
            look();
            let listener =
                dom::window().map(|window| EventListener::new(&window, "hashchange", move |_| look()));
            move || drop(listener)
        }
    });
    arrived
}

/// Takes the sandbox out of the address.
fn forget_link() {
    let Some(window) = dom::window() else { return };
    let location = window.location();
    let address = [location.pathname(), location.search()].map(Result::unwrap_or_default).concat();
    // It fails only where the page may not change its address; then it stays there.
    let _ = window
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
}

/// A file that was chosen.
pub(super) fn chosen(file: File) -> Arrival {
    let name = file.name();
    Arrival { name: name.strip_suffix(ENDING).unwrap_or(&name).to_owned(), file: Ok(file.into()) }
}

/// A name that fits and is nobody's.
fn free_name(wanted: &str, there: &[String]) -> String {
    let plain: String =
        wanted.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    let stem = if plain.is_empty() { "opened" } else { &plain[..plain.len().min(28)] };
    let numbered = (2..).map(|n| format!("{stem}-{n}"));
    let mut names = std::iter::once(stem.to_owned()).chain(numbered);
    names.find(|name| is_name(name) && !there.contains(name)).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
struct ArrivedProps {
    arrival: Arrival,
    /// Nobody wants it.
    put_away: Callback<()>,
}

/// Asks whether it is to be opened, and as what.
#[component]
fn Arrived(props: &ArrivedProps) -> Html {
    let Service { bridge, readiness, .. } = use_service();
    // Before its own sandbox is open, the worker takes no other one.
    let ready = matches!(readiness, Readiness::Ready(_));
    let (examined, fail) = use_examined(&bridge, &props.arrival, ready);
    let (name, there) = (use_state_eq(String::new), use_state_eq(Vec::new));
    use_effect_with(props.arrival.clone(), {
        let (name, there) = (name.setter(), there.setter());
        move |arrival| {
            let wanted = arrival.name.clone();
            spawn_local(async move {
                let mut names = all().await;
                // The page's own may not be there yet.
                names.push(asked().to_string());
                name.set(free_name(&wanted, &names));
                there.set(names);
                dom::focus_first("#arrived");
            });
        }
    });
    let wrong = wrong_name(&name, &there);
    let onsubmit = {
        let name = (*name).clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if wrong.is_some() {
                return dom::focus_first("#arrived-name");
            }
            let (bridge, name, fail) = (bridge.clone(), name.clone(), fail.clone());
            spawn_local(async move {
                if let Err(failure) = open(&bridge, name).await {
                    fail.emit(failure);
                }
            });
        })
    };
    let away = props.put_away.reform(|_: MouseEvent| forget_link());
    let enter = name.setter();
    let field = TextField {
        id: "arrived-name",
        label: "Its name here".into(),
        hint: text::NAME_HINT.into(),
        exact: true,
        value: (*name).clone().into(),
        oninput: Callback::from(move |text| enter.set(text)),
        problem: wrong.filter(|_| !name.is_empty()).map(AttrValue::from),
        ..TextField::default()
    };
    let (said, can_open, failure) = match examined {
        None => (text::READING.to_owned(), false, None),
        Some(Ok(found)) => (found, true, None),
        Some(Err(failure)) => (String::new(), false, Some(failure)),
    };
    html! {
        <section class="arrived stacked" aria-labelledby="arrived">
            <h2 id="arrived" tabindex="-1">{ text::ARRIVED }</h2>
            <p class="reading" role="status">{ said }</p>
            <form class="stacked" {onsubmit} novalidate=true>
                if can_open { { field.draw() } }
                <p class="actions">
                    if can_open { <button class="button primary">{ text::OPEN_IT }</button> }
                    <button type="button" class="button" onclick={away}>{ text::LEAVE_IT }</button>
                </p>
            </form>
            if let Some(failure) = failure { <FailureNote {failure} /> }
        </section>
    }
}

/// What is in the file, or why it cannot be opened; nothing while it is read. The worker holds it for [`Task::TakeIn`], and if that
/// fails it is to be told.
#[hook]
fn use_examined(
    bridge: &Bridge,
    arrival: &Arrival,
    ready: bool,
) -> (Option<Result<String, Failure>>, Callback<Failure>) {
    let examined = use_state_eq(|| None);
    use_effect_with((arrival.file.clone(), ready), {
        let (bridge, examined) = (bridge.clone(), examined.setter());
        move |(file, ready)| {
            if let (Ok(file), true) = (file.clone(), *ready) {
                spawn_local(async move {
                    let found = bridge.examine(file.clone()).await;
                    let told = |Found { made, keys, entries }| text::found(&day(made), keys, entries);
                    examined.set(Some((file, found.map(told))));
                });
            }
        }
    });
    let told = match (&arrival.file, &*examined) {
        (Err(failure), _) => Some(Err(failure.clone())),
        // An earlier file may be answered for later.
        (Ok(file), Some((of, found))) if file == of => Some(found.clone()),
        _ => None,
    };
    let (file, examined) = (arrival.file.clone(), examined.setter());
    let fail = move |failure| examined.set(file.clone().ok().map(|file| (file, Err(failure))));
    (told, Callback::from(fail))
}

/// Opens it, and goes there.
async fn open(bridge: &Bridge, name: String) -> Result<(), Failure> {
    bridge.perform::<()>(Task::TakeIn { name: name.clone() }).await?;
    forget_link();
    go(&name, Start::Empty);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_holds_a_file() {
        for length in 0..5_u8 {
            let file: Bytes = (0..length).map(|n| 250 + n).collect::<Vec<_>>().into();
            let text = serde_json::to_string(&file).unwrap().replace('+', "-").replace('/', "_");
            let fragment = format!("{FRAGMENT}a-1.{}", text.trim_matches(['"', '=']));
            assert_eq!(in_fragment(&fragment), Some(("a-1", Ok(file))));
        }
        assert_eq!(in_fragment(""), None);
        assert_eq!(in_fragment("#flow"), None);
        let (_, cut) = in_fragment("#sandbox=a.AAAAA").unwrap();
        assert_eq!(cut.unwrap_err().name(), "SandboxDamaged");
    }

    #[test]
    fn a_new_name_is_like_the_old_one_and_free() {
        let there = ["first", "first-2"].map(str::to_owned);
        for (wanted, name) in [
            ("company", "company"),
            ("first", "first-3"),
            ("My Lab (1)", "my-lab--1"),
            ("", "opened"),
            ("äß", "opened"),
            (&"a".repeat(40), &"a".repeat(28)),
        ] {
            assert_eq!(free_name(wanted, &there), name);
        }
    }
}
