//! What came of a job.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure, LocalErrorCode,
    job::{CommitmentPolicy, DecryptOptions, Job},
};
use web_sys::{Blob, Element, File};
use yew::prelude::*;

use super::{
    base64,
    download::{Download, Downloads},
    inspect,
    intake::{Intake, choose},
    offer::Begin,
    save::SaveAll,
    state::{Direction, Ended, Picked, last},
    terminal::{Keep, LONGEST},
    text,
};
use crate::{
    bridge::use_service,
    bytes::Sources,
    components::dom,
    failure::{FailureNote, is_cancelled},
    flow::Flow,
};

#[derive(Properties, PartialEq)]
pub(crate) struct OutcomeProps {
    /// The file that went in.
    pub(crate) picked: Picked<File>,
    /// How it ended.
    pub(crate) ended: Ended<Blob>,
    /// Called with another file.
    pub(crate) intake: Intake,
    /// Called to have another go at the same file.
    pub(crate) again: Callback<()>,
    /// Called to have one with other options.
    pub(crate) begin: Begin,
    /// Called to put everything away, and to erase the copy of the data key.
    pub(crate) clear: Callback<()>,
}

/// The result or the failure, and the story of how it came about.
#[component]
pub(crate) fn Outcome(props: &OutcomeProps) -> Html {
    let OutcomeProps { picked, ended, intake, again, clear, .. } = props;
    let (heading, undecoded) = (use_heard(), use_state_eq(|| false));
    let in_sandbox = cfg!(feature = "workbench") && use_service().bridge.sandbox().is_some();
    let output = ended.result.as_ref().ok().cloned();
    let input = ended.packed.clone().or_else(|| picked.file().map(|file| file.clone().into()));
    let sources = Sources { input, output: output.clone(), data_key: ended.data_key.clone() };
    let cancelled = ended.result.as_ref().is_err_and(is_cancelled);
    let (head, way) = match &ended.result {
        Ok(_) if ended.saved => (result(picked, ended, heading), html! { <p>{ text::SAVED }</p> }),
        Ok(output) => (result(picked, ended, heading), offered(picked, ended, output)),
        Err(_) if cancelled => (
            html! { <p class="lead" role="status">{ text::CANCELLED }</p> },
            button(text::AGAIN, "button", again),
        ),
        Err(failure) => {
            (went_wrong(failure, props, undecoded, in_sandbox), button(text::AGAIN, "button", again))
        }
    };
    let listed = match &ended.files[..] {
        [] | [_] => Html::default(),
        _ => html! { <Downloads files={inside(ended)} /> },
    };
    let put_away = if ended.data_key.is_some() { text::CLEAR_KEY } else { text::CLEAR };
    html! {<>
        <div class="outcome">
            { head }
            <div class="actions">
                { way }
                if in_sandbox { { for kept(picked, ended).map(|(name, blob)| html! { <Keep {name} {blob} /> }) } }
                { choose(intake, text::CHOOSE_OTHER, "") }
                { button(put_away, "quiet", clear) }
            </div>
            { listed }
        </div>
        if !cancelled { <Flow story={ended.story.clone()} {sources} /> }
    </>}
}

/// What came out, in words.
fn result(picked: &Picked<File>, ended: &Ended<Blob>, heading: NodeRef) -> Html {
    let name = match &ended.files[..] {
        [] => picked.name.clone(),
        [(file, _)] => last(&file.path).to_owned(),
        files => text::files(files.len()),
    };
    let many = ended.files.len().max(picked.parts.len()) > 1;
    html! {
        <div class="result">
            <h2 ref={heading} tabindex="-1">{ text::done(picked.direction, &name, many) }</h2>
            <p>{ sizes(picked, ended) }</p>
            if ended.damaged { <p>{ text::DAMAGED }</p> }
            if let Some(context) = text::carries(&ended.context).filter(|_| picked.direction == Direction::Decrypt) {
                <p>{ context }</p>
            }
        </div>
    }
}

fn sizes(picked: &Picked<File>, ended: &Ended<Blob>) -> String {
    let packed = ended.packed.is_some() || !ended.files.is_empty();
    let output = match &ended.files[..] {
        [] => ended.output_length,
        files => files.iter().map(|(file, _)| file.length).sum(),
    };
    text::sizes(picked.direction, picked.length, output, packed)
}

/// What came out, where the terminal can have it: one file that is not on the way to where it was to be saved.
fn kept(picked: &Picked<File>, ended: &Ended<Blob>) -> Option<(String, Blob)> {
    let output = ended.result.as_ref().ok().filter(|_| !ended.saved && !ended.damaged)?;
    let (name, blob) = match &ended.files[..] {
        [] => (picked.output.clone(), output),
        [(file, blob)] => (last(&file.path).to_owned(), blob),
        _ => return None,
    };
    (blob.size() <= LONGEST).then(|| (name, blob.clone()))
}

/// Ways to keep what came out: of the files that were packed in it, or of all of it.
fn offered(picked: &Picked<File>, ended: &Ended<Blob>, output: &Blob) -> Html {
    if ended.files.is_empty() {
        let name = if ended.damaged { format!("{}.tar", picked.output) } else { picked.output.clone() };
        return html! { <Download {name} blob={output.clone()} class="button primary" /> };
    }
    if let [(file, blob)] = &ended.files[..] {
        let name = last(&file.path).to_owned();
        return html! { <Download {name} blob={blob.clone()} class="button primary" /> };
    }
    html! { <SaveAll files={inside(ended)} /> }
}

/// The files that were packed in what came out, each with its path.
fn inside(ended: &Ended<Blob>) -> Vec<(String, Blob)> {
    ended.files.iter().map(|(file, blob)| (file.path.clone(), blob.clone())).collect()
}

fn button(words: &'static str, class: &'static str, act: &Callback<()>) -> Html {
    html! { <button type="button" {class} onclick={act.reform(|_| ())}>{ words }</button> }
}

fn went_wrong(
    failure: &Failure,
    props: &OutcomeProps,
    undecoded: UseStateHandle<bool>,
    in_sandbox: bool,
) -> Html {
    html! {<>
        <FailureNote failure={failure.clone()} retry={props.again.clone()} />
        { decode(failure, &props.picked, &props.intake, undecoded) }
        { open_uncommitted(failure, &props.begin) }
        if props.picked.direction == Direction::Decrypt {
            { inspect::look(&props.picked, in_sandbox) }
        }
    </>}
}

/// For a message whose suite does not commit to its key: the way to read this one all the same.
fn open_uncommitted(failure: &Failure, begin: &Begin) -> Html {
    if !matches!(failure, Failure::Local(error) if error.code == LocalErrorCode::NotCommitting) {
        return Html::default();
    }
    let commitment_policy = CommitmentPolicy::RequireEncryptAllowDecrypt;
    let options = DecryptOptions { commitment_policy, ..DecryptOptions::default() };
    let onclick = begin.reform(move |_| (Job::Decrypt(options.clone()), false));
    html! { <p><button type="button" class="button" {onclick}>{ text::OPEN_UNCOMMITTED }</button></p> }
}

/// Moves the focus to what it is tied to, so that it is heard.
#[hook]
fn use_heard() -> NodeRef {
    let heading = use_node_ref();
    use_effect_with((), {
        let heading = heading.clone();
        move |()| heading.cast::<Element>().iter().for_each(dom::focus)
    });
    heading
}

/// For base64 text of a message: the way to decrypt it all the same.
pub(super) fn decode(
    failure: &Failure,
    picked: &Picked<File>,
    intake: &Intake,
    undecoded: UseStateHandle<bool>,
) -> Html {
    let Failure::Local(error) = failure else { return Html::default() };
    if error.code != LocalErrorCode::Base64Message {
        return Html::default();
    }
    if *undecoded {
        return html! { <p role="alert">{ text::UNDECODED }</p> };
    }
    let (Some(file), intake) = (picked.file().cloned(), intake.clone()) else { return Html::default() };
    let onclick = move |_| {
        let (file, intake, undecoded) = (file.clone(), intake.clone(), undecoded.clone());
        spawn_local(async move {
            match base64::decoded(&file).await {
                Ok(decoded) => intake.emit(vec![decoded]),
                Err(_) => undecoded.set(true),
            }
        });
    };
    html! { <p><button type="button" class="button" {onclick}>{ text::DECODE }</button></p> }
}
