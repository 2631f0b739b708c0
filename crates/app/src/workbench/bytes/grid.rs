//! The bytes as a grid: offsets in the margin, groups of four, and each byte one that can be gone to and turned round.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use waxseal_api::{dissection::BlobKind, inspection::Field};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::{
    Looked,
    state::{Edit, PER_ROW, Sheet, Table, part_of},
    text,
};
use crate::{
    bytes::{character, hex, offset},
    components::dom,
    shapes,
    workbench::window::{Window, use_window},
};

/// How high a row is before one was measured, in pixels.
const ROW: usize = 28;
/// Rows that Page Up and Page Down go.
const PAGE: isize = 16;

#[derive(Properties, PartialEq)]
pub(super) struct GridProps {
    pub(super) looked: Looked,
    pub(super) table: UseReducerDispatcher<Table>,
    /// The part that is pointed at, if one is.
    pub(super) lit: UseStateHandle<Option<usize>>,
    /// Which bytes are drawn.
    pub(super) drawn: Callback<(usize, usize)>,
}

/// The grid.
#[component]
pub(super) fn Grid(props: &GridProps) -> Html {
    let Looked { sheet, kind, parts } = &props.looked;
    let rows = sheet.bytes.len().div_ceil(PER_ROW);
    let window = use_window(rows, ROW);
    let (scroll, wants) = (use_node_ref(), use_mut_ref(Wants::default));
    use_follow(sheet, &window, &scroll, &wants);
    use_effect_with((window.drawn.start * PER_ROW, window.drawn.end * PER_ROW), {
        let drawn = props.drawn.clone();
        move |range| drawn.emit(*range)
    });
    let onkeydown = {
        let (table, at, wants) = (props.table.clone(), sheet.at as isize, wants.clone());
        move |event: KeyboardEvent| {
            if let Some(edit) = key(&event, at) {
                event.prevent_default();
                wants.borrow_mut().focus |= matches!(edit, Edit::Go(_));
                table.dispatch(edit);
            }
        }
    };
    let onclick = {
        let (table, wants) = (props.table.clone(), wants);
        move |event: MouseEvent| {
            if let Some(at) = pointed(&event) {
                wants.borrow_mut().focus = true;
                table.dispatch(Edit::Go(at as isize));
            }
        }
    };
    let onmouseover = {
        let (lit, parts) = (props.lit.clone(), parts.clone());
        move |event: MouseEvent| lit.set(pointed(&event).and_then(|at| part_of(&parts, at)))
    };
    let onmouseleave = {
        let lit = props.lit.clone();
        move |_: MouseEvent| lit.set(None)
    };
    let shown = *props.lit.clone();
    let row = |at: usize| row(sheet, *kind, parts, at, shown);
    html! {
        <div class="grid-scroll" ref={scroll} onscroll={window.onscroll.clone()}>
            <table role="grid" class="bytes-table byte-grid" aria-label={sheet.opening.name.clone()} aria-describedby="grid-keys"
                aria-rowcount={(rows + 1).to_string()} {onkeydown} {onclick} {onmouseover} {onmouseleave}>
                <thead>
                    <tr aria-rowindex="1">
                        <th scope="col">{ "Offset" }</th>
                        { for (0..PER_ROW).map(|n| html! { <th scope="col">{ n }</th> }) }
                        <th scope="col" class="bytes-text">{ "Text" }</th>
                    </tr>
                </thead>
                { window.body(row) }
            </table>
        </div>
    }
}

fn row(sheet: &Sheet, kind: BlobKind, parts: &Rc<[Field]>, row: usize, lit: Option<usize>) -> Html {
    let (from, length) = (row * PER_ROW, sheet.bytes.len());
    let end = (from + PER_ROW).min(length);
    let text: String = sheet.bytes[from..end].iter().map(|byte| character(*byte)).collect();
    html! {
        <tr key={row} aria-rowindex={(row + 2).to_string()}>
            <th scope="row">{ offset(from as u64, length as u64) }</th>
            { for (from..end).map(|at| cell(sheet, kind, parts, at, lit)) }
            if end < from + PER_ROW { <td class="bytes-missing" colspan={(from + PER_ROW - end).to_string()}></td> }
            <td class="bytes-text">{ text }</td>
        </tr>
    }
}

fn cell(sheet: &Sheet, kind: BlobKind, parts: &Rc<[Field]>, at: usize, lit: Option<usize>) -> Html {
    let (here, changed, part) = (at == sheet.at, sheet.is_changed(at), part_of(parts, at));
    let begins = part.is_some_and(|part| parts[part].offset == at as u64);
    let class = classes!(
        part.map(|part| shapes::class(text::role(kind, &parts[part].name))),
        begins.then_some("byte-begins"),
        changed.then_some("byte-changed"),
        (part.is_some() && part == lit).then_some("byte-lit"),
    );
    html! {
        <td {class} data-at={at.to_string()} tabindex={if here { "0" } else { "-1" }} aria-selected={here.then_some("true")}>
            { hex(sheet.bytes[at]) }
            if changed { <span class="heard">{ text::CHANGED }</span> }
        </td>
    }
}

/// Which byte an event is about.
fn pointed(event: &MouseEvent) -> Option<usize> {
    let cell = event.target()?.dyn_into::<Element>().ok()?.closest("[data-at]").ok()??;
    cell.get_attribute("data-at")?.parse().ok()
}

/// What a key does where a byte is looked at.
fn key(event: &KeyboardEvent, at: isize) -> Option<Edit> {
    if event.alt_key() || event.meta_key() {
        return None;
    }
    let (row, all) = (PER_ROW as isize, isize::MAX);
    Some(match (event.key().as_str(), event.ctrl_key()) {
        ("ArrowLeft", false) => Edit::Go(at - 1),
        ("ArrowRight", false) => Edit::Go(at + 1),
        ("ArrowUp", false) => Edit::Go(if at < row { at } else { at - row }),
        ("ArrowDown", false) => Edit::Go(at + row),
        ("PageUp", false) => Edit::Go(at - PAGE * row),
        ("PageDown", false) => Edit::Go(at + PAGE * row),
        ("Home", false) => Edit::Go(at / row * row),
        ("End", false) => Edit::Go(at / row * row + row - 1),
        ("Home", true) => Edit::Go(0),
        ("End", true) => Edit::Go(all),
        (" ", false) => Edit::Toggle,
        _ => return None,
    })
}

/// What is to be done for the byte that is looked at once it is drawn.
#[derive(Default)]
struct Wants {
    /// The move to another byte that was followed last.
    followed: u32,
    /// Whether the byte gets the focus.
    focus: bool,
}

/// Brings the byte that is looked at into sight when another one was gone to, and gives it the focus if the grid has it.
#[hook]
fn use_follow(sheet: &Sheet, window: &Window, scroll: &NodeRef, wants: &Rc<RefCell<Wants>>) {
    let (drawn, row) = (window.drawn.clone(), window.row);
    let (scroll, wants) = (scroll.clone(), wants.clone());
    use_effect_with((sheet.at, sheet.moves, drawn), move |(at, moves, drawn)| {
        let (line, mut wants) = (at / PER_ROW, wants.borrow_mut());
        let Some(scrolled) = scroll.cast::<Element>() else { return };
        if std::mem::replace(&mut wants.followed, *moves) != *moves {
            bring_into_sight(&scrolled, line, row);
        }
        if drawn.contains(&line) && std::mem::take(&mut wants.focus) {
            let cell = scrolled.query_selector(&format!("[data-at=\"{at}\"]"));
            cell.ok().flatten().iter().for_each(dom::focus);
        }
    });
}

/// Scrolls to a row of this height, if it cannot be seen. The head of the table covers a row.
fn bring_into_sight(scrolled: &Element, line: usize, row: usize) {
    let (top, height) = (scrolled.scroll_top().max(0) as usize, scrolled.client_height().max(0) as usize);
    let (first, end) = (line * row, (line + 2) * row);
    if first < top {
        scrolled.set_scroll_top(first as i32);
    } else if end > top + height {
        scrolled.set_scroll_top(end.saturating_sub(height) as i32);
    }
}
