//! The place chip of a sandbox: which world, account, Region, who one is and what time it is; and the way to be somebody
//! else, somewhere else.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Clock, Task, Terminal},
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::account;
use crate::{bridge::Bridge, components::short};

/// The Regions that are offered; commands may name any.
const REGIONS: [&str; 6] =
    ["us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "ap-northeast-1", "sa-east-1"];

/// Draws the chip.
pub(crate) fn place(name: &AttrValue, bridge: &Bridge, known: Option<(&Terminal, &Clock)>) -> Html {
    let Some((terminal, clock)) = known else {
        return html! { <p class="place"><span class="place-world">{ "Sandbox " }{ name }</span></p> };
    };
    let who = terminal.who.as_deref();
    html! {
        <dl class="place" aria-label="Where you are">
            <div><dt>{ "World" }</dt><dd class="place-world">{ "Sandbox " }{ name }</dd></div>
            <div><dt>{ "Account" }</dt><dd>{ who.and_then(account).unwrap_or("–") }</dd></div>
            <div><dt>{ "Region" }</dt><dd>{ regions(terminal, bridge) }</dd></div>
            <div><dt>{ "You are" }</dt><dd title={who.unwrap_or("nobody").to_owned()}>{ persons(terminal, bridge) }</dd></div>
            <div><dt>{ "Time" }</dt><dd>{ short(clock.now) }</dd></div>
        </dl>
    }
}

fn regions(terminal: &Terminal, bridge: &Bridge) -> Html {
    let all = REGIONS.map(|region| (region, region));
    choice("Region", &terminal.region, &all, bridge, |region| Task::Move { region })
}

fn persons(terminal: &Terminal, bridge: &Bridge) -> Html {
    let person = |name: &String| {
        (name.clone(), if name == "default" { "root (default)".to_owned() } else { name.clone() })
    };
    let all: Vec<(String, String)> = terminal.people.iter().map(person).collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(name, words)| (&**name, &**words)).collect();
    choice("You are", &terminal.profile, &all, bridge, |profile| Task::Be { profile })
}

/// A choice among values, each with its words; what is chosen becomes a task. What is chosen now may be another.
fn choice(
    label: &'static str,
    now: &str,
    all: &[(&str, &str)],
    bridge: &Bridge,
    task: fn(String) -> Task,
) -> Html {
    let bridge = bridge.clone();
    let onchange = move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
        let (bridge, task) = (bridge.clone(), task(select.value()));
        spawn_local(async move {
            // What could not be kept is seen by what the choice shows then.
            let _: Result<(), Failure> = bridge.perform(task).await;
        });
    };
    // In a menu in which somebody has chosen a browser listens only to what is new.
    let option = |&(value, words): &(&str, &str)| {
        html! { <option key={format!("{} {value}", value == now)} value={value.to_owned()} selected={value == now}>{ words.to_owned() }</option> }
    };
    html! {
        <select aria-label={label} {onchange}>
            if !all.iter().any(|(value, _)| *value == now) { <option selected=true>{ now.to_owned() }</option> }
            { for all.iter().map(option) }
        </select>
    }
}
