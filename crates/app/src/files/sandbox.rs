//! The document of a sandbox's files: the same work, with other keys.

use waxseal_api::{
    Failure,
    sandbox::{Clock, PREFIX, Start, Task, Terminal},
};
use yew::prelude::*;
use yew_router::BrowserRouter;

use super::Files;
use crate::{
    bridge::{Kms, KmsProvider, Remote, use_query, use_service},
    components::Shell,
    failure::FailureNote,
    sandbox::{asked, place, use_begun, use_time},
    site,
};

/// The application.
#[component]
pub(crate) fn SandboxFiles() -> Html {
    let basename = use_memo((), |()| AttrValue::from(site::root_path()));
    let starter = use_memo((), |()| site::worker_starter());
    let name = use_memo((), |()| asked());
    html! {
        <BrowserRouter basename={(*basename).clone()}>
            <KmsProvider starter={(*starter).clone()} world={format!("{PREFIX}{name}")}><InSandbox name={(*name).clone()} /></KmsProvider>
        </BrowserRouter>
    }
}

#[derive(Properties, PartialEq)]
struct InSandboxProps {
    /// The sandbox.
    name: AttrValue,
}

/// The place, and once the sandbox has begun, the files. They stay where they are when its worker has to be started again.
#[component]
fn InSandbox(props: &InSandboxProps) -> Html {
    let (bridge, begun) = (use_service().bridge, use_begun(Start::Empty, ""));
    let ready = matches!(begun, Some(Ok(())));
    let shown = use_mut_ref(|| false);
    shown.replace_with(|shown| *shown || ready);
    use_time();
    let standing = use_query(ready, async |kms: Kms, ready| -> Result<Option<(Terminal, Clock)>, Failure> {
        match ready {
            true => Ok(Some((kms.0.perform(Task::Terminal).await?, kms.0.perform(Task::Clock).await?))),
            false => Ok(None),
        }
    });
    let known = standing.ready().and_then(|known| known.as_ref().map(|(terminal, clock)| (terminal, clock)));
    let lost = if let Remote::Failed(failure) = &standing { Some(failure.clone()) } else { None };
    let failure = begun.and_then(Result::err).or(lost);
    let waits = !*shown.borrow() && failure.is_none();
    html! {
        <Shell bar="top-bar-sandbox" place={place(&props.name, &bridge, known)}>
            if let Some(failure) = failure { <FailureNote {failure} /> }
            if waits { <p class="pending" role="status">{ "Opening the sandbox…" }</p> }
            if *shown.borrow() { <Files /> }
        </Shell>
    }
}
