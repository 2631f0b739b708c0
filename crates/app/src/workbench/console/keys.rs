//! The keys as a table, of which only the rows that are seen are drawn.

use std::rc::Rc;

use waxseal_api::Timestamp;
use yew::prelude::*;

use super::rows::{Column, Row, Wish, wanted};
use crate::{
    components::{TextField, breaking, dom},
    workbench::{text, window::use_window},
};

/// All keys, compared by where they are and not one by one.
#[derive(Clone)]
pub(super) struct Rows(pub(super) Rc<Vec<Row>>);

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct KeyTableProps {
    pub(super) rows: Rows,
    /// The ID of the key that is chosen.
    pub(super) chosen: Option<AttrValue>,
    pub(super) choose: Callback<Row>,
}

/// How high a row is before one was measured, in pixels.
const ROW: usize = 48;

/// The table, with a filter and headers that sort.
#[component]
pub(super) fn KeyTable(props: &KeyTableProps) -> Html {
    let wish = use_state_eq(|| Wish { filter: String::new(), by: Column::Alias, down: false });
    let order =
        use_memo((props.rows.clone(), (*wish).clone()), |(rows, wish): &(Rows, Wish)| wanted(&rows.0, wish));
    let window = use_window(order.len(), ROW);
    let row = |at: usize| {
        let row = &props.rows.0[order[at] as usize];
        line(row, at, props.chosen.as_deref() == Some(&*row.key.id), &props.choose)
    };
    html! {<>
        { filter(&wish) }
        <p class="soft small" role="status">{ text::keys_found(order.len(), props.rows.0.len()) }</p>
        <div class="key-scroll" role="region" aria-label="Keys" tabindex="0" onscroll={window.onscroll.clone()}>
            <table class="key-table" aria-rowcount={(order.len() + 1).to_string()}>
                <thead><tr aria-rowindex="1">{ for Column::ALL.iter().map(|it| header(*it, &wish)) }</tr></thead>
                { window.body(row) }
            </table>
        </div>
    </>}
}

fn filter(wish: &UseStateHandle<Wish>) -> Html {
    let change = wish.clone();
    TextField {
        id: "key-filter",
        label: text::KEY_FILTER.into(),
        exact: true,
        value: wish.filter.clone().into(),
        oninput: Callback::from(move |filter| change.set(Wish { filter, ..(*change).clone() })),
        ..TextField::default()
    }
    .draw()
}

fn header((column, words): (Column, &'static str), wish: &UseStateHandle<Wish>) -> Html {
    let sorted = (wish.by == column).then_some(if wish.down { "descending" } else { "ascending" });
    let wish = wish.clone();
    let onclick = move |_| {
        let down = wish.by == column && !wish.down;
        wish.set(Wish { by: column, down, ..(*wish).clone() });
    };
    let mark = match sorted {
        Some("descending") => " ↓",
        Some(_) => " ↑",
        None => "",
    };
    html! {
        <th scope="col" aria-sort={sorted}>
            <button type="button" class="quiet" {onclick}>{ words }<span aria-hidden="true">{ mark }</span></button>
        </th>
    }
}

fn line(row: &Row, at: usize, chosen: bool, choose: &Callback<Row>) -> Html {
    let key = &row.key;
    let onclick = {
        let (choose, row) = (choose.clone(), row.clone());
        move |_| choose.emit(row.clone())
    };
    let name = match row.name() {
        "" => html! { <>{ "no alias" }<span class="heard">{ format!(", {}", key.id) }</span></> },
        name => html! { name.to_owned() },
    };
    let (state, spec): (&'static str, &'static str) = (key.state.into(), key.spec.into());
    let (made, whole) = (day(key.created), key.id.starts_with("mrk-"));
    html! {
        <tr key={key.id.clone()} aria-rowindex={(at + 2).to_string()} class={classes!(chosen.then_some("key-chosen"))}>
            <th scope="row"><button type="button" class="quiet" aria-pressed={chosen.to_string()} {onclick}>{ name }</button></th>
            <td><code class={whole.then_some("key-whole")}>{ &key.id }</code></td>
            <td>{ breaking(state) }</td>
            <td>{ spec }</td>
            <td><time datetime={made.clone()}>{ made }</time></td>
        </tr>
    }
}

/// As `2026-11-28`: short, and quick to make for many rows.
fn day(at: Timestamp) -> String {
    let date = js_sys::Date::new(&(at.as_millis() as f64).into());
    String::from(date.to_iso_string()).chars().take(10).collect()
}

/// Moves the focus to what is told of a key, once it is there.
pub(super) fn focus_key() {
    dom::focus_first("#console-key");
}
