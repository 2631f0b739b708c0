//! The whole page: the address, the service, the shell around every page.

use yew::prelude::*;
use yew_router::{BrowserRouter, Switch};

use crate::{
    backup::Backup,
    bridge::KmsProvider,
    components::Shell,
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
            <KmsProvider starter={(*starter).clone()}>
                <Shell><Switch<Route> render={page as fn(Route) -> Html} /></Shell>
            </KmsProvider>
        </BrowserRouter>
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
        Route::NotFound => pages::not_found(),
    }
}
