//! One frame of many, by its number.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::inspection::{Field, FrameTable};
use web_sys::{File, HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use super::{rows, text};
use crate::bytes;

/// A frame that was asked for, and its fields.
pub(crate) type Asked = Option<(u32, Vec<Field>)>;

/// Asks for a number, in a field that `number` is tied to; nothing where the message has no frames but those that are shown.
pub(crate) fn ask(table: &FrameTable, file: &File, asked: &UseStateHandle<Asked>, number: &NodeRef) -> Html {
    let Some(most) = rows::last_between(table) else { return Html::default() };
    let onsubmit = {
        let (table, file, asked, number) = (table.clone(), file.clone(), asked.clone(), number.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let wanted = number.cast::<HtmlInputElement>().and_then(|input| input.value().parse().ok());
            if let Some(wanted) = wanted.filter(|wanted| (2..=most).contains(wanted)) {
                show(table.clone(), file.clone(), asked.clone(), wanted);
            }
        }
    };
    html! {
        <form class="line-form" {onsubmit}>
            <div class="field">
                <label for="frame">{ text::FRAME }</label>
                <p class="hint" id="frame-hint">{ text::frame_hint(most) }</p>
                <input type="number" id="frame" ref={number.clone()} min="2" max={most.to_string()} required=true
                    aria-describedby="frame-hint" />
            </div>
            <button class="button">{ text::SHOW }</button>
        </form>
    }
}

/// Reads the first bytes of the frame. A file that cannot be read any more shows that where its bytes would be.
fn show(table: FrameTable, file: File, asked: UseStateHandle<Asked>, number: u32) {
    spawn_local(async move {
        let start = bytes::read(&file, rows::frame_offset(&table, number), rows::PREFIX).await;
        asked.set(Some((number, rows::frame(&table, number, &start.unwrap_or_default()))));
    });
}
