//! Ways in for files: dropped, pasted, or chosen.

use futures_util::future::join_all;
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::trace::Role;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList};
use yew::prelude::*;

use super::{
    recognise::{ENOUGH, Kind, recognise},
    state::{Part, Picked},
    text, walk,
};
use crate::{
    bytes,
    components::{Accepts, dom, file_button},
    shapes::shape,
};

/// Files that came in together.
pub(crate) type Intake = Callback<Vec<Picked<File>>>;

/// Lets files be dropped and pasted anywhere in the window. Tells whether one hovers over it; the paths of what was dropped
/// and cannot be read go to `missed`.
#[hook]
pub(crate) fn use_intake(intake: Intake, missed: Callback<Vec<String>>) -> bool {
    let hovers = use_state_eq(|| false);
    let state = hovers.clone();
    use_effect_with((intake, missed), move |(intake, missed)| {
        let (intake, missed) = (intake.clone(), missed.clone());
        let listeners = dom::window().map(|window| {
            let listen = |name, react: Box<dyn FnMut(&Event)>| {
                EventListener::new_with_options(
                    &window,
                    name,
                    EventListenerOptions::enable_prevent_default(),
                    react,
                )
            };
            [
                listen("dragover", Box::new(hover(state.clone()))),
                listen("dragleave", Box::new(leave(state.clone()))),
                listen("drop", Box::new(dropped(state, intake.clone(), missed))),
                listen("paste", Box::new(pasted(intake))),
            ]
        });
        move || drop(listeners)
    });
    *hovers
}

fn hover(hovers: UseStateHandle<bool>) -> impl FnMut(&Event) {
    move |event| {
        let Some(transfer) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) else { return };
        if transfer.types().includes(&"Files".into(), 0) {
            event.prevent_default();
            transfer.set_drop_effect("copy");
            hovers.set(true);
        }
    }
}

/// The pointer has left the window when there is nothing that it has moved on to.
fn leave(hovers: UseStateHandle<bool>) -> impl FnMut(&Event) {
    move |event| {
        if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
            hovers.set(false);
        }
    }
}

fn dropped(
    hovers: UseStateHandle<bool>,
    intake: Intake,
    missed: Callback<Vec<String>>,
) -> impl FnMut(&Event) {
    move |event| {
        event.prevent_default();
        hovers.set(false);
        let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
        if let Some(transfer) = transfer {
            walk::take(&transfer, &intake, &missed);
        }
    }
}

fn pasted(intake: Intake) -> impl FnMut(&Event) {
    move |event| {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        take(data.as_ref().and_then(DataTransfer::files), &intake);
    }
}

/// Takes the files of a list, each under the path that it has in the folder that was chosen, if one was.
fn take(files: Option<FileList>, intake: &Intake) {
    let Some(files) = files else { return };
    let parts = (0..files.length()).filter_map(|n| files.get(n)).map(|file| {
        let path = Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
        Part { path: path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name()), file }
    });
    let (parts, intake) = (parts.collect::<Vec<_>>(), intake.clone());
    spawn_local(async move { intake.emit(looked_at(parts).await) });
}

/// How many files are looked at at the same time.
const AT_ONCE: usize = 200;

/// Looks at the first bytes of each file. One that cannot be read counts as any other file: its job will say what is wrong.
pub(super) async fn looked_at(parts: Vec<Part<File>>) -> Vec<Picked<File>> {
    let mut picked = Vec::new();
    for parts in parts.chunks(AT_ONCE) {
        let starts = parts.iter().map(|part| bytes::read(&part.file, 0, ENOUGH.into()));
        for (part, start) in parts.iter().zip(join_all(starts).await) {
            let kind = start.map_or(Kind::Other, |start: Vec<u8>| recognise(&start));
            let Part { path, file } = part.clone();
            let length = file.size() as u64;
            picked.push(Picked::new(file, path, length, kind));
        }
    }
    picked
}

/// A button that asks for files.
pub(crate) fn choose(intake: &Intake, words: &'static str, class: &'static str) -> Html {
    chooser(intake, words, class, false)
}

/// The same for a folder, with all that is in it.
pub(crate) fn choose_folder(intake: &Intake) -> Html {
    chooser(intake, text::CHOOSE_FOLDER, "", true)
}

fn chooser(intake: &Intake, words: &'static str, class: &'static str, folder: bool) -> Html {
    let intake = intake.clone();
    let accepts = if folder { Accepts::Folder } else { Accepts::Several };
    file_button(words.into(), class, accepts, Callback::from(move |files| take(files, &intake)))
}

/// The place that asks for a file, or for `several`; `hovers` when one is held over the window.
pub(crate) fn drop_area(intake: &Intake, hovers: bool, several: bool) -> Html {
    let (drop, words, hint) = match several {
        true => (text::DROP, text::CHOOSE, text::DROP_HINT),
        false => (text::DROP_ONE, text::CHOOSE_ONE, text::DROP_HINT_ONE),
    };
    html! {
        <div class={classes!("drop-area", hovers.then_some("drop-hover"))}>
            { shape(Role::Plaintext, "shape-large") }
            <p class="drop-words">{ if hovers { text::DROP_NOW } else { drop } }</p>
            <div class="actions">
                { choose(intake, words, "primary") }
                if several { { choose_folder(intake) } }
            </div>
            <p class="soft">{ hint }</p>
        </div>
    }
}
