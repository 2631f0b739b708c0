//! The byte inspector: what some bytes are, which of them mean what, and what happens when one is changed.

mod attempt;
mod grid;
mod panel;
mod parts;
mod source;
mod state;
mod text;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    dissection::{BlobKind, Dissection},
    inspection::Field,
    sandbox::{Task, Terminal},
};
use yew::prelude::*;

use self::{
    attempt::Attempt,
    grid::Grid,
    source::{Choose, decoded},
    state::{Edit, Sheet, Table},
};
pub(crate) use self::{source::of_terminal, state::Opening};
use crate::{bridge::use_service, components::dom};

#[derive(Properties, PartialEq)]
pub(crate) struct BytesProps {
    pub(crate) terminal: Rc<Terminal>,
    /// What another part of the page wants to be opened.
    pub(crate) opening: Option<Opening>,
}

/// What is looked at, with its parts.
#[derive(Debug, Clone, PartialEq)]
struct Looked {
    sheet: Sheet,
    kind: BlobKind,
    parts: Rc<[Field]>,
}

/// The inspector.
#[component]
pub(crate) fn Bytes(props: &BytesProps) -> Html {
    let table = use_reducer_eq(Table::default);
    let open = {
        let table = table.dispatcher();
        Callback::from(move |opening| table.dispatch(Edit::Open(opening)))
    };
    use_effect_with(props.opening.clone(), {
        let open = open.clone();
        move |opening| opening.iter().for_each(|opening| open.emit(opening.clone()))
    });
    use_effect_with(table.0.as_ref().map(|sheet| sheet.opening.clone()), |opening| {
        if opening.is_some() {
            dom::focus_first("#bytes-title");
        }
    });
    html! {<>
        <Choose terminal={props.terminal.clone()} open={open} />
        if let Some(sheet) = &table.0 { <Inspector key={sheet.opening.number()} sheet={sheet.clone()} table={table.dispatcher()} /> }
    </>}
}

#[derive(Properties, PartialEq)]
struct InspectorProps {
    sheet: Sheet,
    table: UseReducerDispatcher<Table>,
}

/// The bytes, their parts, and what can be done with them.
#[component]
fn Inspector(props: &InspectorProps) -> Html {
    let (sheet, table) = (&props.sheet, &props.table);
    let (first, now) = (use_dissected(&sheet.opening.bytes), use_dissected(&sheet.bytes));
    let (lit, drawn) = (use_state_eq(|| None), use_state_eq(|| (0, 0)));
    let looked = first.as_ref().zip(now.as_ref()).map(|(first, now)| Looked {
        sheet: sheet.clone(),
        kind: first.kind,
        parts: state::parts(first, now).into(),
    });
    let see = {
        let drawn = drawn.setter();
        Callback::from(move |range| drawn.set(range))
    };
    html! {
        <section class="bench-part" aria-labelledby="bytes-title">
            <h2 id="bytes-title" tabindex="-1">{ &sheet.opening.name }</h2>
            if let (Some(looked), Some(first), Some(now)) = (looked, &first, &now) {
                { verdict(sheet, first, now, table) }
                <div class="byte-sheet">
                    <div class="byte-left">
                        <Grid looked={looked.clone()} table={table.clone()} lit={lit.clone()} drawn={see} />
                        { panel::panel(&looked, table) }
                        <p class="soft small" id="grid-keys">{ text::GRID_KEYS }</p>
                    </div>
                    { parts::list(&looked, table, &lit, *drawn) }
                </div>
                <Attempt {looked} />
            } else {
                <p class="pending" role="status">{ text::ASKING }</p>
            }
        </section>
    }
}

/// What the bytes are, what is wrong with them, and which are changed.
fn verdict(sheet: &Sheet, first: &Dissection, now: &Dissection, table: &UseReducerDispatcher<Table>) -> Html {
    let edit = |edit: Edit| {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.dispatch(edit.clone()))
    };
    let stands_for = || decoded(std::str::from_utf8(&sheet.bytes).ok()?);
    let decoded = (now.kind == BlobKind::Encoded).then(stands_for).flatten();
    let decoded =
        decoded.map(|bytes| Edit::Open(Opening::new(&format!("{}-decoded", sheet.opening.name), bytes)));
    html! {
        <div class="byte-verdict">
            <div role="status">
                <p><strong>{ text::kind(now.kind) }</strong>{ format!(" {}.", crate::words::bytes(sheet.bytes.len() as u64)) }</p>
                if let Some(problem) = &now.problem { <p class="wrong">{ problem }</p> }
                if now.kind != first.kind { <p>{ text::OTHER_NOW }</p> }
                <p class="soft">{ text::changes(sheet) }</p>
            </div>
            <p class="actions">
                if sheet.bytes != sheet.opening.bytes { <button type="button" class="button small" onclick={edit(Edit::Restore)}>{ text::RESTORE }</button> }
                if let Some(open) = decoded { <button type="button" class="button small" onclick={edit(open)}>{ text::DECODE }</button> }
            </p>
        </div>
    }
}

/// What some bytes are, once the worker has said so; until then, what the ones before were.
#[hook]
fn use_dissected(bytes: &Rc<[u8]>) -> Option<Rc<Dissection>> {
    let (bridge, found) = (use_service().bridge, use_state_eq(|| None::<Rc<Dissection>>));
    let newest = use_mut_ref(|| 0_u32);
    use_effect_with(bytes.clone(), {
        let found = found.setter();
        move |bytes| {
            *newest.borrow_mut() += 1;
            let (serial, task) = (*newest.borrow(), Task::Dissect { bytes: (&**bytes).into() });
            spawn_local(async move {
                let asked: Result<Dissection, Failure> = bridge.perform(task).await;
                if *newest.borrow() == serial {
                    found.set(asked.ok().map(Rc::new));
                }
            });
        }
    });
    (*found).clone()
}
