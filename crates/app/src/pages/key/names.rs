//! The key's aliases: adding, removing, moving.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{
    Acting, Aspect,
    act::{Act, Part},
    state::KeyPartProps,
    told::Told,
};
use crate::{
    bridge::use_query,
    components::TextField,
    keys::{self, KeyEntry},
    pages::{alias_name, alias_problem},
};

/// Every name with what can be done to it, and a field for one more.
#[component]
pub(crate) fn Names(props: &KeyPartProps) -> Html {
    let all = use_query((), |kms, ()| async move { keys::all(&kms).await });
    let others: Rc<Vec<KeyEntry>> = {
        let own = props.entry.metadata.key_id.clone();
        use_memo((all, own), |(all, own)| {
            let all = all.ready().into_iter().flatten();
            all.filter(|entry| entry.metadata.key_id != *own).cloned().collect()
        })
    };
    let name = |alias: &String| {
        html! {
            <Name key={alias.clone()} alias={alias.clone()} key_id={props.entry.metadata.key_id.clone()}
                others={others.clone()} acting={props.acting.clone()} />
        }
    };
    html! {
        <Aspect title="Names" id="names">
            if props.entry.aliases.is_empty() {
                <p>{ "None yet. Programs have to use its key ID." }</p>
            } else {
                <ul class="names">{ for props.entry.aliases.iter().map(name) }</ul>
            }
            <Told part={Part::Names} acting={props.acting.clone()} />
            <AddName entry={props.entry.clone()} acting={props.acting.clone()} others={others.clone()} />
        </Aspect>
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    alias: AttrValue,
    key_id: AttrValue,
    others: Rc<Vec<KeyEntry>>,
    acting: Acting,
}

#[component]
fn Name(props: &NameProps) -> Html {
    let remove = props.acting.on_click(Act::RemoveAlias(props.alias.to_string()));
    html! {
        <li>
            <code>{ &props.alias }</code>
            <button type="button" class="quiet small" onclick={remove}>
                { "Remove" }<span class="heard">{ format!(" {}", props.alias) }</span>
            </button>
            if !props.others.is_empty() {
                <MoveName ..NameProps { alias: props.alias.clone(), key_id: props.key_id.clone(), others: props.others.clone(),
                    acting: props.acting.clone() } />
            }
        </li>
    }
}

/// Points the alias to another key.
#[component]
fn MoveName(props: &NameProps) -> Html {
    let onchange = {
        let (alias, from, acting) = (props.alias.to_string(), props.key_id.to_string(), props.acting.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            if let Some(to) = chosen.filter(|to| !to.is_empty()) {
                acting.run(Act::MoveAlias { alias: alias.clone(), from: from.clone(), to });
            }
        })
    };
    html! {
        <select aria-label={format!("Move {} to another key", props.alias)} {onchange}>
            <option value="" selected=true>{ "Move to another key…" }</option>
            { for props.others.iter().map(|other| html! {
                <option value={other.metadata.key_id.clone()}>{ other.name() }</option>
            }) }
        </select>
    }
}

#[derive(Properties, PartialEq)]
struct AddNameProps {
    entry: Rc<KeyEntry>,
    others: Rc<Vec<KeyEntry>>,
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
            <TextField id="new-alias" label="Another alias" prefix="alias/" exact=true value={(*entered).clone()}
                {oninput} problem={problem.filter(|_| *tried).map(AttrValue::from)} />
            <button class="button">{ "Add" }</button>
        </form>
    }
}
