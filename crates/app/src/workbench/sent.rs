//! What came of a line that a page has sent to the terminal.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Printed, Task},
};
use yew::prelude::*;

use super::{printed, text};
use crate::{bridge::Bridge, failure::FailureNote};

/// What came of sending.
#[derive(Clone, PartialEq)]
pub(super) enum Sent {
    /// Nothing was sent.
    Nothing,
    /// It runs.
    Running,
    /// The line, and what it has printed or why it could not be run.
    Done(String, Result<Printed, Failure>),
}

/// Runs a line, unless one runs already; before it, a file is written if there is one.
pub(super) fn send(sent: &UseStateHandle<Sent>, bridge: &Bridge, line: String, file: Option<Task>) {
    if **sent == Sent::Running || line.trim().is_empty() {
        return;
    }
    sent.set(Sent::Running);
    let (sent, bridge) = (sent.clone(), bridge.clone());
    spawn_local(async move {
        let run = async {
            if let Some(file) = file {
                bridge.perform::<()>(file).await?;
            }
            bridge.perform(Task::Enter { line: line.clone() }).await
        };
        let printed = run.await;
        sent.set(Sent::Done(line, printed));
    });
}

impl Sent {
    /// As the terminal shows it.
    pub(super) fn draw(&self) -> Html {
        match self {
            Self::Nothing => Html::default(),
            Self::Running => html! { <p class="pending">{ text::RUNNING }</p> },
            Self::Done(_, Err(failure)) => html! { <FailureNote failure={failure.clone()} /> },
            Self::Done(line, Ok(it)) => html! {
                <div class="terminal-screen console-answer">
                    <p><code>{ line }</code></p>
                    { printed(it) }
                </div>
            },
        }
    }
}
