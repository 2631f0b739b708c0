//! The key's aliases: adding, removing, moving.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{
    Acting,
    act::{Act, Part},
    aspect,
    told::Told,
};
use crate::{
    components::TextField,
    keys::{KeyEntry, use_keys},
    pages::{alias_name, alias_problem},
};

#[derive(Properties, PartialEq)]
pub(crate) struct NamesProps {
    pub(crate) entry: Rc<KeyEntry>,
    pub(crate) acting: Acting,
}

/// Every name with what can be done to it, and a field for one more.
#[component]
pub(crate) fn Names(props: &NamesProps) -> Html {
    let all = use_keys();
    let others: Rc<Vec<KeyEntry>> = {
        let own = props.entry.metadata.key_id.clone();
        use_memo((all, own), |(all, own)| {
            let all = all.ready().into_iter().flatten();
            all.filter(|entry| entry.metadata.key_id != *own).cloned().collect()
        })
    };
    let name = |alias: &String| name(alias, &props.entry.metadata.key_id, &others, &props.acting);
    aspect(
        "Names",
        "names",
        html! { <>
            if props.entry.aliases.is_empty() {
                <p>{ "None yet. Programs have to use its key ID." }</p>
            } else {
                <ul class="names">{ for props.entry.aliases.iter().map(name) }</ul>
            }
            <Told part={Part::Names} acting={props.acting.clone()} />
            <AddName entry={props.entry.clone()} acting={props.acting.clone()} />
        </> },
    )
}

/// One alias of a key, with what can be done to it.
fn name(alias: &str, key_id: &str, others: &[KeyEntry], acting: &Acting) -> Html {
    let remove = acting.on_click(Act::RemoveAlias(alias.to_owned()));
    html! {
        <li key={alias}>
            <code>{ alias }</code>
            <button type="button" class="quiet small" onclick={remove}>
                { "Remove" }<span class="heard">{ format!(" {alias}") }</span>
            </button>
            if !others.is_empty() {
                { move_name(alias, key_id, others, acting) }
            }
        </li>
    }
}

/// Points the alias to another key.
fn move_name(alias: &str, key_id: &str, others: &[KeyEntry], acting: &Acting) -> Html {
    let onchange = {
        let (alias, from, acting) = (alias.to_owned(), key_id.to_owned(), acting.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            if let Some(to) = chosen.filter(|to| !to.is_empty()) {
                acting.run(Act::MoveAlias { alias: alias.clone(), from: from.clone(), to });
            }
        })
    };
    html! {
        <select aria-label={format!("Move {alias} to another key")} {onchange}>
            <option value="" selected=true>{ "Move to another key…" }</option>
            { for others.iter().map(|other| html! {
                <option value={other.metadata.key_id.clone()}>{ other.name().to_owned() }</option>
            }) }
        </select>
    }
}

#[derive(Properties, PartialEq)]
struct AddNameProps {
    entry: Rc<KeyEntry>,
    acting: Acting,
}

#[component]
fn AddName(props: &AddNameProps) -> Html {
    let (entered, tried) = (use_state_eq(String::new), use_state_eq(|| false));
    let problem = alias_problem(&entered, &props.entry.aliases);
    let onsubmit = {
        let (entered, tried, acting, wrong) =
            (entered.clone(), tried.clone(), props.acting.clone(), problem.is_some());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(wrong);
            if !wrong {
                acting.run(Act::AddAlias(alias_name(&entered)));
                entered.set(String::new());
            }
        })
    };
    let oninput = {
        let entered = entered.setter();
        Callback::from(move |text| entered.set(text))
    };
    html! {
        <form class="line-form" {onsubmit} novalidate=true>
            { TextField { id: "new-alias", label: "Another alias".into(), prefix: "alias/".into(), exact: true, value: (*entered).clone().into(), oninput, problem: problem.filter(|_| *tried).map(AttrValue::from), ..TextField::default() }.draw() }
            <button class="button">{ "Add" }</button>
        </form>
    }
}
