//! Ways in for a file: dropped, pasted, or chosen.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::trace::Role;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList};
use yew::prelude::*;

use super::{
    recognise::{ENOUGH, Kind, recognise},
    state::Picked,
    text,
};
use crate::{
    bytes,
    components::{dom, file_button},
    shapes::shape,
};

/// A file that came in, and how many came with it.
pub(crate) type Intake = Callback<(Picked<File>, u32)>;

/// Lets files be dropped and pasted anywhere in the window. Tells whether one hovers over it.
#[hook]
pub(crate) fn use_intake(intake: Intake) -> bool {
    let hovers = use_state_eq(|| false);
    let state = hovers.clone();
    use_effect_with(intake, move |intake| {
        let intake = intake.clone();
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
                listen("drop", Box::new(dropped(state, intake.clone()))),
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

fn dropped(hovers: UseStateHandle<bool>, intake: Intake) -> impl FnMut(&Event) {
    move |event| {
        event.prevent_default();
        hovers.set(false);
        let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
        take(transfer.as_ref().and_then(DataTransfer::files), &intake);
    }
}

fn pasted(intake: Intake) -> impl FnMut(&Event) {
    move |event| {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        take(data.as_ref().and_then(DataTransfer::files), &intake);
    }
}

/// Looks at the first bytes of the first file and hands it on. One that cannot be read counts as any other file: its
/// job will say what is wrong.
fn take(files: Option<FileList>, intake: &Intake) {
    let Some(files) = files else { return };
    let (count, intake) = (files.length(), intake.clone());
    if let Some(file) = files.get(0) {
        spawn_local(async move {
            let start = bytes::read(&file, 0, ENOUGH.into()).await;
            let kind = start.map_or(Kind::Other, |start| recognise(&start));
            let (name, length) = (file.name(), file.size() as u64);
            intake.emit((Picked::new(file, name, length, kind), count));
        });
    }
}

/// A button that asks for a file.
pub(crate) fn choose(intake: &Intake, words: &'static str, class: &'static str) -> Html {
    let intake = intake.clone();
    file_button(words.into(), class, Callback::from(move |files| take(files, &intake)))
}

/// The place that asks for a file; `hovers` when one is held over the window.
pub(crate) fn drop_area(intake: &Intake, hovers: bool) -> Html {
    html! {
        <div class={classes!("drop-area", hovers.then_some("drop-hover"))}>
            { shape(Role::Plaintext, "shape-large") }
            <p class="drop-words">{ if hovers { text::DROP_NOW } else { text::DROP } }</p>
            { choose(intake, text::CHOOSE, "primary") }
            <p class="soft">{ text::DROP_HINT }</p>
        </div>
    }
}
