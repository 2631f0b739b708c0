//! The files of a sandbox's terminal: to take one from, and to give a result to.

use js_sys::{Array, Uint8Array, decode_uri_component};
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Blob as Bytes, Failure, LocalError, LocalErrorCode,
    sandbox::{self, Task, Terminal},
};
use web_sys::{Blob, File};
use yew::prelude::*;

use super::{intake::Intake, recognise::recognise, state::Picked, text};
use crate::{
    bridge::{Bridge, Kms, use_query, use_service},
    bytes,
    failure::FailureNote,
    route::asked,
    sandbox::address_query,
    words::size,
};

/// The longest file that the terminal takes, in bytes.
pub(crate) const LONGEST: f64 = 4.0 * 1024.0 * 1024.0;

/// The files of the terminal, where there is one.
#[hook]
fn use_files() -> Vec<sandbox::File> {
    let files = use_query((), async |kms: Kms, ()| {
        let terminal: Terminal = kms.0.perform(Task::Terminal).await?;
        Ok(terminal.files)
    });
    files.ready().cloned().unwrap_or_default()
}

/// In a sandbox, its name. The file of its terminal that the address asks for is taken once; or it is told why not.
#[hook]
pub(super) fn use_brought(intake: &Intake) -> (Option<AttrValue>, Option<Failure>) {
    let (bridge, wrong) = (use_service().bridge, use_state_eq(|| None));
    let name = bridge.sandbox().map(|name| AttrValue::from(name.to_owned()));
    use_effect_with((), {
        let (intake, wrong, inside) = (intake.clone(), wrong.setter(), name.is_some());
        move |()| {
            let query = address_query();
            let file = asked(&query, "file").filter(|_| cfg!(feature = "workbench") && inside);
            let file = file.and_then(|file| decode_uri_component(file).ok()).map(String::from);
            if let Some(file) = file {
                spawn_local(async move { wrong.set(take(&bridge, file, &intake).await.err()) });
            }
        }
    });
    (name, (*wrong).clone())
}

/// Takes a file of the terminal as if it had been chosen.
async fn take(bridge: &Bridge, name: String, intake: &Intake) -> Result<(), Failure> {
    let content: Option<Bytes> = bridge.perform(Task::ReadFile { name: name.clone() }).await?;
    let gone = || LocalError::new(LocalErrorCode::FileUnreadable, "The terminal has no file of this name.");
    let content = content.ok_or_else(gone)?;
    let parts = Array::of1(&Uint8Array::from(content.as_bytes()));
    let file = File::new_with_u8_array_sequence(&parts, &name).map_err(|_| gone())?;
    let length = content.as_bytes().len() as u64;
    intake.emit(vec![Picked::new(file, name, length, recognise(content.as_bytes()))]);
    Ok(())
}

#[derive(Properties, PartialEq)]
pub(super) struct TerminalFilesProps {
    /// Called with the one that was chosen.
    pub(super) intake: Intake,
}

/// The files of the terminal, each a button; nothing where there are none.
#[component]
pub(super) fn TerminalFiles(props: &TerminalFilesProps) -> Html {
    let (bridge, files, wrong) = (use_service().bridge, use_files(), use_state_eq(|| None));
    if files.is_empty() {
        return Html::default();
    }
    let line = |file: &sandbox::File| {
        let (name, bridge, intake, wrong) =
            (file.name.clone(), bridge.clone(), props.intake.clone(), wrong.setter());
        let onclick = move |_| {
            let (name, bridge, intake, wrong) = (name.clone(), bridge.clone(), intake.clone(), wrong.clone());
            spawn_local(async move { wrong.set(take(&bridge, name, &intake).await.err()) });
        };
        html! {
            <li key={file.name.clone()} class="file-line">
                <button type="button" class="quiet" {onclick}><code>{ &file.name }</code></button>
                <span class="soft">{ size(file.length as u64) }</span>
            </li>
        }
    };
    html! {
        <section aria-labelledby="terminal-files">
            <h2 id="terminal-files">{ text::FROM_TERMINAL }</h2>
            <ul class="plain">{ for files.iter().map(line) }</ul>
            if let Some(failure) = (*wrong).clone() { <FailureNote {failure} /> }
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct KeepProps {
    /// What it is called.
    pub(super) name: String,
    /// The file.
    pub(super) blob: Blob,
}

/// Gives a file to the terminal, under a name that is free there.
#[component]
pub(super) fn Keep(props: &KeepProps) -> Html {
    let (bridge, files) = (use_service().bridge, use_files());
    let (told, done) = (use_state_eq(String::new), use_state_eq(|| false));
    let onclick = {
        let (told, done) = (told.clone(), done.clone());
        let (blob, name) = (props.blob.clone(), free(&props.name, &files));
        move |_| {
            if *done {
                return;
            }
            done.set(true);
            let (bridge, blob, name) = (bridge.clone(), blob.clone(), name.clone());
            let (told, done) = (told.setter(), done.setter());
            spawn_local(async move {
                let kept = keep(&bridge, name.clone(), &blob).await.is_some();
                done.set(kept);
                told.set(if kept { text::kept(&name) } else { text::NOT_KEPT.to_owned() });
            });
        }
    };
    html! {<>
        <button type="button" class="button" {onclick} aria-disabled={done.then_some("true")}>{ text::KEEP }</button>
        <p role="status">{ told.as_str() }</p>
    </>}
}

async fn keep(bridge: &Bridge, name: String, blob: &Blob) -> Option<()> {
    let content = bytes::read(blob, 0, blob.size() as u64).await.ok()?;
    bridge.perform(Task::WriteFile { name, bytes: content.into() }).await.ok()
}

/// `notes.txt` → `notes-2.txt`, where there is one of the name. The terminal's names have no spaces.
fn free(name: &str, files: &[sandbox::File]) -> String {
    let name = name.replace(char::is_whitespace, "-");
    let taken = |name: &str| files.iter().any(|file| file.name == name);
    if !taken(&name) {
        return name;
    }
    let (stem, ending) = match name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name.as_str(), String::new()),
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}{ending}"));
    numbered.into_iter().find(|name| !taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_takes_no_others_place() {
        let file = |name: &str| sandbox::File { name: name.to_owned(), length: 1 };
        let files = [file("notes.txt"), file("notes-2.txt"), file("a")];
        for (name, expected) in [
            ("notes.txt", "notes-3.txt"),
            ("other.txt", "other.txt"),
            ("my notes.txt", "my-notes.txt"),
            ("a", "a-2"),
            (".env", ".env"),
        ] {
            assert_eq!(free(name, &files), expected);
        }
    }
}
