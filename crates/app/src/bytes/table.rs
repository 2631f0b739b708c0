//! Bytes as a table: offsets in the margin, groups of four, hexadecimal and text.

use yew::{prelude::*, virtual_dom::VText};

use super::rows::{PER_ROW, Window, characters, hex, offset};

/// How bytes are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// With their text beside them.
    Plain,
    /// A key: random, so without text.
    Key,
    /// A key that turns to zeros, from left to right.
    Wiped,
}

/// The table of the bytes in a window.
pub(crate) fn table(name: &AttrValue, bytes: &[u8], window: Window, look: Look) -> Html {
    let rows = bytes
        .chunks(PER_ROW)
        .enumerate()
        .map(|(n, bytes)| row(bytes, offset(window.from + (n * PER_ROW) as u64, window.length), look));
    html! {
        <table class={classes!("bytes-table", (look == Look::Wiped).then_some("bytes-wiped"))}>
            <caption class="heard">{ name }</caption>
            <thead class="heard">
                <tr>
                    <th scope="col">{ "Offset" }</th>
                    { for (0..PER_ROW).map(|n| html! { <th scope="col">{ n }</th> }) }
                    if look == Look::Plain { <th scope="col">{ "Text" }</th> }
                </tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

fn row(bytes: &[u8], offset: String, look: Look) -> Html {
    let missing = PER_ROW - bytes.len();
    html! {
        <tr>
            <th scope="row">{ offset }</th>
            { for bytes.iter().map(|byte| cell(*byte, look)) }
            if missing > 0 { <td class="bytes-missing" colspan={missing.to_string()}></td> }
            if look == Look::Plain { <td class="bytes-text">{ characters(bytes) }</td> }
        </tr>
    }
}

fn cell(byte: u8, look: Look) -> Html {
    match look {
        Look::Plain | Look::Key => html! { <td>{ digits(byte) }</td> },
        Look::Wiped => html! {
            <td><span class="bytes-was" aria-hidden="true">{ digits(byte) }</span><span>{ digits(0) }</span></td>
        },
    }
}

/// The digits, borrowed: drawing a key makes no copies of it as text.
fn digits(byte: u8) -> Html {
    VText::new(AttrValue::Static(hex(byte))).into()
}
