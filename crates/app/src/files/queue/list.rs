//! The files of a queue, each in a row.

use std::rc::Rc;

use waxseal_api::trace::Role;
use web_sys::{Blob, File};
use yew::prelude::*;

use super::{Act, Entry, State};
use crate::{
    failure::{Explanation, explain},
    files::{
        download::{Download, Downloads, LISTED, more},
        recognise::Kind,
        text,
        work::Order,
    },
    shapes::shape,
    words::size,
};

#[derive(Properties, PartialEq)]
pub(crate) struct ListProps {
    /// The files.
    pub(crate) entries: Vec<Rc<Entry<File, Blob>>>,
    /// Whether it is settled what is done with them.
    pub(crate) begun: bool,
    /// Whether it stands still.
    pub(crate) paused: bool,
    /// Called with what is to happen to the queue.
    pub(crate) act: Callback<Act<Blob>>,
    /// Called with an order to the file that is being worked on.
    pub(crate) order: Callback<Order>,
}

/// The first files of a queue, and more of them on demand.
#[component]
pub(crate) fn List(props: &ListProps) -> Html {
    let shown = use_state_eq(|| LISTED);
    let row = |entry: &Rc<Entry<File, Blob>>| {
        let (begun, paused) = (props.begun, props.paused);
        let (act, order) = (props.act.clone(), props.order.clone());
        html! { <Row key={entry.id} entry={entry.clone()} {begun} {paused} {act} {order} /> }
    };
    html! {<>
        <ul class="queue">{ for props.entries.iter().take(*shown).map(row) }</ul>
        { more(props.entries.len(), &shown) }
    </>}
}

#[derive(Properties, PartialEq)]
struct RowProps {
    entry: Rc<Entry<File, Blob>>,
    begun: bool,
    paused: bool,
    act: Callback<Act<Blob>>,
    order: Callback<Order>,
}

/// One file: what it is, what it has come to, and what can be done about that.
#[component]
fn Row(props: &RowProps) -> Html {
    let picked = &props.entry.picked;
    let role = if picked.kind == Kind::Other { Role::Plaintext } else { Role::Ciphertext };
    let path = picked.parts.first().map(|part| part.path.clone()).unwrap_or_default();
    html! {
        <li class="queue-row">
            { shape(role, "") }
            <div class="queue-file">
                <p class="queue-name">{ path }</p>
                { told(props) }
            </div>
            { way_out(props) }
        </li>
    }
}

fn told(props: &RowProps) -> Html {
    let length = size(props.entry.picked.length);
    match &props.entry.state {
        State::Waiting if !props.begun => {
            html! { <p class="soft small">{ format!("{length}, {}", text::to_be(props.entry.picked.direction)) }</p> }
        }
        State::Waiting => html! { <p class="soft small">{ format!("{length}, {}", text::WAITING) }</p> },
        State::Working(done) => html! {
            <p class="small">{ text::percent(props.entry.picked.direction, props.paused, *done, props.entry.picked.length) }</p>
        },
        State::Done(files) => match &files[..] {
            [(name, blob)] => html! { <p><Download name={name.clone()} blob={blob.clone()} class="" /></p> },
            files => html! {
                <details>
                    <summary>{ text::files(files.len()) }</summary>
                    <Downloads files={files.to_vec()} />
                </details>
            },
        },
        State::Failed(failure) => {
            let Explanation { headline, next, .. } = explain(failure);
            html! { <p class="wrong small"><strong>{ headline }{ "." }</strong>{ " " }{ next }</p> }
        }
        State::Cancelled => html! { <p class="soft small">{ text::CANCELLED_ONE }</p> },
    }
}

/// The button that takes a file out of the queue or stops it.
fn way_out(props: &RowProps) -> Html {
    let Entry { id, picked, state } = &*props.entry;
    let (words, act) = match state {
        State::Working(_) => (text::CANCEL, props.order.reform(|_: MouseEvent| Order::Stop)),
        State::Waiting => {
            let id = *id;
            let words = if props.begun { text::CANCEL } else { text::REMOVE };
            (words, props.act.reform(move |_: MouseEvent| Act::Drop(id)))
        }
        State::Done(_) | State::Failed(_) | State::Cancelled => return Html::default(),
    };
    html! {
        <button type="button" class="quiet" onclick={act}>
            { words }<span class="heard">{ format!(" {}", picked.name) }</span>
        </button>
    }
}
