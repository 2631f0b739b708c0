//! Which sandbox the page is of, which there are, and how one is made and thrown away.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_api::sandbox::{PREFIX, Start, is_name};
use web_sys::FileList;
use yew::prelude::*;

use super::{
    arrive::{self, Arrival},
    lab,
    rename::Rename,
    share::Share,
    text,
};
use crate::{
    components::{Accepts, Confirm, Link, TextField, dom, file_button},
    route::{Route, asked as value_of},
    sandbox::{FIRST, address_query, query},
};

/// All that a sandbox can begin with.
const ALL: [Start; 3] = [Start::Empty, Start::TwoAccounts, Start::Company];
/// How an address asks for the vault.
pub(crate) const VAULT: &str = "world=vault";

/// Whether the address asks for the vault instead.
pub(crate) fn is_vault_asked() -> bool {
    value_of(&address_query(), "world") == Some("vault")
}

/// What the address wants a new sandbox to begin with.
pub(crate) fn start() -> Start {
    let query = address_query();
    let asked = value_of(&query, "start");
    // Whatever is not known is empty.
    ALL.into_iter().find(|start| asked == Some(name_of(*start))).unwrap_or(Start::Empty)
}

/// As an address has it.
fn name_of(start: Start) -> &'static str {
    match start {
        Start::Empty => "empty",
        Start::TwoAccounts => "two-accounts",
        Start::Company => "company",
    }
}

/// What is wrong with a name for a sandbox where others are there.
pub(super) fn wrong_name(name: &str, there: &[String]) -> Option<&'static str> {
    if name.is_empty() {
        return Some(text::NAME_MISSING);
    }
    if !is_name(name) {
        return Some(text::NAME_WRONG);
    }
    there.iter().any(|other| other == name).then_some(text::NAME_TAKEN)
}

/// The page of a sandbox.
pub(super) fn go(name: &str, start: Start) {
    if let Some(window) = dom::window() {
        // It fails only where the page may not navigate itself.
        let _ = window.location().set_search(&format!("?sandbox={name}&start={}", name_of(start)));
    }
}

/// The names of all sandboxes of this browser, where it tells.
pub(crate) async fn all() -> Vec<String> {
    let names = async || -> Result<Vec<String>, JsValue> {
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
        let ask: Function = Reflect::get(&factory, &"databases".into())?.dyn_into()?;
        let asked: Promise = ask.call0(&factory)?.dyn_into()?;
        let databases: Array = JsFuture::from(asked).await?.dyn_into()?;
        let name = |database: JsValue| Reflect::get(&database, &"name".into()).ok()?.as_string();
        let own = |name: String| name.strip_prefix("waxseal-")?.strip_prefix(PREFIX).map(str::to_owned);
        Ok(databases.iter().filter_map(name).filter_map(own).collect())
    };
    names().await.unwrap_or_default()
}

/// Deletes the database of a sandbox. Its tabs, this one too, let go of it by themselves.
///
/// # Errors
/// The browser does not delete it.
pub(crate) async fn throw_away(name: &str) -> Result<(), JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
    let delete: Function = Reflect::get(&factory, &"deleteDatabase".into())?.dyn_into()?;
    let request = delete.call1(&factory, &format!("waxseal-{PREFIX}{name}").into())?;
    let done = Promise::new(&mut |resolve, reject| {
        let _ = Reflect::set(&request, &"onsuccess".into(), &resolve);
        let _ = Reflect::set(&request, &"onerror".into(), &reject);
    });
    JsFuture::from(done).await.map(drop)
}

#[derive(Properties, PartialEq)]
pub(crate) struct WorldsProps {
    /// The one that the page is of.
    pub(crate) name: AttrValue,
    /// Whether it is open, and so among those that there are.
    pub(crate) open: bool,
    /// Takes a file that was chosen.
    pub(crate) arrived: Callback<Arrival>,
}

/// The sandboxes that there are, a form for another one, and how to be rid of this one.
#[component]
pub(crate) fn Worlds(props: &WorldsProps) -> Html {
    let there = use_state_eq(Vec::<String>::new);
    use_effect_with(props.open, {
        let there = there.setter();
        move |_| spawn_local(async move { there.set(all().await) })
    });
    let link = |name: &String| {
        let current = name.as_str() == props.name.as_str();
        html! { <li><a href={format!("?sandbox={name}")} aria-current={current.then_some("true")}>{ name }</a></li> }
    };
    let gone = {
        let name = props.name.clone();
        Callback::from(move |()| {
            let name = name.clone();
            spawn_local(async move {
                // A database that cannot be deleted is still there on the page that opens.
                let _ = throw_away(&name).await;
                lab::forget(&name);
                go(FIRST, Start::Empty);
            });
        })
    };
    let chosen = {
        let arrived = props.arrived.clone();
        Callback::from(move |files: Option<FileList>| {
            if let Some(file) = files.and_then(|files| files.get(0)) {
                arrived.emit(arrive::chosen(file));
            }
        })
    };
    html! {
        <details class="bench-part">
            <summary><h2>{ text::WORLDS }</h2></summary>
            <div class="bench-part-body">
                <p class="soft">{ text::WORLDS_HINT }</p>
                <ul class="plain">{ for there.iter().map(link) }</ul>
                <p class="actions"><a href={format!("?{VAULT}")}>{ text::TO_VAULT }</a></p>
                <h3>{ text::ANOTHER }</h3>
                <New there={(*there).clone()} />
                <p class="actions">{ file_button(text::OPEN_FILE.into(), "", Accepts::One, chosen) }</p>
                if props.open {
                    <p><Link to={Route::Lab} query={query(&props.name)}>{ lab::text::LINK }</Link></p>
                    <Share name={props.name.clone()} />
                    <Rename there={(*there).clone()} />
                }
                <Confirm id="throw-away" word={props.name.clone()} action={text::THROW_AWAY} busy={false} confirmed={gone}>
                    <h3>{ text::THROW_AWAY }</h3>
                    <p>{ text::THROW_HINT }</p>
                </Confirm>
            </div>
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct NewProps {
    there: Vec<String>,
}

/// The form for another sandbox.
#[component]
fn New(props: &NewProps) -> Html {
    let (name, start, tried) =
        (use_state_eq(String::new), use_state_eq(|| Start::Empty), use_state_eq(|| false));
    let wrong = wrong_name(&name, &props.there);
    let onsubmit = {
        let (name, start, tried) = (name.clone(), *start, tried.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            match wrong {
                Some(_) => dom::focus_first("#new-sandbox"),
                None => go(&name, start),
            }
        })
    };
    let enter = name.setter();
    let choice = |kind: Start| {
        let (chosen, choose) = (*start == kind, start.setter());
        html! {
            <label class="check">
                <input type="radio" name="start" checked={chosen} onchange={move |_| choose.set(kind)} />
                <span>{ text::start(kind) }</span>
            </label>
        }
    };
    let field = TextField {
        id: "new-sandbox",
        label: "Name of a new sandbox".into(),
        hint: text::NAME_HINT.into(),
        exact: true,
        value: (*name).clone().into(),
        oninput: Callback::from(move |text| enter.set(text)),
        problem: wrong.filter(|_| *tried).map(AttrValue::from),
        ..TextField::default()
    };
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            { field.draw() }
            <fieldset class="stacked">
                <legend>{ "What it begins with" }</legend>
                { for ALL.map(choice) }
            </fieldset>
            <p class="actions"><button class="button">{ "Make the sandbox" }</button></p>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sandboxes() {
        for (name, fits) in
            [("first", true), ("a-1", true), ("", false), ("A", false), ("a/b", false), ("a b", false)]
        {
            assert_eq!(is_name(name), fits, "{name}");
        }
        assert!(is_name(&"a".repeat(32)) && !is_name(&"a".repeat(33)));
    }
}
