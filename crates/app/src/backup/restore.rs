//! Restoring a backup.

use wasm_bindgen::JsValue;
use waxseal_api::vault::{Contents, Outcome, Summary, Task};
use web_sys::{File, FileList};
use yew::prelude::*;

use super::{
    ask_to_persist,
    passphrase::{self, passphrase, show},
    said,
};
use crate::{
    bridge::{Action, Errand, use_errand, use_service},
    components::{Accepts, Confirm, Link, file_button, time},
    failure::FailureNote,
    route::Route,
};

const LOST: &str = "What is here cannot be opened now, so it cannot be backed up either, and this ends any chance to rescue it. \
    A lock on it is taken off.";

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Nothing is chosen.
    Empty,
    /// A file is, and its passphrase is asked for.
    Chosen(File),
    /// The backup is open, and something is here that it would replace, readable or not.
    Asking(Summary, Contents, bool),
    /// It is done.
    Restored(Summary),
}

/// Chooses a file, opens it, asks before it replaces anything.
#[component]
pub(super) fn Restore() -> Html {
    let stage = use_state_eq(|| Stage::Empty);
    let action = use_restoring(stage.setter());
    let bridge = use_service().bridge;
    use_effect_with((), move |()| {
        // An open backup is forgotten with the page.
        move || wasm_bindgen_futures::spawn_local(async move { drop(bridge.run(Task::Close.into()).await) })
    });
    let chosen = Callback::from({
        let stage = stage.setter();
        move |files: Option<FileList>| {
            files.and_then(|files| files.get(0)).into_iter().for_each(|file| stage.set(Stage::Chosen(file)))
        }
    });
    html! {<>
        <p class="reading">{ "Brings the keys of a backup into this browser. The backup is opened and checked as a whole before anything is stored." }</p>
        <p class="actions">{ file_button("Choose a backup".into(), "", Accepts::One, chosen) }</p>
        { match &*stage {
            Stage::Empty => Html::default(),
            Stage::Chosen(file) => html! { <Unseal key={file.name()} file={file.clone()} action={action.clone()} /> },
            Stage::Asking(backup, here, unreadable) => ask(*backup, *here, *unreadable, &action),
            Stage::Restored(summary) => restored(summary),
        } }
        <p role="status" class="pending">{ if action.busy() { "Opening. Stretching the passphrase takes a second or two." } else { "" } }</p>
        if let Some(failure) = action.failure() { <FailureNote {failure} /> }
    </>}
}

/// Opens a backup and restores it.
#[hook]
fn use_restoring(stage: UseStateSetter<Stage>) -> Action<Errand> {
    use_errand(Callback::from(move |(outcome, _)| match outcome {
        Outcome::Opened { backup, here, unreadable } => stage.set(Stage::Asking(backup, here, unreadable)),
        Outcome::Restored(summary) => stage.set(done(summary)),
        Outcome::BackedUp(_) | Outcome::LastBackup(_) | Outcome::Done => {}
    }))
}

/// What was restored is worth keeping.
fn done(summary: Summary) -> Stage {
    ask_to_persist();
    Stage::Restored(summary)
}

#[derive(Properties, PartialEq)]
struct UnsealProps {
    file: File,
    action: Action<Errand>,
}

/// Asks for the passphrase of a file.
#[component]
fn Unseal(props: &UnsealProps) -> Html {
    let (typed, shown) = (use_state_eq(String::new), use_state_eq(|| false));
    let onsubmit = {
        let (run, file, typed) = (props.action.run.clone(), props.file.clone(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let secret = Some(passphrase::bytes(&typed));
            run.emit(Errand { task: Task::Open, file: JsValue::from(file.clone()), secret });
        })
    };
    let (enter, reveal) = (typed.setter(), shown.setter());
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            <p><strong>{ props.file.name() }</strong></p>
            { passphrase("backup-passphrase", "Passphrase", &typed, *shown, Callback::from(move |text| enter.set(text))) }
            <div class="actions">
                <button class="button primary" aria-disabled={props.action.busy().then_some("true")}>{ "Open the backup" }</button>
                { show(*shown, &Callback::from(move |shown| reveal.set(shown))) }
            </div>
        </form>
    }
}

/// Says what is here and what would come in its place, and has a word typed.
fn ask(backup: Summary, here: Contents, unreadable: bool, action: &Action<Errand>) -> Html {
    let confirmed = action.run.reform(move |()| Task::Restore { seen: here }.into());
    html! {
        <Confirm id="confirm-replace" word="replace" action="Replace what is here" busy={action.busy()} {confirmed}>
            <dl class="facts">
                <div><dt>{ "In the backup" }</dt><dd>{ said(&backup.contents) }{ ", made " }{ time(backup.made, false) }</dd></div>
                <div><dt>{ "In this browser" }</dt><dd>{ said(&here) }</dd></div>
            </dl>
            <p>{ "Restoring replaces everything in this browser’s vault. A key that is here and not in the backup is destroyed, and no \
                file under it can be opened again. " }{ if unreadable { LOST } else { "Make a backup of what is here first." } }</p>
        </Confirm>
    }
}

fn restored(summary: &Summary) -> Html {
    html! {
        <div role="status" class="stacked">
            <p>{ format!("Restored: {}. They are as they were when the backup was made.", said(&summary.contents)) }</p>
            <p class="actions"><Link class="button" to={Route::Keys}>{ "See the keys" }</Link></p>
        </div>
    }
}
