//! The byte that is looked at: what it is, and its bits.

use yew::prelude::*;

use super::{
    Looked,
    state::{Edit, Opening, Table, part_of},
    text,
};

/// Draws it.
pub(super) fn panel(looked: &Looked, table: &UseReducerDispatcher<Table>) -> Html {
    let Looked { sheet, kind, parts } = looked;
    let at = part_of(parts, sheet.at);
    let edit = |edit: Edit| {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.dispatch(edit.clone()))
    };
    let by_itself = at.map(|at| &parts[at]).filter(|part| part.name == "encryptedDataKey").map(|part| {
        let (from, to) = (part.offset as usize, (part.offset + part.length) as usize);
        Edit::Open(Opening::new("encrypted-data-key", &sheet.bytes[from..to]))
    });
    let bit = |place: u8| bit(sheet.byte() >> place & 1 == 1, place, &edit(Edit::Flip(1 << place)));
    html! {
        <div class="byte-panel">
            <p role="status">{ text::byte(sheet, at.map(|at| &parts[at])) }</p>
            if let Some(at) = at { <p class="soft small">{ text::about(*kind, parts, at) }</p> }
            <div class="byte-bits" role="group" aria-label={format!("Bits of byte {}", sheet.at)}>{ for (0..8).rev().map(bit) }</div>
            <p class="actions">
                if sheet.is_changed(sheet.at) { <button type="button" class="button small" onclick={edit(Edit::Toggle)}>{ text::BACK }</button> }
                if let Some(open) = by_itself { <button type="button" class="button small" onclick={edit(open)}>{ text::BY_ITSELF }</button> }
            </p>
        </div>
    }
}

fn bit(set: bool, place: u8, onclick: &Callback<MouseEvent>) -> Html {
    let worth = 1_u8 << place;
    html! {
        <button type="button" {onclick} aria-pressed={set.to_string()} title={format!("Turn round the bit worth {worth}")}>
            <span class="heard">{ format!("Bit worth {worth}: ") }</span>{ u8::from(set) }
        </button>
    }
}
