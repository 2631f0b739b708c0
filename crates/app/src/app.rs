//! The document of the vault: the address, the service, the shell around every page. And the one of a sandbox's files.

use waxseal_api::sandbox::PREFIX;
use yew::prelude::*;
use yew_router::{BrowserRouter, Switch, hooks::use_route};

use crate::{
    backup::{Backup, Unlock, use_idle_lock},
    bridge::{KmsProvider, Readiness, Starter, use_service},
    components::{Place, Shell},
    files::{Files, Inspect, SandboxFiles},
    pages,
    route::{Route, leave_others},
    sandbox, site,
};

/// The application.
#[component]
pub(crate) fn App() -> Html {
    let basename = use_memo((), |()| AttrValue::from(site::root_path()));
    let starter = use_memo((), |()| site::worker_starter());
    html! {
        <BrowserRouter basename={(*basename).clone()}><Document starter={(*starter).clone()} /></BrowserRouter>
    }
}

#[derive(Properties, PartialEq)]
struct DocumentProps {
    starter: Starter,
}

/// The vault's pages, or the one page of a sandbox whose address was loaded with another worker.
#[component]
fn Document(props: &DocumentProps) -> Html {
    let (starter, here) = (props.starter.clone(), use_route::<Route>());
    let sandbox = use_memo((), |()| {
        (here == Some(Route::SandboxFiles)).then(|| {
            leave_others();
            sandbox::asked()
        })
    });
    match &*sandbox {
        Some(name) => html! {
            <KmsProvider {starter} world={format!("{PREFIX}{name}")}><SandboxFiles name={name.clone()} /></KmsProvider>
        },
        None => html! { <KmsProvider {starter}><Vault /></KmsProvider> },
    }
}

/// The page that the address names, or what opens the vault.
#[component]
fn Vault() -> Html {
    let here = use_route::<Route>().unwrap_or(Route::NotFound);
    let locked = use_service().readiness == Readiness::Locked;
    use_idle_lock();
    html! {
        <Shell bar="top-bar-vault" place={html! { <Place /> }}>
            if locked && !matches!(here, Route::About | Route::NotFound) { <Unlock /> } else { <Switch<Route> render={page as fn(Route) -> Html} /> }
        </Shell>
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Home => html! { <pages::Home /> },
        Route::About => html! { <pages::About /> },
        Route::Files => html! { <Files /> },
        Route::Inspect => html! { <Inspect /> },
        Route::Keys => html! { <pages::Keys /> },
        Route::NewKey => html! { <pages::NewKey /> },
        Route::Backup => html! { <Backup /> },
        Route::Key => html! { <pages::Key /> },
        Route::Learn
        | Route::Start
        | Route::Workbench
        | Route::Console
        | Route::Bytes
        | Route::SandboxFiles
        | Route::Lab
        | Route::NotFound => pages::not_found(),
    }
}
