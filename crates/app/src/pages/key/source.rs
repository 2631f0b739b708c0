//! Where the bytes of key material come from: a file, or the browser's randomness.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, File, FileList};
use yew::prelude::*;

use super::import::{Entered, ImportProps, length};
use crate::{
    components::{Accepts, dom, file_button},
    words::bytes,
};

/// No key is as long as this, in bytes.
const MOST: f64 = 65_536.0;

/// Bytes from a file, or new ones.
#[derive(Clone, PartialEq)]
pub(super) struct Chosen {
    name: String,
    pub(super) bytes: ArrayBuffer,
    /// New bytes, as a file to be saved.
    pub(super) made: Option<Blob>,
    /// Whether they are kept anywhere else.
    pub(super) saved: bool,
}

/// The element of what was chosen, in the document.
pub(super) const CHOSEN: &str = "chosen-material";

/// Two buttons, and what came of them. `url` is the address of new bytes, `problem` is what is wrong with what was chosen.
pub(super) fn sources(
    props: &ImportProps,
    entered: &UseStateHandle<Entered>,
    url: Option<AttrValue>,
    problem: Option<&str>,
) -> Html {
    let take = {
        let entered = entered.clone();
        Callback::from(move |chosen| {
            entered.set(Entered { chosen: Some(chosen), typed: String::new(), ..(*entered).clone() });
        })
    };
    let make = length(props.spec).filter(|_| props.fresh).map(|length| {
        let (take, name) = (take.clone(), format!("{}-material.bin", props.name));
        move |_| new(length, name.clone()).into_iter().for_each(|chosen| take.emit(chosen))
    });
    let chosen = Callback::from({
        let take = take.clone();
        move |files: Option<FileList>| {
            let (take, Some(file)) = (take.clone(), files.and_then(|files| files.get(0))) else { return };
            spawn_local(async move {
                // What cannot be read has no bytes, and is told so.
                let bytes = read(&file).await.unwrap_or_else(|| ArrayBuffer::new(0));
                take.emit(Chosen { name: file.name(), bytes, made: None, saved: true });
            });
        }
    });
    html! {<>
        <div class="actions">
            { file_button("Choose a file".into(), "", Accepts::One, chosen) }
            if let Some(onclick) = make {
                <button type="button" class="button" {onclick}>{ "Make random bytes" }</button>
            }
        </div>
        <div role="status" class="material-source">
            if let Some(chosen) = &entered.chosen { { told(chosen, url, &take) } }
            if let Some(problem) = problem { <p class="wrong">{ problem }</p> }
        </div>
    </>}
}

fn told(chosen: &Chosen, url: Option<AttrValue>, take: &Callback<Chosen>) -> Html {
    let Chosen { name, bytes: content, made, .. } = chosen;
    let onclick = {
        let (take, saved) = (take.clone(), Chosen { saved: true, ..chosen.clone() });
        move |_| take.emit(saved.clone())
    };
    html! {
        if made.is_some() {
            <p>{ format!("{} are made. Nobody else has them, so save them before you import them.", bytes(content.byte_length().into())) }</p>
            <p><a id={CHOSEN} class="button primary" href={url} download={name.clone()} {onclick}>{ format!("Save {name}") }</a></p>
        } else {
            <p id={CHOSEN} tabindex="-1"><strong>{ name }</strong>{ format!(", {}", bytes(content.byte_length().into())) }</p>
        }
    }
}

/// The bytes of a file, as many as any key has.
async fn read(file: &File) -> Option<ArrayBuffer> {
    let front = file.slice_with_f64_and_f64(0.0, MOST).ok()?;
    JsFuture::from(front.array_buffer()).await.ok()?.dyn_into().ok()
}

/// New bytes, which nobody has yet.
fn new(length: usize, name: String) -> Option<Chosen> {
    let mut random = vec![0; length];
    dom::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut random).ok()?;
    let bytes = Uint8Array::from(random.as_slice());
    random.fill(0);
    let made = Blob::new_with_u8_array_sequence(&Array::of1(&bytes)).ok()?;
    Some(Chosen { name, bytes: bytes.buffer(), made: Some(made), saved: false })
}
