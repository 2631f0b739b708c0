//! The audit trail of the sandbox, live.

use std::rc::Rc;

use waxseal_api::{
    audit::AuditRecord,
    sandbox::{End, Entry, Task},
};
use yew::prelude::*;

use super::{
    bytes::Opening,
    steps::{Travel, ends, use_travel},
    text,
};
use crate::{
    bytes::Sources,
    components::TextField,
    flow::{Flow, Story},
};

/// So many entries are drawn; a filter finds the others.
const DRAWN: usize = 50;

#[derive(Properties, PartialEq)]
pub(crate) struct LogProps {
    /// The newest first.
    pub(crate) log: Vec<Rc<Entry>>,
    /// Where steps end that were gone back over.
    pub(crate) ends: Vec<End>,
    /// Opens bytes in the inspector.
    pub(crate) inspect: Callback<Opening>,
}

/// Every call, filtered by text; each opens to its record and its flow.
#[component]
pub(crate) fn LogPart(props: &LogProps) -> Html {
    let (filter, open) = (use_state_eq(String::new), use_state_eq(|| None::<u64>));
    let travel = use_travel();
    let wanted = filter.trim().to_lowercase();
    let fits =
        |entry: &&Rc<Entry>| wanted.is_empty() || written(&entry.record).to_lowercase().contains(&wanted);
    let found: Vec<&Rc<Entry>> = props.log.iter().filter(fits).collect();
    let enter = filter.setter();
    let field = TextField {
        id: "log-filter",
        label: text::LOG_FILTER.into(),
        exact: true,
        value: (*filter).clone().into(),
        oninput: Callback::from(move |text| enter.set(text)),
        ..TextField::default()
    };
    html! {
        <section class="bench-part" aria-labelledby="log">
            <h2 id="log">{ text::LOG }</h2>
            <p class="soft">{ text::LOG_HINT }</p>
            <div role="status">{ travel.told() }</div>
            if !props.ends.is_empty() { { ends(&props.ends, &travel) } }
            if props.log.is_empty() {
                <p>{ text::LOG_EMPTY }</p>
            } else {
                { field.draw() }
                <p class="soft small" role="status">{ count(found.len(), props.log.len()) }</p>
                <ol class="log" reversed=true>{ for found.into_iter().take(DRAWN).map(|entry| line(entry, &open, &travel, &props.inspect)) }</ol>
            }
        </section>
    }
}

fn count(found: usize, all: usize) -> String {
    match (found, all) {
        (0, _) => text::LOG_NONE.to_owned(),
        (found, all) if found == all && all <= DRAWN => format!("{all} in all."),
        (found, all) if found <= DRAWN => format!("{found} of {all}."),
        (found, all) => format!("The newest {DRAWN} of {found}, of {all} in all."),
    }
}

/// An entry; what it opens to is drawn only while it is open.
fn line(
    entry: &Rc<Entry>,
    open: &UseStateHandle<Option<u64>>,
    travel: &Travel,
    inspect: &Callback<Opening>,
) -> Html {
    let record = &entry.record;
    let (number, is_open) = (entry.number, **open == Some(entry.number));
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set((!is_open).then_some(number)))
    };
    html! {
        <li key={number} value={number.to_string()}>
            <button type="button" class="log-line" {onclick} aria-expanded={is_open.to_string()}>
                <span class="log-name">{ &record.event_name }</span>
                <span>{ who(record) }</span>
                <span class={record.error_code.as_ref().map(|_| "wrong")}>{ record.error_code.as_deref().unwrap_or("allowed") }</span>
                <span class="soft">{ &record.event_time }</span>
            </button>
            if is_open { { opened(entry, travel, inspect) } }
        </li>
    }
}

fn opened(entry: &Rc<Entry>, travel: &Travel, inspect: &Callback<Opening>) -> Html {
    let look = |opening: Opening| {
        let (inspect, name) = (inspect.clone(), opening.name().to_owned());
        let onclick = move |_: MouseEvent| inspect.emit(opening.clone());
        html! { <button type="button" class="button" {onclick}>{ text::INSPECT }{ ": " }{ name }</button> }
    };
    let (story, number) = (Rc::new(Story::new(&entry.trace, None, &[])), entry.number);
    html! {
        <div class="log-open">
            <pre tabindex="0" role="region" aria-label="Audit record">{ written(&entry.record) }</pre>
            <Flow {story} sources={Sources::default()} />
            <p class="actions">{ for Opening::of(&entry.trace).into_iter().map(look) }<button type="button" class="button" onclick={travel.to(move || Task::Back { entry: number })}>{ text::GO_BACK }</button></p>
        </div>
    }
}

/// Who called, at a glance.
fn who(record: &AuditRecord) -> String {
    let identity = &record.user_identity;
    let arn = identity.arn.as_deref().unwrap_or("the service itself");
    arn.splitn(6, ':').nth(5).unwrap_or(arn).to_owned()
}

fn written(record: &AuditRecord) -> String {
    serde_json::to_string_pretty(record).unwrap_or_default()
}
