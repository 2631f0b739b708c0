//! The file page of a sandbox: the same work, with other keys.

use waxseal_api::{
    Failure,
    sandbox::{Clock, Start, Task, Terminal},
};
use yew::prelude::*;

use super::{Files, text};
use crate::{
    bridge::{Kms, Remote, use_query, use_service},
    components::Shell,
    failure::FailureNote,
    sandbox::{place, use_begun, use_time},
};

#[derive(Properties, PartialEq)]
pub(crate) struct SandboxFilesProps {
    /// The sandbox.
    pub(crate) name: AttrValue,
}

/// The place, and once the sandbox has begun, the files. They stay where they are when its worker has to be started again.
#[component]
pub(crate) fn SandboxFiles(props: &SandboxFilesProps) -> Html {
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
            if waits { <p class="pending" role="status">{ text::SANDBOX_OPENING }</p> }
            if *shown.borrow() { <Files /> }
        </Shell>
    }
}
