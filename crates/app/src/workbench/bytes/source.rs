//! Where bytes come from: the terminal's files, what is pasted, and small files.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_api::{
    Blob, Failure,
    sandbox::{Task, Terminal},
};
use web_sys::{DragEvent, File, FileList, HtmlSelectElement};
use yew::prelude::*;

use super::{
    state::{MOST, Opening},
    text,
};
use crate::{
    bridge::{Bridge, use_service},
    bytes::typed,
    components::{Accepts, TextField, file_button},
};

/// Bytes that somebody has typed or that stand in a text; base64 may be that of addresses, without padding.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    let standard = || {
        let mut text: String =
            text.split_whitespace().collect::<String>().replace('-', "+").replace('_', "/");
        text.extend(std::iter::repeat_n('=', (4 - text.len() % 4) % 4));
        typed(&text)
    };
    typed(text).or_else(standard).map(|bytes| bytes.expose().to_vec())
}

/// A file of the terminal.
pub(crate) async fn of_terminal(bridge: &Bridge, name: &str) -> Result<Opening, &'static str> {
    let content: Result<Option<Blob>, Failure> =
        bridge.perform(Task::ReadFile { name: name.to_owned() }).await;
    let content = content.ok().flatten().ok_or(text::UNREADABLE)?;
    if content.as_bytes().len() > MOST {
        Err(text::TOO_LONG)
    } else {
        Ok(Opening::new(name, content.as_bytes()))
    }
}

async fn of_file(file: File) -> Result<Opening, &'static str> {
    if file.size() > MOST as f64 {
        return Err(text::TOO_LONG);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| text::UNREADABLE)?;
    Ok(Opening::new(&file.name(), Uint8Array::new(&buffer).to_vec()))
}

#[derive(Properties, PartialEq)]
pub(super) struct ChooseProps {
    pub(super) terminal: Rc<Terminal>,
    pub(super) open: Callback<Opening>,
}

/// The three ways in.
#[component]
pub(super) fn Choose(props: &ChooseProps) -> Html {
    let bridge = use_service().bridge;
    let (pasted, wrong) = (use_state_eq(String::new), use_state_eq(|| None::<&'static str>));
    let arrive = {
        let (open, wrong) = (props.open.clone(), wrong.setter());
        Callback::from(move |opening: Result<Opening, &'static str>| {
            wrong.set(opening.as_ref().err().copied());
            opening.into_iter().for_each(|opening| open.emit(opening));
        })
    };
    let take = {
        let arrive = arrive.clone();
        Callback::from(move |files: Option<FileList>| {
            let Some(file) = files.and_then(|files| files.get(0)) else { return };
            let arrive = arrive.clone();
            spawn_local(async move { arrive.emit(of_file(file).await) });
        })
    };
    let ondrop = {
        let take = take.clone();
        move |event: DragEvent| {
            event.prevent_default();
            take.emit(event.data_transfer().and_then(|transfer| transfer.files()));
        }
    };
    let onsubmit = {
        let pasted = pasted.clone();
        let arrive = arrive.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            arrive.emit(match decoded(&pasted) {
                Some(bytes) if bytes.len() > MOST => Err(text::TOO_LONG),
                Some(bytes) => Ok(Opening::new("pasted", bytes)),
                None => Err(text::NOT_BYTES),
            });
        }
    };
    let enter = pasted.setter();
    let field = TextField {
        id: "bytes-pasted",
        label: text::PASTE.into(),
        value: (*pasted).clone().into(),
        problem: wrong.map(AttrValue::from),
        multiline: true,
        exact: true,
        oninput: Callback::from(move |text| enter.set(text)),
        ..TextField::default()
    };
    html! {
        <section class="bench-part" aria-labelledby="bytes-open" {ondrop} ondragover={|event: DragEvent| event.prevent_default()}>
            <h2 id="bytes-open">{ text::OPEN }</h2>
            { files(&props.terminal, &bridge, &arrive) }
            <form class="byte-paste" {onsubmit} novalidate=true>
                { field.draw() }
                <p class="actions">
                    <button class="button">{ text::PASTED }</button>
                    { file_button(text::TAKE.into(), "", Accepts::One, take) }
                </p>
                <p class="soft small">{ text::SMALL }</p>
            </form>
        </section>
    }
}

/// A choice among the files of the terminal.
fn files(terminal: &Terminal, bridge: &Bridge, arrive: &Callback<Result<Opening, &'static str>>) -> Html {
    let onchange = {
        let (bridge, arrive) = (bridge.clone(), arrive.clone());
        move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let (bridge, arrive, name) = (bridge.clone(), arrive.clone(), select.value());
            // The same file may be chosen again after it has changed.
            select.set_selected_index(0);
            spawn_local(async move { arrive.emit(of_terminal(&bridge, &name).await) });
        }
    };
    let option = |file: &waxseal_api::sandbox::File| {
        html! { <option value={file.name.clone()}>{ format!("{} ({})", file.name, crate::words::size(file.length as u64)) }</option> }
    };
    html! {
        <div class="field">
            <label for="bytes-file">{ text::FROM_TERMINAL }</label>
            <select id="bytes-file" {onchange}>
                <option value="" selected=true>{ if terminal.files.is_empty() { "No file yet" } else { text::CHOOSE } }</option>
                { for terminal.files.iter().map(option) }
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_in_texts() {
        for (text, expect) in [
            ("00 ff", Some(&b"\x00\xff"[..])),
            ("+/8=", Some(b"\xfb\xff")),
            ("-_8", Some(b"\xfb\xff")),
            ("-----BEGIN PUBLIC KEY-----\n+/8=\n-----END PUBLIC KEY-----", Some(b"\xfb\xff")),
            ("", None),
            ("what?", None),
        ] {
            assert_eq!(decoded(text).as_deref(), expect, "{text}");
        }
    }
}
