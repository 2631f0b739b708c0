//! A message that has been read: in short, who can open it, and field by field.

use std::rc::Rc;

use waxseal_api::{
    Failure,
    inspection::{Inspection, Problem},
};
use web_sys::{Element, File};
use yew::prelude::*;
use yew_router::hooks::use_location;

use super::{
    fields::{self, Drawing},
    frame::{self, Asked},
    keys::{self, Home, home},
    rows, text,
    verify::Verify,
};
use crate::{
    bridge::use_service,
    components::{Link, TextField, dom, remote, when_open},
    failure::explain,
    files::{carry, intake::Intake, outcome::decode, state::Picked},
    keys::{KeyEntry, use_keys},
    route::Route,
};

/// How many keys are told of; a message may name tens of thousands.
const MOST_KEYS: usize = 50;

#[derive(Properties, PartialEq)]
pub(crate) struct MessageProps {
    /// The file.
    pub(crate) picked: Picked<File>,
    /// What it says.
    pub(crate) found: Rc<Inspection>,
    /// Called with another file.
    pub(crate) intake: Intake,
}

/// Everything that a message says.
#[component]
pub(crate) fn Message(props: &MessageProps) -> Html {
    let MessageProps { picked, found, .. } = props;
    let (service, all, undecoded) = (use_service(), use_keys(), use_state_eq(|| false));
    let (here, heading) = use_here();
    let Some(file) = picked.file() else { return Html::default() };
    let who = || {
        when_open(&service.readiness, |world| {
            remote(&all, crate::files::text::KEYS_PENDING, |all| {
                who(found, all, world.place.account.as_str(), file)
            })
        })
    };
    html! {<>
        if let Some(wrong) = &found.problem { { problem(wrong, props, undecoded) } }
        <section class="aspect">
            <h2 ref={heading} tabindex="-1">{ text::SUMMARY }</h2>
            <div class="aspect-body prose">
                { for text::summary(found).into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }
                <p><Link to={Route::Files} before={carry::along(picked)}>{ text::OPEN }</Link></p>
            </div>
        </section>
        if !found.encrypted_data_keys.is_empty() { { who() } }
        if !found.header.is_empty() { <Fields file={file.clone()} found={found.clone()} {here} /> }
    </>}
}

/// The field that the address names. When the message has been read, the reader is led to it, or else to its beginning.
#[hook]
fn use_here() -> (String, NodeRef) {
    let heading = use_node_ref();
    let hash = use_location().map(|location| location.hash().to_owned()).unwrap_or_default();
    let here = hash.trim_start_matches('#').to_owned();
    use_effect_with((), {
        let (here, heading) = (here.clone(), heading.clone());
        move |()| {
            let named = dom::document().and_then(|document| document.get_element_by_id(&here));
            named.or_else(|| heading.cast::<Element>()).iter().for_each(dom::focus);
        }
    });
    (here, heading)
}

/// Where reading ended early, and why.
fn problem(problem: &Problem, props: &MessageProps, undecoded: UseStateHandle<bool>) -> Html {
    let failure = Failure::Local(problem.error.clone());
    let told = explain(&failure);
    html! {
        <section class="failure" role="alert">
            <p class="failure-headline"><strong>{ told.headline }</strong></p>
            <p>{ told.what }</p>
            <p>{ text::ended_at(problem.offset) }</p>
            { decode(&failure, &props.picked, &props.intake, undecoded) }
            <p class="failure-code">{ "Code: " }<code>{ failure.name() }</code></p>
        </section>
    }
}

/// Who can open it, and whether that can be tried here.
fn who(found: &Rc<Inspection>, all: &[KeyEntry], account: &str, file: &File) -> Html {
    let keys = &found.encrypted_data_keys;
    let homes: Vec<Home<'_>> = keys.iter().map(|key| home(key, all, account)).collect();
    html! {<>
        <section class="aspect">
            <h2>{ text::WHO }</h2>
            <div class="aspect-body">
                <ul class="who-list" role="list">
                    { for keys.iter().zip(&homes).take(MOST_KEYS).map(|(key, home)| keys::draw(key, home)) }
                </ul>
                if keys.len() > MOST_KEYS { <p>{ text::more_keys(keys.len() - MOST_KEYS) }</p> }
            </div>
        </section>
        <section class="aspect">
            <h2>{ text::VERIFY_TITLE }</h2>
            <div class="aspect-body">
                if homes.iter().any(Home::opens) {
                    <Verify file={file.clone()} found={found.clone()} />
                } else {
                    <p>{ text::NO_KEY }</p>
                }
            </div>
        </section>
    </>}
}

#[derive(Properties, PartialEq)]
struct FieldsProps {
    file: File,
    found: Rc<Inspection>,
    /// The id of the field that the address names.
    here: String,
}

/// The fields, and what finds one among them.
#[component]
fn Fields(props: &FieldsProps) -> Html {
    let FieldsProps { file, found, here } = props;
    let (query, asked, number) = (use_state_eq(String::new), use_state_eq(|| Asked::None), use_node_ref());
    let most = use_state_eq(|| fields::MOST);
    let sections = rows::sections(found, asked.as_ref());
    let more = Callback::from({
        let most = most.clone();
        move |()| most.set(*most + fields::MOST)
    });
    let words = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let drawing = Drawing { file, words, most: *most, more, here };
    let form = found.frames.as_ref().map(|table| frame::ask(table, file, &asked, &number));
    let [header, keys, frames, footer] = &sections;
    let oninput = Callback::from({
        let query = query.clone();
        move |words| query.set(words)
    });
    let field = TextField {
        id: "field-search",
        label: text::SEARCH.into(),
        hint: text::SEARCH_HINT.into(),
        value: (*query).clone().into(),
        exact: true,
        oninput,
        ..TextField::default()
    };
    html! {
        <section class="fields">
            <h2>{ text::FIELDS }</h2>
            { field.draw() }
            <p class="soft" role="status">{ fields::count(&drawing, &sections) }</p>
            { drawing.section(header, Html::default()) }
            { drawing.section(keys, Html::default()) }
            { drawing.section(frames, form.unwrap_or_default()) }
            { drawing.section(footer, Html::default()) }
        </section>
    }
}
