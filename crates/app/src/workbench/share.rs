//! A sandbox as a file or as a link.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::Failure;
use web_sys::{Blob, HtmlInputElement};
use yew::prelude::*;

use super::{arrive, text};
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
    File(String, u64),
    Link(AttrValue),
    /// How long the link would be.
    TooLong(usize),
    Failed(Failure),
}

/// Buttons that save the sandbox as a file and make a link of it.
#[component]
pub(crate) fn Share(props: &ShareProps) -> Html {
    let (bridge, told) = (use_service().bridge, use_state_eq(|| Told::Nothing));
    let save = |as_link: bool| {
        let (bridge, told, name) = (bridge.clone(), told.clone(), props.name.clone());
        Callback::from(move |_: MouseEvent| {
            if *told == Told::Busy {
                return;
            }
            told.set(Told::Busy);
            let (bridge, told, name) = (bridge.clone(), told.clone(), name.clone());
            spawn_local(async move {
                told.set(match bridge.save().await {
                    Ok(file) if as_link => link_of(&name, &file).await,
                    Ok(file) => handed_over(&name, &file),
                    Err(failure) => Told::Failed(failure),
                });
            });
        })
    };
    html! {
        <section class="stacked" aria-labelledby="share">
            <h3 id="share">{ text::SHARE }</h3>
            <p class="reading">{ text::SHARE_HINT }</p>
            <p class="reading"><strong>{ text::SHARE_WARNING }</strong></p>
            <p class="actions">
                <button type="button" class="button" onclick={save(false)}>{ text::SAVE }</button>
                <button type="button" class="button" onclick={save(true)}>{ text::MAKE_LINK }</button>
            </p>
            { told_of(&told) }
        </section>
    }
}

fn handed_over(name: &str, file: &Blob) -> Told {
    let called = format!("{name}{}", arrive::ENDING);
    match dom::hand_over(&called, file) {
        Some(()) => Told::File(called, file.size() as u64),
        None => Told::Nothing,
    }
}

async fn link_of(name: &str, file: &Blob) -> Told {
    match arrive::link_length(name, file.size() as usize) {
        length if length > LONGEST => Told::TooLong(length),
        _ => match arrive::bytes(file).await {
            Ok(file) => Told::Link(arrive::link(name, &file).into()),
            Err(failure) => Told::Failed(failure),
        },
    }
}

fn told_of(told: &Told) -> Html {
    let said = match told {
        Told::Nothing | Told::Failed(_) => String::new(),
        Told::Busy => text::SAVING.to_owned(),
        Told::File(name, length) => format!("Saved as {name}, {}.", bytes(*length)),
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
