//! A copy of what was done: saved as a file, brought in again, or all of it erased.

use std::rc::Rc;

use js_sys::{Array, Date};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_study::{
    progress::{Contents, ImportError, LONGEST, Progress},
    words::Word,
};
use web_sys::{Blob, File, FileList};
use yew::prelude::*;

use super::{
    keep_text as text,
    progress::{Learner, use_learner},
    words::{around, say},
};
use crate::{
    components::{Accepts, Confirm, file_button, time},
    files::use_object_url,
};

/// What is being done with a copy.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Nothing, or what has come of it.
    Said(Option<Word>),
    /// Why it was not done.
    Failed(String),
    /// A file that would replace what is here.
    Asking(Rc<Progress>),
}

/// What is kept, a copy to save, a way to bring one in, and a way to erase it.
#[component]
pub(crate) fn ProgressFile() -> Html {
    let stage = use_state_eq(|| Stage::Said(None));
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
                    Ok(progress) if empty => put.emit((progress.into(), Word::KeepBroughtIn)),
                    Ok(progress) => stage.set(Stage::Asking(progress.into())),
                    Err(error) => stage.set(Stage::Failed(text::unfit(&error))),
                }
            });
        })
    };
    html! {
        <section id="kept">
            <h2>{ say(Word::KeepTitle) }</h2>
            <p>{ say(Word::KeepHint) }</p>
            <p><strong>{ if contents == Contents::default() { say(Word::KeepNothing).to_owned() } else { text::said(&contents) } }</strong></p>
            <div class="actions">
                if contents != Contents::default() { <Copy progress={learner.known.progress.clone()} /> }
                { file_button(say(Word::KeepBringIn).into(), "", Accepts::One, chosen) }
            </div>
            <p role="status">{ if let Stage::Said(Some(word)) = *stage { say(word) } else { "" } }</p>
            { asked(&stage, &contents, &put) }
            { erase(&stage, &erasing(&learner, stage.setter())) }
        </section>
    }
}

/// What puts progress in the place of what is here, and says so.
fn replacing(learner: &Learner, stage: UseStateSetter<Stage>) -> Callback<(Rc<Progress>, Word)> {
    let learner = learner.clone();
    Callback::from(move |(progress, said): (Rc<Progress>, _)| {
        let (learner, stage) = (learner.clone(), stage.clone());
        spawn_local(async move {
            let done = learner.replace((*progress).clone()).await;
            stage.set(done.map_or_else(Stage::Failed, |()| Stage::Said(Some(said))));
        });
    })
}

/// What erases all of it, and says so.
fn erasing(learner: &Learner, stage: UseStateSetter<Stage>) -> Callback<()> {
    let learner = learner.clone();
    Callback::from(move |()| {
        let (learner, stage) = (learner.clone(), stage.clone());
        stage.set(Stage::Said(Some(Word::KeepErasing)));
        spawn_local(async move {
            let done = learner.erase().await;
            stage.set(done.map_or_else(Stage::Failed, |()| Stage::Said(Some(Word::KeepErased))));
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

fn asked(stage: &Stage, here: &Contents, put: &Callback<(Rc<Progress>, Word)>) -> Html {
    match stage {
        Stage::Said(_) => Html::default(),
        Stage::Failed(why) => html! { <p class="failure" role="alert">{ why }</p> },
        Stage::Asking(progress) => {
            let there = progress.contents();
            let progress = progress.clone();
            let row = |name: Word, contents: &Contents| {
                let last = contents.last.map(|at| around(Word::KeepLast, time(at, true)));
                html! { <div><dt>{ say(name) }</dt><dd>{ text::said(contents) }{ last.unwrap_or_default() }</dd></div> }
            };
            html! {
                <Confirm id="replace-progress" word={say(Word::KeepReplaceWord)} action={say(Word::KeepReplaceAction)} busy=false
                    confirmed={put.reform(move |()| (progress.clone(), Word::KeepBroughtIn))}>
                    <dl class="facts">{ row(Word::KeepInFile, &there) }{ row(Word::KeepHere, here) }</dl>
                    <p>{ say(Word::KeepReplaceHint) }</p>
                </Confirm>
            }
        }
    }
}

/// A form that erases all of it. Once it has, it is folded away, and empty.
fn erase(stage: &Stage, confirmed: &Callback<()>) -> Html {
    let (busy, erased) =
        (*stage == Stage::Said(Some(Word::KeepErasing)), *stage == Stage::Said(Some(Word::KeepErased)));
    html! {
        <details key={u8::from(erased)}>
            <summary>{ say(Word::KeepErase) }</summary>
            <Confirm id="erase-progress" word={say(Word::KeepEraseWord)} action={say(Word::KeepEraseAction)} {busy} {confirmed}>
                <p>{ say(Word::KeepEraseHint) }</p>
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
    html! { <a class="button" href={url} download={name}>{ say(Word::KeepSave) }</a> }
}

/// `2026-11-28`
fn today() -> String {
    let date = String::from(Date::new_0().to_iso_string());
    date.split('T').next().unwrap_or_default().to_owned()
}
