//! A sandbox as a file or as a link.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Saved, Task},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{arrive, files::hand_over, text};
use crate::{
    bridge::use_service,
    components::{copy, dom},
    failure::FailureNote,
    words::{bytes, grouped},
};

/// The longest link that is offered, in characters.
const LONGEST: usize = 32_000;

#[derive(Properties, PartialEq)]
pub(crate) struct ShareProps {
    /// The sandbox.
    pub(crate) name: AttrValue,
}

/// What came of saving.
#[derive(Clone, PartialEq)]
enum Told {
    Nothing,
    Busy,
    /// The file's name and length.
    File(String, usize),
    Link(AttrValue),
    /// How long the link would be.
    TooLong(usize),
    Failed(Failure),
}

/// Buttons that save the sandbox as a file and make a link of it.
#[component]
pub(crate) fn Share(props: &ShareProps) -> Html {
    let (bridge, told) = (use_service().bridge, use_state_eq(|| Told::Nothing));
    let save = |of: fn(&str, &Saved) -> Told| {
        let (bridge, told, name) = (bridge.clone(), told.clone(), props.name.clone());
        Callback::from(move |_: MouseEvent| {
            if *told == Told::Busy {
                return;
            }
            told.set(Told::Busy);
            let (bridge, told, name) = (bridge.clone(), told.clone(), name.clone());
            spawn_local(async move {
                let saved: Result<Saved, Failure> = bridge.perform(Task::Save).await;
                told.set(saved.map_or_else(Told::Failed, |saved| of(&name, &saved)));
            });
        })
    };
    html! {
        <section class="stacked" aria-labelledby="share">
            <h3 id="share">{ text::SHARE }</h3>
            <p class="reading">{ text::SHARE_HINT }</p>
            <p class="reading"><strong>{ text::SHARE_WARNING }</strong></p>
            <p class="actions">
                <button type="button" class="button" onclick={save(as_file)}>{ text::SAVE }</button>
                <button type="button" class="button" onclick={save(as_link)}>{ text::MAKE_LINK }</button>
            </p>
            { told_of(&told) }
        </section>
    }
}

fn as_file(name: &str, saved: &Saved) -> Told {
    let file = format!("{name}{}", arrive::ENDING);
    match hand_over(&file, saved.file.as_bytes()) {
        Some(()) => Told::File(file, saved.file.as_bytes().len()),
        None => Told::Nothing,
    }
}

fn as_link(name: &str, saved: &Saved) -> Told {
    match arrive::link_length(name, &saved.file) {
        length if length > LONGEST => Told::TooLong(length),
        _ => Told::Link(arrive::link(name, &saved.file).into()),
    }
}

fn told_of(told: &Told) -> Html {
    let said = match told {
        Told::Nothing | Told::Failed(_) => String::new(),
        Told::Busy => text::SAVING.to_owned(),
        Told::File(name, length) => format!("Saved as {name}, {}.", bytes(*length as u64)),
        Told::Link(link) => format!("The link has {} characters.", grouped(link.len() as u64)),
        Told::TooLong(length) => text::too_long(*length, LONGEST),
    };
    html! {<>
        <p role="status">{ said }</p>
        if let Told::Link(link) = told { <ALink link={link.clone()} /> }
        if let Told::Failed(failure) = told { <FailureNote failure={failure.clone()} /> }
    </>}
}

#[derive(Properties, PartialEq)]
struct ALinkProps {
    link: AttrValue,
}

/// The link, to be taken along.
#[component]
fn ALink(props: &ALinkProps) -> Html {
    let (link, told) = (Rc::new(props.link.clone()), use_state_eq(|| ""));
    let onclick = {
        let told = told.clone();
        move |_| {
            let (link, told) = (link.clone(), told.clone());
            spawn_local(
                async move { told.set(if copy(&link).await { text::COPIED } else { text::NOT_COPIED }) },
            );
        }
    };
    let onfocus = |event: FocusEvent| {
        event.target_dyn_into::<HtmlInputElement>().iter().for_each(HtmlInputElement::select);
    };
    html! {
        <div class="field">
            <label for="share-link">{ "Link" }</label>
            <div class="entry entry-exact"><input type="text" id="share-link" readonly=true value={props.link.clone()} {onfocus} /></div>
            <p class="actions">
                <button type="button" class="button" {onclick}>{ "Copy the link" }</button>
                <span role="status">{ *told }</span>
            </p>
        </div>
    }
}

/// The address of the workbench, without a query.
pub(super) fn workbench() -> String {
    let origin = dom::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    format!("{origin}{}workbench/", crate::site::root_path())
}
