//! The parts of what is looked at, each with its place and its value.

use waxseal_api::inspection::Field;
use yew::prelude::*;

use super::{
    Looked,
    state::{Edit, Table, part_of},
    text,
};
use crate::shapes::{self, shape};

/// So many parts are listed whatever is in sight.
const FEW: usize = 60;

/// The list; of many parts those that have bytes among the ones that are drawn.
pub(super) fn list(
    looked: &Looked,
    table: &UseReducerDispatcher<Table>,
    lit: &UseStateHandle<Option<usize>>,
    (from, to): (usize, usize),
) -> Html {
    let parts = &looked.parts;
    let few = parts.len() <= FEW;
    let in_sight = |part: &Field| part.offset < to as u64 && part.offset + part.length >= from as u64;
    let shown = parts.iter().enumerate().filter(|(_, part)| few || in_sight(part));
    let here = part_of(parts, looked.sheet.at);
    html! {
        <div class="byte-parts">
            if !parts.is_empty() { <h3>{ text::PARTS }</h3> }
            if !few { <p class="soft small">{ text::PARTS_IN_SIGHT }</p> }
            <ol role="list">{ for shown.map(|(at, part)| line(looked, table, lit, (at, part), here)) }</ol>
        </div>
    }
}

fn line(
    looked: &Looked,
    table: &UseReducerDispatcher<Table>,
    lit: &UseStateHandle<Option<usize>>,
    (at, part): (usize, &Field),
    here: Option<usize>,
) -> Html {
    let onclick = {
        let (table, offset) = (table.clone(), part.offset as isize);
        move |_: MouseEvent| table.dispatch(Edit::Go(offset))
    };
    let point = |to: Option<usize>| {
        let lit = lit.clone();
        move || lit.set(to)
    };
    let (over, leave) = (point(Some(at)), point(None));
    let (focus, blur) = (over.clone(), leave.clone());
    let role = text::role(looked.kind, &part.name);
    let current = here == Some(at);
    let class = classes!("byte-part", shapes::class(role), (**lit == Some(at)).then_some("byte-lit"));
    html! {
        <li key={at} {class} aria-current={current.then_some("true")}
            onmouseover={move |_: MouseEvent| over()} onmouseleave={move |_: MouseEvent| leave()}>
            <button type="button" class="quiet" {onclick} onfocus={move |_: FocusEvent| focus()} onblur={move |_: FocusEvent| blur()}>
                { shape(role, "") }<strong>{ part.name.clone().into_owned() }</strong>
                <span class="soft small">{ text::place(part) }</span>
            </button>
            <code>{ text::value(part) }</code>
        </li>
    }
}
