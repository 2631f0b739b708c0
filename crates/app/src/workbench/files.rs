//! The terminal's files: to see, to bring in and to take along.

use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_cli::Files;
use web_sys::{Blob, File, FileList};
use yew::prelude::*;

use super::{session::Session, text};
use crate::{
    components::{Accepts, file_button},
    files::Download,
    words::bytes,
};

#[derive(Properties, PartialEq)]
pub(crate) struct FilesProps {
    pub(crate) session: Session,
    pub(crate) files: Files,
    pub(crate) changed: Callback<()>,
}

/// A list of the files with a link to each, and a button for more.
#[component]
pub(crate) fn FilesPart(props: &FilesProps) -> Html {
    let told = use_state_eq(|| "");
    let chosen = {
        let (session, changed, told) = (props.session.clone(), props.changed.clone(), told.setter());
        Callback::from(move |files: Option<FileList>| {
            let (session, changed, told) = (session.clone(), changed.clone(), told.clone());
            spawn_local(async move {
                told.set(bring_in(&session, files).await);
                changed.emit(());
            });
        })
    };
    let line = |(name, content): (&str, &std::rc::Rc<[u8]>)| {
        let (session, changed, gone) = (props.session.clone(), props.changed.clone(), name.to_owned());
        let remove = Callback::from(move |_: MouseEvent| {
            let (session, changed, gone) = (session.clone(), changed.clone(), gone.clone());
            spawn_local(async move {
                let _ = session.change(|shell| _ = shell.files.remove(&gone)).await;
                changed.emit(());
            });
        });
        html! {
            <li key={name.to_owned()} class="file-line">
                if let Some(blob) = blob(content) { <Download name={name.to_owned()} {blob} class="" /> }
                <span class="soft">{ bytes(content.len() as u64) }</span>
                <button type="button" class="quiet small" onclick={remove}>{ "Delete" }<span class="heard">{ format!(" {name}") }</span></button>
            </li>
        }
    };
    let none = props.files.iter().next().is_none();
    html! {
        <section class="bench-part" aria-labelledby="files">
            <h2 id="files">{ text::FILES }</h2>
            <p class="soft">{ if none { text::NO_FILES } else { text::FILES_HINT } }</p>
            if !none { <ul class="plain">{ for props.files.iter().map(line) }</ul> }
            <p>{ file_button(text::BRING.into(), "", Accepts::Several, chosen) }</p>
            <p role="status">{ *told }</p>
        </section>
    }
}

fn blob(content: &[u8]) -> Option<Blob> {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(content))).ok()
}

/// Takes in files, under their names without spaces; says what could not be taken.
async fn bring_in(session: &Session, files: Option<FileList>) -> &'static str {
    let mut told = "";
    let files = files.map(|files| (0..files.length()).filter_map(|n| files.get(n)).collect::<Vec<File>>());
    for file in files.unwrap_or_default() {
        if file.size() > text::LONGEST_FILE {
            told = text::TOO_LONG;
            continue;
        }
        let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
            told = "A file could not be read.";
            continue;
        };
        let (name, content) =
            (file.name().replace(char::is_whitespace, "-"), Uint8Array::new(&buffer).to_vec());
        if session.change(|shell| shell.files.write(&name, content)).await.is_err() {
            told = "A file could not be kept.";
        }
    }
    told
}
