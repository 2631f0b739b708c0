//! The console: the keys that there are, and a form for every operation. What it sends goes through the terminal.

mod draft;
mod form;
mod keys;
mod permissions;
mod policy;
mod rows;
mod sheet;
mod statements;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure, Service,
    sandbox::{Form, KeyRow, Offer, Task, Terminal},
    types::KeyState,
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use self::{
    draft::Draft,
    form::RequestForm,
    keys::{KeyTable, Rows, focus_key},
    permissions::Permissions,
    rows::Row,
    sheet::{Desk, Edit, use_sheet},
};
use super::text;
use crate::{
    bridge::{Bridge, use_service},
    components::{Copy, dom},
};

/// So many keys are asked for at once.
const PAGE: usize = 1000;

/// What is done with a key, in the order of its life, and in words. What its state leaves nothing to do for is not offered.
const WITH_A_KEY: [(&str, &str); 20] = [
    ("DescribeKey", "Describe"),
    ("Encrypt", "Encrypt"),
    ("Decrypt", "Decrypt"),
    ("GenerateDataKey", "Generate a data key"),
    ("CreateAlias", "Add an alias"),
    ("UpdateKeyDescription", "Change the description"),
    ("GetKeyPolicy", "Read the policy"),
    ("PutKeyPolicy", "Write the policy"),
    ("ListGrants", "List grants"),
    ("CreateGrant", "Grant"),
    ("GetKeyRotationStatus", "Rotation status"),
    ("EnableKeyRotation", "Enable rotation"),
    ("DisableKeyRotation", "Disable rotation"),
    ("RotateKeyOnDemand", "Rotate now"),
    ("ListResourceTags", "List tags"),
    ("TagResource", "Tag"),
    ("EnableKey", "Enable"),
    ("DisableKey", "Disable"),
    ("ScheduleKeyDeletion", "Schedule deletion"),
    ("CancelKeyDeletion", "Cancel deletion"),
];

#[derive(Properties, PartialEq)]
pub(crate) struct ConsoleProps {
    pub(crate) terminal: Rc<Terminal>,
    /// Whether it is seen; otherwise nothing is asked for.
    pub(crate) shown: bool,
    /// Whether there is more than one person, who may do this or that.
    pub(crate) people: bool,
}

/// The keys, what can be done with the one that is chosen, and the form.
#[component]
pub(crate) fn Console(props: &ConsoleProps) -> Html {
    let bridge = use_service().bridge;
    let (rows, chosen) = (use_rows(&props.terminal, props.shown), use_state_eq(|| None::<Row>));
    let desk = use_sheet(&bridge);
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |row| chosen.set(Some(row)))
    };
    use_effect_with(chosen.as_ref().map(|row| row.key.id.clone()), |id| {
        if id.is_some() {
            focus_key();
        }
    });
    let id = chosen.as_ref().map(|row| AttrValue::from(row.key.id.clone()));
    // As it is by now, where it is still there.
    let key = rows
        .as_ref()
        .zip(chosen.as_ref())
        .and_then(|(rows, chosen)| rows.0.iter().find(|row| row.key.id == chosen.key.id));
    let open = {
        let (bridge, desk, id) = (bridge.clone(), desk.dispatcher(), id.clone());
        Callback::from(move |(service, operation): (Service, String)| {
            let (bridge, desk, id) = (bridge.clone(), desk.clone(), id.clone());
            spawn_local(async move { open(&bridge, &desk, service, operation, id).await });
        })
    };
    html! {<>
        <section class="bench-part" aria-labelledby="console-keys">
            <h2 id="console-keys">{ text::KEYS_HERE }</h2>
            if let Some(rows) = rows.clone() { <KeyTable {rows} chosen={id} {choose} /> } else { <p class="pending" role="status">{ "Reading the keys…" }</p> }
        </section>
        if let Some(row) = key { { with_key(row, &open, props.people) } }
        <section class="bench-part" aria-labelledby="console-request">
            <h2 id="console-request">{ text::REQUEST }</h2>
            <Operations desk={desk.clone()} open={open.clone()} />
            <RequestForm {desk} terminal={props.terminal.clone()} />
        </section>
    </>}
}

/// What is known of a key, and what can be done with it.
fn with_key(row: &Row, open: &Callback<(Service, String)>, people: bool) -> Html {
    let KeyRow { id, names, state, spec, description, .. } = &row.key;
    let pending = matches!(state, KeyState::PendingDeletion | KeyState::PendingReplicaDeletion);
    let apt = |operation: &str| match operation {
        "EnableKey" => *state == KeyState::Disabled,
        "DisableKey" => *state == KeyState::Enabled,
        "ScheduleKeyDeletion" => !pending,
        "CancelKeyDeletion" => pending,
        _ => true,
    };
    let actions = WITH_A_KEY.iter().filter(|(operation, _)| apt(operation));
    let (state, spec): (&'static str, &'static str) = ((*state).into(), (*spec).into());
    let button = |&(operation, words): &(&'static str, &'static str)| {
        let open = open.clone();
        let onclick = move |_| open.emit((Service::Kms, operation.to_owned()));
        html! { <button type="button" class="button small" {onclick}>{ words }</button> }
    };
    html! {
        <section class="bench-part" aria-labelledby="console-key">
            <h2 id="console-key" tabindex="-1">{ "Key " }{ if row.name().is_empty() { id.clone() } else { format!("“{}”", row.name()) } }</h2>
            <p><Copy what="key ID" text={id.clone()} /></p>
            <p>{ state }{ " · " }{ spec }</p>
            if !description.is_empty() { <p>{ description }</p> }
            if names.len() > 1 { <p>{ names.join(", ") }</p> }
            <div class="console-actions" role="group" aria-label="What to do with it">{ for actions.map(button) }</div>
            if people { <Permissions id={id.clone()} key={id.clone()} /> }
        </section>
    }
}

/// Opens the form of an operation, for a key if one is chosen.
async fn open(
    bridge: &Bridge,
    desk: &UseReducerDispatcher<Desk>,
    service: Service,
    operation: String,
    key: Option<AttrValue>,
) {
    let form: Result<Option<Form>, Failure> = bridge.perform(Task::Form { service, operation }).await;
    let Ok(Some(form)) = form else { return };
    let mut draft = Draft::empty(Rc::new(form));
    let at = ["KeyId", "TargetKeyId"].iter().find_map(|name| draft.field(name));
    if let (Some(key), Some(at)) = (key, at) {
        draft.texts[at] = key.to_string();
    }
    desk.dispatch(Edit::Open(draft));
    dom::focus_first("#operation");
}

#[derive(Properties, PartialEq)]
struct OperationsProps {
    desk: UseReducerHandle<Desk>,
    open: Callback<(Service, String)>,
}

/// A choice among all operations.
#[component]
fn Operations(props: &OperationsProps) -> Html {
    let (bridge, offers) = (use_service().bridge, use_state_eq(Vec::<Offer>::new));
    use_effect_with((), {
        let offers = offers.setter();
        move |()| {
            spawn_local(async move { offers.set(bridge.perform(Task::Offers).await.unwrap_or_default()) })
        }
    });
    let here = props.desk.0.as_ref().map(|sheet| &sheet.draft.form);
    let onchange = {
        let (open, offers) = (props.open.clone(), offers.clone());
        move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let value = select.value();
            let Some((service, operation)) = value.split_once(' ') else { return };
            if let Some(offer) = offers.iter().find(|offer| offer.service.to_string() == service) {
                open.emit((offer.service, operation.to_owned()));
            }
        }
    };
    let group = |offer: &Offer| {
        let option = |operation: &String| {
            let selected =
                here.is_some_and(|form| (form.service, &form.operation) == (offer.service, operation));
            // In a menu in which somebody has chosen a browser listens only to what is new.
            html! { <option key={format!("{selected} {operation}")} value={format!("{} {operation}", offer.service)} {selected}>{ operation }</option> }
        };
        html! { <optgroup label={offer.service.to_string()}>{ for offer.operations.iter().map(option) }</optgroup> }
    };
    html! {
        <div class="field">
            <label for="operation">{ "Operation" }</label>
            <select id="operation" {onchange}>
                <option value="" selected={here.is_none()}>{ text::CHOOSE }</option>
                { for offers.iter().map(group) }
            </select>
        </div>
    }
}

/// All keys where the terminal is, asked for anew when something has changed.
#[hook]
fn use_rows(terminal: &Terminal, shown: bool) -> Option<Rows> {
    let service = use_service();
    let (rows, newest) = (use_state_eq(|| None::<Rows>), use_mut_ref(|| 0_u32));
    let place = (terminal.who.clone(), terminal.region.clone());
    use_effect_with((place, service.generation, shown), {
        let rows = rows.setter();
        move |&(_, _, shown)| {
            *newest.borrow_mut() += 1;
            let serial = *newest.borrow();
            if !shown {
                return;
            }
            spawn_local(async move {
                let mut all: Vec<Row> = Vec::new();
                loop {
                    let after = all.last().map(|row| row.key.id.clone());
                    let asked: Result<Vec<KeyRow>, Failure> =
                        service.bridge.perform(Task::Keys { after, limit: PAGE }).await;
                    let Ok(page) = asked else { return };
                    if *newest.borrow() != serial {
                        return;
                    }
                    let last = page.len() < PAGE;
                    all.extend(page.into_iter().map(Row::from));
                    if last {
                        break;
                    }
                }
                rows.set(Some(Rows(Rc::new(all))));
            });
        }
    });
    (*rows).clone()
}
