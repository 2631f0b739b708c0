//! The vault by command and by form. It has neither the clock nor the log of a sandbox, and nothing can be taken back.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Task, Terminal as Standing},
    vault,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::hooks::use_route;

use super::{
    bench::{use_heading, use_inspect},
    bytes::Bytes,
    console::Console,
    files::FilesPart,
    terminal::terminal_drawer,
    text, worlds,
};
use crate::{
    backup::{bytes as passphrase, use_idle_lock},
    bridge::{Bridge, Errand, Readiness, Service, use_service},
    components::{Page, Shell as Frame, dom, place},
    failure::FailureNote,
    route::Route,
    sandbox::parts as parts_of_it,
};

/// How the terminal stands, and why it is not known better.
type Known = (Option<Rc<Standing>>, Option<Failure>);

/// The page.
#[component]
pub(super) fn AtVault() -> Html {
    let Service { bridge, readiness, .. } = use_service();
    let (standing, input) = (use_standing(), use_node_ref());
    let (terminal, lost) = (*standing).clone();
    let part = use_route().unwrap_or(Route::Workbench);
    let address = AttrValue::Static(worlds::VAULT);
    let (opening, inspect) = use_inspect(&address);
    use_heading(part);
    use_idle_lock();
    use_address();
    let title = match part {
        Route::Console => text::VAULT_CONSOLE,
        Route::Bytes => text::BYTES,
        _ => text::VAULT,
    };
    let failure = match &readiness {
        Readiness::Closed(error) | Readiness::Crashed(error) => Some(error.clone().into()),
        _ => lost,
    };
    html! {
        <Frame bar="top-bar-vault" place={place(&readiness)}>
            <Page {title} class="bench">
                { parts_of_it(&address, Route::Files, part) }
                <p class="lead">{ text::VAULT_LEAD }</p>
                if let Some(failure) = failure.clone() { <FailureNote {failure} /> }
                if readiness == Readiness::Locked {
                    { locked(&bridge, &input, &standing) }
                } else if let Some(terminal) = terminal {
                    { parts(&terminal, part, opening, &inspect) }
                } else if failure.is_none() {
                    <p class="pending" role="status">{ text::OPENING_VAULT }</p>
                }
                <p class="actions"><a href="?">{ text::TO_SANDBOXES }</a></p>
            </Page>
        </Frame>
    }
}

/// Asks for the passphrase, and tells why it does not open the vault.
fn locked(bridge: &Bridge, input: &NodeRef, standing: &UseStateHandle<Known>) -> Html {
    let onsubmit = {
        let (bridge, input, standing) = (bridge.clone(), input.clone(), standing.setter());
        move |event: SubmitEvent| {
            event.prevent_default();
            let typed = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let errand = Errand { secret: Some(passphrase(&typed)), ..vault::Task::Unlock.into() };
            let (bridge, standing) = (bridge.clone(), standing.clone());
            spawn_local(async move {
                if let Err(failure) = bridge.run(errand).await {
                    standing.set((None, Some(failure)));
                }
            });
        }
    };
    html! {
        <form class="stacked" {onsubmit}>
            <p>{ text::VAULT_LOCKED }</p>
            <div class="field">
                <label for="vault-passphrase">{ "Passphrase" }</label>
                <input id="vault-passphrase" type="password" autocomplete="current-password" ref={input} />
            </div>
            <p class="actions"><button class="button primary">{ "Unlock" }</button></p>
        </form>
    }
}

/// What stays as it is while another part is shown.
fn parts(
    terminal: &Rc<Standing>,
    part: Route,
    opening: Option<super::bytes::Opening>,
    inspect: &Callback<super::bytes::Opening>,
) -> Html {
    let shown = !matches!(part, Route::Console | Route::Bytes);
    html! {<>
        <div class="bench-half" hidden={part != Route::Console}><Console terminal={terminal.clone()} shown={part == Route::Console} people=false /></div>
        <div class="bench-half" hidden={part != Route::Bytes}><Bytes terminal={terminal.clone()} {opening} /></div>
        { terminal_drawer(terminal, shown) }
        if shown { <FilesPart terminal={terminal.clone()} hint={text::VAULT_FILES} inspect={inspect.clone()} /> }
    </>}
}

/// Asks how the terminal stands, anew after every command.
#[hook]
fn use_standing() -> UseStateHandle<Known> {
    let service = use_service();
    let (standing, newest) = (use_state_eq(|| (None, None)), use_mut_ref(|| 0_u32));
    use_effect_with((service.readiness.clone(), service.generation), {
        let standing = standing.clone();
        move |(readiness, _)| {
            *newest.borrow_mut() += 1;
            let serial = *newest.borrow();
            match readiness {
                Readiness::Ready(_) => spawn_local(async move {
                    let asked: Result<Standing, Failure> = service.bridge.perform(Task::Terminal).await;
                    if *newest.borrow() == serial {
                        standing.set(match asked {
                            Ok(new) => (Some(Rc::new(new)), None),
                            Err(failure) => (standing.0.clone(), Some(failure)),
                        });
                    }
                }),
                _ => standing.set((None, None)),
            }
        }
    });
    standing
}

/// Names the vault in the address wherever a link has led, so that a page that is loaded again is the vault's again.
#[hook]
fn use_address() {
    use_effect(|| {
        let history = dom::window().filter(|_| !worlds::is_vault_asked()).and_then(|it| it.history().ok());
        if let Some(history) = history {
            let state = history.state().unwrap_or_default();
            // It fails only where the page may not navigate itself.
            let _ = history.replace_state_with_url(&state, "", Some(&format!("?{}", worlds::VAULT)));
        }
    });
}
