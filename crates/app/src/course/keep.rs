//! A copy of what was done: saved as a file, brought in again, or all of it erased.

use std::rc::Rc;

use js_sys::{Array, Date};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_study::progress::{Contents, ImportError, LONGEST, Progress};
use web_sys::{Blob, File, FileList};
use yew::prelude::*;

use super::{
    keep_text as text,
    progress::{Learner, use_learner},
};
use crate::{
    components::{Accepts, Confirm, file_button, time},
    files::use_object_url,
};

/// What is being done with a copy.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Nothing, or what has come of it.
    Said(&'static str),
    /// Why it was not done.
    Failed(String),
    /// A file that would replace what is here.
    Asking(Rc<Progress>),
}

/// What is kept, a copy to save, a way to bring one in, and a way to erase it.
#[component]
pub(crate) fn ProgressFile() -> Html {
    let stage = use_state_eq(|| Stage::Said(""));
    let Some(learner) = use_learner() else { return Html::default() };
    let contents = learner.known.progress.contents();
    let put = replacing(&learner, stage.setter());
    let chosen = {
        let (stage, put) = (stage.setter(), put.clone());
        let empty = contents == Contents::default() && learner.known.unkept.is_none();
        Callback::from(move |files: Option<FileList>| {
            let Some(file) = files.and_then(|files| files.get(0)) else { return };
            let (stage, put) = (stage.clone(), put.clone());
            spawn_local(async move {
                match read(file).await {
                    Ok(progress) if empty => put.emit((progress.into(), text::BROUGHT_IN)),
                    Ok(progress) => stage.set(Stage::Asking(progress.into())),
                    Err(error) => stage.set(Stage::Failed(error.to_string())),
                }
            });
        })
    };
    html! {
        <section id="kept">
            <h2>{ text::TITLE }</h2>
            <p>{ text::HINT }</p>
            <p><strong>{ if contents == Contents::default() { text::NOTHING.to_owned() } else { text::said(&contents) } }</strong></p>
            <div class="actions">
                if contents != Contents::default() { <Copy progress={learner.known.progress.clone()} /> }
                { file_button(text::BRING_IN.into(), "", Accepts::One, chosen) }
            </div>
            <p role="status">{ if let Stage::Said(text) = &*stage { text } else { "" } }</p>
            { asked(&stage, &contents, &put) }
            { erase(&stage, &erasing(&learner, stage.setter())) }
        </section>
    }
}

/// What puts progress in the place of what is here, and says so.
fn replacing(learner: &Learner, stage: UseStateSetter<Stage>) -> Callback<(Rc<Progress>, &'static str)> {
    let learner = learner.clone();
    Callback::from(move |(progress, said): (Rc<Progress>, _)| {
        let (learner, stage) = (learner.clone(), stage.clone());
        spawn_local(async move {
            let done = learner.replace((*progress).clone()).await;
            stage.set(done.map_or_else(Stage::Failed, |()| Stage::Said(said)));
        });
    })
}

/// What erases all of it, and says so.
fn erasing(learner: &Learner, stage: UseStateSetter<Stage>) -> Callback<()> {
    let learner = learner.clone();
    Callback::from(move |()| {
        let (learner, stage) = (learner.clone(), stage.clone());
        stage.set(Stage::Said(text::ERASING));
        spawn_local(async move {
            let done = learner.erase().await;
            stage.set(done.map_or_else(Stage::Failed, |()| Stage::Said(text::ERASED)));
        });
    })
}

/// Reads a file, all of it or nothing.
async fn read(file: File) -> Result<Progress, ImportError> {
    if file.size() > LONGEST as f64 {
        return Err(ImportError::TooLong);
    }
    let read = JsFuture::from(file.text()).await;
    Progress::from_text(&read.ok().and_then(|text| text.as_string()).ok_or(ImportError::NotProgress)?)
}

fn asked(stage: &Stage, here: &Contents, put: &Callback<(Rc<Progress>, &'static str)>) -> Html {
    match stage {
        Stage::Said(_) => Html::default(),
        Stage::Failed(why) => html! { <p class="failure" role="alert">{ why }</p> },
        Stage::Asking(progress) => {
            let there = progress.contents();
            let progress = progress.clone();
            let row = |name: &str, contents: &Contents| {
                let last = contents.last.map(|at| html! {<>{ ", last on " }{ time(at, true) }</>});
                html! { <div><dt>{ name }</dt><dd>{ text::said(contents) }{ last.unwrap_or_default() }</dd></div> }
            };
            html! {
                <Confirm id="replace-progress" word="replace" action="Replace what is here" busy=false
                    confirmed={put.reform(move |()| (progress.clone(), text::BROUGHT_IN))}>
                    <dl class="facts">{ row("In the file", &there) }{ row("Here", here) }</dl>
                    <p>{ text::REPLACE_HINT }</p>
                </Confirm>
            }
        }
    }
}

/// A form that erases all of it. Once it has, the word has to be typed anew.
fn erase(stage: &Stage, confirmed: &Callback<()>) -> Html {
    let (busy, erased) = (*stage == Stage::Said(text::ERASING), *stage == Stage::Said(text::ERASED));
    html! {
        <details>
            <summary>{ text::ERASE }</summary>
            <Confirm key={u8::from(erased)} id="erase-progress" word="erase" action="Erase it" {busy} {confirmed}>
                <p>{ text::ERASE_HINT }</p>
            </Confirm>
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct CopyProps {
    progress: Rc<Progress>,
}

/// A link to a file of it.
#[component]
fn Copy(props: &CopyProps) -> Html {
    let blob = use_state_eq(|| None);
    use_effect_with(props.progress.clone(), {
        let blob = blob.setter();
        move |progress| {
            let parts = Array::of1(&progress.to_text().into());
            blob.set(Blob::new_with_str_sequence(&parts).ok().map(|blob| (blob, today())));
        }
    });
    let url = use_object_url(blob.as_ref().map(|(blob, _)| blob.clone()));
    let name = blob.as_ref().map(|(_, today)| format!("waxseal-progress-{today}.json"));
    html! { <a class="button" href={url} download={name}>{ text::SAVE }</a> }
}

/// `2026-11-28`
fn today() -> String {
    let date = String::from(Date::new_0().to_iso_string());
    date.split('T').next().unwrap_or_default().to_owned()
}
