//! The document of the workbench: sandboxes, each a world of its own, and what is done in them; and, where it is asked for, the
//! vault by command and by form.

mod arrive;
mod bench;
mod bytes;
pub(crate) mod clock;
mod console;
mod files;
pub(crate) mod known;
mod lab;
mod log;
mod meter;
mod rename;
mod screen;
mod sent;
mod share;
mod steps;
pub(crate) mod terminal;
pub(crate) mod text;
mod vault;
mod window;
pub(crate) mod worlds;

use waxseal_api::sandbox::PREFIX;
use yew::prelude::*;
use yew_router::BrowserRouter;

use crate::{bridge::KmsProvider, sandbox, site};
use bench::Bench;
pub(crate) use terminal::{command, printed};
use vault::AtVault;

/// The application.
#[component]
pub(crate) fn Workbench() -> Html {
    let basename = use_memo((), |()| AttrValue::from(site::root_path()));
    let starter = use_memo((), |()| site::worker_starter());
    let name = use_memo((), |()| sandbox::asked());
    let vault = use_memo((), |()| worlds::is_vault_asked());
    let starter = (*starter).clone();
    html! {
        <BrowserRouter basename={(*basename).clone()}>
            if *vault {
                <KmsProvider {starter}><AtVault /></KmsProvider>
            } else {
                <KmsProvider {starter} world={format!("{PREFIX}{name}")}><Bench name={(*name).clone()} /></KmsProvider>
            }
        </BrowserRouter>
    }
}
