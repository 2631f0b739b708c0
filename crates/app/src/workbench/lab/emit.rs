//! What the lab becomes: a part of each of a lesson's files.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_study::author::Draft;
use yew::prelude::*;

use super::text;
use crate::{components::copy, workbench::files::hand_over};

#[derive(Properties, PartialEq)]
pub(super) struct EmitProps {
    pub(super) draft: Rc<Draft>,
    /// Whether the browser keeps the draft.
    pub(super) keeps: bool,
}

/// What is missing, both parts, and a button for each and for both.
#[component]
pub(super) fn Emit(props: &EmitProps) -> Html {
    let (draft, told) = (&props.draft, use_state_eq(|| ""));
    let problems = draft.problems();
    let download = {
        let draft = draft.clone();
        move |_: MouseEvent| {
            let id = draft.lab().id;
            let name = if id.is_empty() { "lab" } else { &id };
            hand_over(&format!("{name}.toml"), draft.file().as_bytes());
        }
    };
    html! {
        <section class="bench-part" aria-labelledby="lab-files">
            <h2 id="lab-files">{ text::FILES }</h2>
            if problems.is_empty() { <p>{ text::COMPLETE }</p> } else {
                <p>{ text::MISSING }</p>
                <ul class="lab-missing">{ for problems.iter().map(|problem| html! { <li>{ problem }</li> }) }</ul>
            }
            <p class="soft reading">{ text::FILES_HINT }</p>
            { part("lesson.toml", draft.lesson_part(), &told) }
            { part("en.toml", draft.words_part(), &told) }
            <p class="actions"><button type="button" class="button" onclick={download}>{ text::DOWNLOAD }</button><span role="status">{ *told }</span></p>
            <p class="soft">{ if props.keeps { text::KEPT } else { text::NOT_KEPT } }</p>
        </section>
    }
}

fn part(name: &'static str, text: String, told: &UseStateHandle<&'static str>) -> Html {
    let onclick = {
        let (told, text) = (told.setter(), text.clone());
        move |_: MouseEvent| {
            let (told, text) = (told.clone(), text.clone());
            spawn_local(
                async move { told.set(if copy(&text).await { text::COPIED } else { text::NOT_COPIED }) },
            );
        }
    };
    html! {<>
        <h3>{ name }</h3>
        <pre class="lab-part" tabindex="0" role="region" aria-label={format!("The part for {name}")}><code>{ text }</code></pre>
        <p class="actions"><button type="button" class="button small" {onclick}>{ "Copy" }<span class="heard">{ format!(" the part for {name}") }</span></button></p>
    </>}
}
