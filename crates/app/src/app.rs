//! The document of the vault: the address, the service, the shell around every page.

use yew::prelude::*;
use yew_router::{BrowserRouter, Switch, hooks::use_route};

use crate::{
    backup::{Backup, Unlock, use_idle_lock},
    bridge::{KmsProvider, Readiness, use_service},
    components::{Place, Shell},
    files::{Files, Inspect},
    pages,
    route::Route,
    site,
};

/// The application.
#[component]
pub(crate) fn App() -> Html {
    let basename = use_memo((), |()| AttrValue::from(site::root_path()));
    let starter = use_memo((), |()| site::worker_starter());
    html! {
        <BrowserRouter basename={(*basename).clone()}>
            <KmsProvider starter={(*starter).clone()}><Vault /></KmsProvider>
        </BrowserRouter>
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
