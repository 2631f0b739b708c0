//! The step in the address: `?step=3`.

use wasm_bindgen::JsValue;
use web_sys::{UrlSearchParams, Window};
use yew::prelude::*;

use crate::components::dom;

const NAME: &str = "step";

/// The step that the address asks for, counted from 1.
pub(crate) fn asked() -> Option<usize> {
    if cfg!(not(target_family = "wasm")) {
        return None;
    }
    let search = dom::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(NAME)?.parse().ok()
}

/// Keeps the step in the address while the story is shown.
#[hook]
pub(crate) fn use_step(at: usize) {
    use_effect_with(at, |at| write(Some(at + 1)));
    use_effect_with((), |()| {
        let path = path();
        move || {
            if self::path() == path {
                write(None);
            }
        }
    });
}

fn path() -> Option<String> {
    dom::window()?.location().pathname().ok()
}

/// Changes the address in place. A browser that refuses (too many changes at once) only shows an old step.
fn write(step: Option<usize>) {
    let change = |window: Window| {
        let path = window.location().pathname()?;
        let query = address(&window, step).unwrap_or(path);
        let history = window.history()?;
        history.replace_state_with_url(&history.state()?, "", Some(&query))
    };
    let _: Option<Result<(), JsValue>> = dom::window().map(change);
}

/// The query with a step; none where there is nothing to ask for.
#[cfg(not(feature = "workbench"))]
fn address(_: &Window, step: Option<usize>) -> Option<String> {
    step.map(|step| format!("?{NAME}={step}"))
}

/// The query with a step. Of which sandbox the page is stays in it.
#[cfg(feature = "workbench")]
fn address(window: &Window, step: Option<usize>) -> Option<String> {
    let query = UrlSearchParams::new_with_str(&window.location().search().ok()?).ok()?;
    query.delete(NAME);
    step.into_iter().for_each(|step| query.append(NAME, &step.to_string()));
    let text = String::from(query.to_string());
    (!text.is_empty()).then(|| format!("?{text}"))
}
