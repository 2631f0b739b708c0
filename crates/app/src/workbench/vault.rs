//! The vault by command and by form. It has neither the clock nor the log of a sandbox, and nothing can be taken back.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Task, Terminal as Standing},
};
use yew::prelude::*;
use yew_router::{
    hooks::{use_location, use_navigator, use_route},
    query::Raw,
};

use super::{
    bench::{parts_of_it, use_heading, use_inspect},
    bytes::Bytes,
    console::Console,
    files::FilesPart,
    terminal::TerminalDrawer,
    text, worlds,
};
use crate::{
    backup::{UnlockHere, use_idle_lock},
    bridge::{Readiness, use_service},
    components::{Page, Place, Shell as Frame},
    failure::FailureNote,
    route::Route,
};

/// The page.
#[component]
pub(super) fn AtVault() -> Html {
    let readiness = use_service().readiness;
    let (terminal, lost) = use_standing();
    let part = use_route().unwrap_or(Route::Workbench);
    let address = AttrValue::Static(worlds::VAULT);
    let (opening, inspect) = use_inspect(&address);
    use_heading(part);
    use_idle_lock();
    use_address(part);
    let title = match part {
        Route::Console => text::VAULT_CONSOLE,
        Route::Bytes => text::BYTES,
        _ => text::VAULT,
    };
    let failure = match &readiness {
        Readiness::Closed(error) | Readiness::Crashed(error) => Some(error.clone().into()),
        _ => lost,
    };
    let locked = readiness == Readiness::Locked;
    html! {
        <Frame bar="top-bar-vault" place={html! { <Place /> }}>
            <Page {title} class="bench">
                { parts_of_it(&address, part) }
                <p class="lead">{ text::VAULT_LEAD }</p>
                if let Some(failure) = failure.clone() { <FailureNote {failure} /> }
                if locked {
                    <p>{ text::VAULT_LOCKED }</p>
                    <UnlockHere />
                } else if let Some(terminal) = terminal {
                    { parts(&terminal, part, opening, &inspect) }
                } else if failure.is_none() {
                    <p class="pending" role="status">{ text::OPENING_VAULT }</p>
                }
                <p><a href="?">{ text::TO_SANDBOXES }</a></p>
            </Page>
        </Frame>
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
        <TerminalDrawer terminal={terminal.clone()} whole={shown} />
        if shown { <FilesPart terminal={terminal.clone()} hint={text::VAULT_FILES} inspect={inspect.clone()} /> }
    </>}
}

/// How the terminal stands, asked anew after every command; and why it is not known better.
#[hook]
fn use_standing() -> (Option<Rc<Standing>>, Option<Failure>) {
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
    (*standing).clone()
}

/// Names the vault in the address wherever a link has led, so that a page that is loaded again is the vault's again.
#[hook]
fn use_address(part: Route) {
    let (navigator, location) = (use_navigator(), use_location());
    let query = location.map(|location| location.query_str().to_owned()).unwrap_or_default();
    use_effect_with((part, query), move |(part, query)| {
        if !query.contains(worlds::VAULT)
            && let Some(navigator) = navigator
        {
            let Ok(()) = navigator.replace_with_query(part, Raw(worlds::VAULT));
        }
    });
}
