//! What the site has and a part of the page needs.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use waxseal_study::{Index, words::Word};
use yew::prelude::*;

use super::{progress::Learner, words::say};

/// Something that is loaded: none until it is there, or why it cannot be.
pub(crate) type Loaded<T> = Option<Result<Rc<T>, JsValue>>;

/// Loads something, and anew when what is asked for changes.
#[hook]
pub(crate) fn use_loaded<Q, T, F>(question: Q, load: fn(Q) -> F) -> Loaded<T>
where
    Q: Clone + PartialEq + 'static,
    T: PartialEq + 'static,
    F: Future<Output = Result<T, JsValue>> + 'static,
{
    let loaded = use_state_eq(|| None::<(Q, Result<Rc<T>, JsValue>)>);
    let current = loaded.as_ref().filter(|(of, _)| *of == question).map(|(_, it)| it.clone());
    use_effect_with(question, {
        let loaded = loaded.setter();
        move |question| {
            let (question, wanted) = (question.clone(), Rc::new(Cell::new(true)));
            let still_wanted = wanted.clone();
            spawn_local(async move {
                let result = load(question.clone()).await;
                if still_wanted.get() {
                    loaded.set(Some((question, result.map(Rc::new))));
                }
            });
            move || wanted.set(false)
        }
    });
    current
}

/// Draws what is loaded, or says that it is not there.
pub(crate) fn when_loaded<T>(loaded: &Loaded<T>, draw: impl FnOnce(&Rc<T>) -> Html) -> Html {
    match loaded {
        None => waiting(),
        Some(Err(_)) => missing(),
        Some(Ok(it)) => draw(it),
    }
}

/// Draws what needs to know what the course has and what the learner has done.
pub(crate) fn when_known(learner: Option<Learner>, draw: impl FnOnce(&Learner, &Rc<Index>) -> Html) -> Html {
    match &learner {
        Some(it) if it.known.read => it.known.index.as_ref().map_or_else(missing, |index| draw(it, index)),
        _ => waiting(),
    }
}

fn waiting() -> Html {
    html! { <p class="pending" role="status">{ say(Word::LoadWaiting) }</p> }
}

fn missing() -> Html {
    html! { <p role="alert">{ say(Word::LoadMissing) }</p> }
}
