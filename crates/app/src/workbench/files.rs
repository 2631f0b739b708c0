//! The terminal's files: to see, to bring in and to take along.

use std::rc::Rc;

use js_sys::{Array, Uint8Array, encode_uri_component};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_api::{
    Blob as Bytes, Failure,
    sandbox::{self, Task, Terminal},
};
use web_sys::{Blob, FileList};
use yew::prelude::*;

use super::{
    bytes::{Opening, of_terminal},
    text,
};
use crate::{
    bridge::{Bridge, use_service},
    components::{Accepts, dom, file_button},
    files::LONGEST,
    sandbox::query,
    words::bytes,
};

#[derive(Properties, PartialEq)]
pub(crate) struct FilesProps {
    pub(crate) terminal: Rc<Terminal>,
    /// Where they are kept.
    pub(crate) hint: &'static str,
    /// Opens bytes in the inspector.
    pub(crate) inspect: Callback<Opening>,
}

/// A list of the files with what can be done with each, and a button for more.
#[component]
pub(crate) fn FilesPart(props: &FilesProps) -> Html {
    let (bridge, told) = (use_service().bridge, use_state_eq(|| ""));
    let files = &props.terminal.files;
    let chosen = {
        let (bridge, told) = (bridge.clone(), told.setter());
        Callback::from(move |files: Option<FileList>| {
            let (bridge, told) = (bridge.clone(), told.clone());
            spawn_local(async move { told.set(bring_in(&bridge, files).await) });
        })
    };
    html! {
        <section class="bench-part" aria-labelledby="files">
            <h2 id="files">{ text::FILES }</h2>
            <p class="soft">{ if files.is_empty() { text::NO_FILES } else { props.hint } }</p>
            if !files.is_empty() { <ul class="plain">{ for files.iter().map(|file| line(&bridge, file, &told.setter(), &props.inspect)) }</ul> }
            <p>{ file_button(text::BRING.into(), "", Accepts::Several, chosen) }</p>
            <p role="status">{ *told }</p>
        </section>
    }
}

fn line(
    bridge: &Bridge,
    file: &sandbox::File,
    told: &UseStateSetter<&'static str>,
    inspect: &Callback<Opening>,
) -> Html {
    let name = file.name.clone();
    let look = {
        let (bridge, name, told, inspect) = (bridge.clone(), name.clone(), told.clone(), inspect.clone());
        move |_| {
            let (bridge, name, told, inspect) = (bridge.clone(), name.clone(), told.clone(), inspect.clone());
            spawn_local(async move {
                match of_terminal(&bridge, &name).await {
                    Ok(opening) => inspect.emit(opening),
                    Err(wrong) => told.set(wrong),
                }
            });
        }
    };
    let take = {
        let (bridge, name, told) = (bridge.clone(), name.clone(), told.clone());
        move |_| {
            let (bridge, name, told) = (bridge.clone(), name.clone(), told.clone());
            spawn_local(async move { told.set(take_along(&bridge, &name).await) });
        }
    };
    let remove = {
        let (bridge, name) = (bridge.clone(), name.clone());
        move |_| {
            let (bridge, name) = (bridge.clone(), name.clone());
            spawn_local(async move {
                // What could not be removed is still in the list.
                let _: Result<(), Failure> = bridge.perform(Task::RemoveFile { name }).await;
            });
        }
    };
    let heard = html! { <span class="heard">{ format!(" {name}") }</span> };
    html! {
        <li key={name.clone()} class="file-line">
            <code>{ &name }</code>
            <span class="soft">{ bytes(file.length as u64) }</span>
            { seal(bridge, &name) }
            <button type="button" class="quiet small" onclick={look}>{ text::INSPECT }{ heard.clone() }</button>
            <button type="button" class="quiet small" onclick={take}>{ "Download" }{ heard.clone() }</button>
            <button type="button" class="quiet small" onclick={remove}>{ "Delete" }{ heard }</button>
        </li>
    }
}

/// In a sandbox: the way to encrypt or decrypt a file.
fn seal(bridge: &Bridge, name: &str) -> Html {
    let Some(sandbox) = bridge.sandbox() else { return Html::default() };
    let href = format!("files/?{}&file={}", query(sandbox), encode_uri_component(name));
    html! { <a {href}>{ text::SEAL }<span class="heard">{ format!(" {name}") }</span></a> }
}

/// Hands a file to the browser to be saved; says if it could not be.
async fn take_along(bridge: &Bridge, name: &str) -> &'static str {
    let content: Result<Option<Bytes>, Failure> =
        bridge.perform(Task::ReadFile { name: name.to_owned() }).await;
    let saved = content.ok().flatten().and_then(|content| hand_over(name, content.as_bytes()));
    if saved.is_some() { "" } else { "The file could not be read." }
}

/// Has the browser save bytes as a file of this name.
pub(super) fn hand_over(name: &str, bytes: &[u8]) -> Option<()> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).ok()?;
    dom::hand_over(name, &blob)
}

/// Takes in files, under their names without spaces; says what could not be taken.
async fn bring_in(bridge: &Bridge, files: Option<FileList>) -> &'static str {
    let mut told = "";
    let files = files.map(|files| (0..files.length()).filter_map(|n| files.get(n)).collect::<Vec<_>>());
    for file in files.unwrap_or_default() {
        if file.size() > LONGEST {
            told = text::TOO_LONG;
            continue;
        }
        let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
            told = "A file could not be read.";
            continue;
        };
        let name = file.name().replace(char::is_whitespace, "-");
        let task = Task::WriteFile { name, bytes: Uint8Array::new(&buffer).to_vec().into() };
        if bridge.perform::<()>(task).await.is_err() {
            told = "A file could not be kept.";
        }
    }
    told
}
