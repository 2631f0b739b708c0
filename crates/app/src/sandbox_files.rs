//! The document of a sandbox's files: the same work, with other keys.

use std::rc::Rc;

use waxseal_api::{
    Failure,
    sandbox::{Clock, PREFIX, Start, Task, Terminal},
};
use yew::prelude::*;
use yew_router::BrowserRouter;

use crate::{
    bridge::{Kms, KmsProvider, Remote, use_query, use_service},
    components::Shell,
    failure::FailureNote,
    files::Files,
    sandbox::{asked, place, use_begun, use_time},
    site,
    workbench::terminal::terminal_drawer,
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

/// How the terminal stands, and the clock.
type Standing = (Rc<Terminal>, Clock);

#[derive(Properties, PartialEq)]
struct InSandboxProps {
    /// The sandbox.
    name: AttrValue,
}

/// The place, and once the sandbox has begun, the files, with the terminal below. They stay where they are when its worker has to be started again.
#[component]
fn InSandbox(props: &InSandboxProps) -> Html {
    let (bridge, begun) = (use_service().bridge, use_begun(Start::Empty, ""));
    let ready = matches!(begun, Some(Ok(())));
    use_time();
    let standing = use_query(ready, async |kms: Kms, ready| -> Result<Option<Standing>, Failure> {
        match ready {
            true => {
                let terminal: Terminal = kms.0.perform(Task::Terminal).await?;
                Ok(Some((terminal.into(), kms.0.perform(Task::Clock).await?)))
            }
            false => Ok(None),
        }
    });
    let known = use_mut_ref(|| None::<Standing>);
    if let Some(now) = standing.ready().and_then(Option::as_ref) {
        known.replace(Some(now.clone()));
    }
    let known = known.borrow().clone();
    let lost = if let Remote::Failed(failure) = &standing { Some(failure.clone()) } else { None };
    let failure = begun.and_then(Result::err).or(lost);
    let waits = known.is_none() && failure.is_none();
    let standing = known.as_ref().map(|(terminal, clock)| (&**terminal, clock));
    html! {
        <Shell bar="top-bar-sandbox" place={place(&props.name, &bridge, standing)}>
            if let Some(failure) = failure { <FailureNote {failure} /> }
            if waits { <p class="pending" role="status">{ "Opening the sandbox…" }</p> }
            if let Some((terminal, _)) = &known { <Files>{ terminal_drawer(terminal, false) }</Files> }
        </Shell>
    }
}
