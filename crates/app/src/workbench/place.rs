//! The place chip of a sandbox: which world, account, Region, who one is and what time it is; and the way to be somebody
//! else, somewhere else.

use wasm_bindgen_futures::spawn_local;
use waxseal_cli::Shell;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{
    desk,
    known::{Known, account, profile, region},
    people::{self, Person},
    session::Session,
};
use crate::components::time;

/// The Regions that are offered; commands may name any.
const REGIONS: [&str; 6] =
    ["us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "ap-northeast-1", "sa-east-1"];

/// Draws the chip.
pub(crate) fn place(
    name: &AttrValue,
    session: Option<&Session>,
    shell: Option<&Shell>,
    known: &Known,
    changed: &Callback<()>,
) -> Html {
    let (Some(session), Some(shell)) = (session, shell) else {
        return html! { <p class="place"><span class="place-world">{ "Sandbox " }{ name }</span></p> };
    };
    let who = known.who.as_deref();
    html! {
        <dl class="place" aria-label="Where you are">
            <div><dt>{ "World" }</dt><dd class="place-world">{ "Sandbox " }{ name }</dd></div>
            <div><dt>{ "Account" }</dt><dd>{ who.and_then(account).unwrap_or("–") }</dd></div>
            <div><dt>{ "Region" }</dt><dd>{ regions(session, shell, changed) }</dd></div>
            <div><dt>{ "You are" }</dt><dd title={who.unwrap_or("nobody").to_owned()}>{ persons(session, shell, known, changed) }</dd></div>
            if let Some(clock) = &known.clock {
                <div><dt>{ "Time" }</dt><dd>{ time(clock.now, false) }</dd></div>
            }
        </dl>
    }
}

fn regions(session: &Session, shell: &Shell, changed: &Callback<()>) -> Html {
    let here = region(shell);
    let other = (!REGIONS.contains(&here)).then_some(here);
    let onchange = choice(session, changed, |shell, region| {
        let own = shell.config.get(profile(shell), "region") == Some(region);
        shell.variables.remove("AWS_DEFAULT_REGION");
        match own {
            true => drop(shell.variables.remove("AWS_REGION")),
            false => drop(shell.variables.insert("AWS_REGION".to_owned(), region.to_owned())),
        }
    });
    let option =
        |region: &'static str| html! { <option value={region} selected={region == here}>{ region }</option> };
    html! {
        <select aria-label="Region" {onchange}>
            if let Some(other) = other { <option value={other.to_owned()} selected=true>{ other }</option> }
            { for REGIONS.into_iter().map(option) }
        </select>
    }
}

fn persons(session: &Session, shell: &Shell, known: &Known, changed: &Callback<()>) -> Html {
    let (me, all) = (profile(shell), people::all(shell, &known.people));
    let offered = all.clone();
    let onchange = choice(session, changed, move |shell, name| {
        if let Some(Person { profile, new: Some(arn) }) = offered.iter().find(|it| it.profile == name) {
            desk::add_profile(shell, profile, arn);
        }
        shell.variables.remove("AWS_DEFAULT_PROFILE");
        match name {
            "default" => drop(shell.variables.remove("AWS_PROFILE")),
            name => drop(shell.variables.insert("AWS_PROFILE".to_owned(), name.to_owned())),
        }
    });
    let option = |person: &Person| {
        let name = person.profile.clone();
        let words = if name == "default" { "root (default)".to_owned() } else { name.clone() };
        html! { <option value={name} selected={person.profile == me}>{ words }</option> }
    };
    html! {
        <select aria-label="You are" {onchange}>
            if !all.iter().any(|person| person.profile == me) { <option selected=true>{ me }</option> }
            { for all.iter().map(option) }
        </select>
    }
}

/// What a choice does to the terminal.
fn choice(
    session: &Session,
    changed: &Callback<()>,
    act: impl Fn(&mut Shell, &str) + Clone + 'static,
) -> Callback<Event> {
    let (session, changed) = (session.clone(), changed.clone());
    Callback::from(move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
        let (session, changed, act, value) = (session.clone(), changed.clone(), act.clone(), select.value());
        spawn_local(async move {
            // What cannot be kept is true for this tab all the same; the next command will say so.
            let _ = session.change(|shell| act(shell, &value)).await;
            changed.emit(());
        });
    })
}
