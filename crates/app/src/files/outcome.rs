//! What came of a job.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure, LocalErrorCode,
    job::{CommitmentPolicy, DecryptOptions, Job},
};
use web_sys::{Blob, Element, File, Url};
use yew::prelude::*;

use super::{
    base64, carry, inspect,
    intake::{Intake, choose},
    offer::Begin,
    state::{Direction, Ended, Picked},
    text,
};
use crate::{
    bytes::Sources,
    components::{Link, dom},
    failure::{FailureNote, is_cancelled},
    flow::Flow,
    route::Route,
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
    let output = ended.result.as_ref().ok().cloned();
    let url = use_object_url(output.clone());
    let sources =
        Sources { input: Some(picked.file.clone().into()), output, data_key: ended.data_key.clone() };
    let cancelled = ended.result.as_ref().is_err_and(is_cancelled);
    let (head, way) = match &ended.result {
        Ok(_) if ended.saved => (result(picked, ended, heading), html! { <p>{ text::SAVED }</p> }),
        Ok(_) => (result(picked, ended, heading), download(url, &picked.output_name())),
        Err(_) if cancelled => (
            html! { <p class="lead" role="status">{ text::CANCELLED }</p> },
            button(text::AGAIN, "button", again),
        ),
        Err(failure) => (went_wrong(failure, props, undecoded), button(text::AGAIN, "button", again)),
    };
    let put_away = if ended.data_key.is_some() { text::CLEAR_KEY } else { text::CLEAR };
    html! {<>
        <div class="outcome">
            { head }
            <div class="actions">
                { way }
                { choose(intake, text::CHOOSE_OTHER, "") }
                { button(put_away, "quiet", clear) }
            </div>
        </div>
        if !cancelled { <Flow story={ended.story.clone()} {sources} /> }
    </>}
}

/// What came out, in words.
fn result(picked: &Picked<File>, ended: &Ended<Blob>, heading: NodeRef) -> Html {
    html! {
        <div class="result">
            <h2 ref={heading} tabindex="-1">{ text::done(picked.direction, &picked.name) }</h2>
            <p>{ text::sizes(picked.direction, picked.length, ended.output_length) }</p>
            if let Some(context) = text::carries(&ended.context).filter(|_| picked.direction == Direction::Decrypt) {
                <p>{ context }</p>
            }
        </div>
    }
}

fn download(url: Option<AttrValue>, name: &str) -> Html {
    html! { <a class="button primary" href={url} download={name.to_owned()}>{ text::download(name) }</a> }
}

fn button(words: &'static str, class: &'static str, act: &Callback<()>) -> Html {
    html! { <button type="button" {class} onclick={act.reform(|_| ())}>{ words }</button> }
}

fn went_wrong(failure: &Failure, props: &OutcomeProps, undecoded: UseStateHandle<bool>) -> Html {
    html! {<>
        <FailureNote failure={failure.clone()} retry={props.again.clone()} />
        { decode(failure, &props.picked, &props.intake, undecoded) }
        { open_uncommitted(failure, &props.begin) }
        if props.picked.direction == Direction::Decrypt {
            <p><Link to={Route::Inspect} before={carry::along(&props.picked)}>{ inspect::LOOK }</Link></p>
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

/// An address for a file in memory, for as long as the component is shown.
#[hook]
pub(crate) fn use_object_url(blob: Option<Blob>) -> Option<AttrValue> {
    let url = use_state_eq(|| None);
    let current = (*url).clone();
    use_effect_with(blob, move |blob| {
        let made = blob.as_ref().and_then(|blob| Url::create_object_url_with_blob(blob).ok());
        url.set(made.clone().map(AttrValue::from));
        move || {
            // An address that is not there any more need not be given back.
            let _ = made.map(|url| Url::revoke_object_url(&url));
        }
    });
    current
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
    let (file, intake) = (picked.file.clone(), intake.clone());
    let onclick = move |_| {
        let (file, intake, undecoded) = (file.clone(), intake.clone(), undecoded.clone());
        spawn_local(async move {
            match base64::decoded(&file).await {
                Ok(decoded) => intake.emit((decoded, 1)),
                Err(_) => undecoded.set(true),
            }
        });
    };
    html! { <p><button type="button" class="button" {onclick}>{ text::DECODE }</button></p> }
}
