//! What came of a job.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{Failure, LocalErrorCode};
use web_sys::{Blob, Element, File, Url};
use yew::prelude::*;

use super::{
    base64,
    intake::{Choose, Intake},
    state::{Direction, Ended, Picked},
    text,
};
use crate::{
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
    /// Called to put everything away, and to erase the copy of the data key.
    pub(crate) clear: Callback<()>,
}

/// The result or the failure, and the story of how it came about.
#[component]
pub(crate) fn Outcome(props: &OutcomeProps) -> Html {
    let OutcomeProps { picked, ended, intake, again, clear } = props;
    let sources = Sources {
        input: Some(picked.file.clone().into()),
        output: ended.result.as_ref().ok().cloned(),
        data_key: ended.data_key.clone(),
    };
    let cancelled = ended.result.as_ref().is_err_and(is_cancelled);
    let head = match &ended.result {
        Ok(_) => html! { <Result picked={picked.clone()} ended={ended.clone()} /> },
        Err(_) if cancelled => html! { <p class="lead" role="status">{ text::CANCELLED }</p> },
        Err(failure) => html! {<>
            <FailureNote failure={failure.clone()} retry={again.clone()} />
            { decode(failure, picked, intake) }
        </>},
    };
    html! {<>
        <div class="outcome">
            { head }
            <div class="actions">
                { match &ended.result {
                    Ok(blob) => html! { <Download blob={blob.clone()} name={picked.output_name()} /> },
                    Err(_) => html! {
                        <button type="button" class="button" onclick={again.reform(|_| ())}>{ text::AGAIN }</button>
                    },
                } }
                <Choose intake={intake.clone()} words={text::CHOOSE_OTHER} />
                <button type="button" class="quiet" onclick={clear.reform(|_| ())}>
                    { if ended.data_key.is_some() { text::CLEAR_KEY } else { text::CLEAR } }
                </button>
            </div>
        </div>
        if !cancelled { <Flow story={ended.story.clone()} {sources} /> }
    </>}
}

#[derive(Properties, PartialEq)]
struct ResultProps {
    picked: Picked<File>,
    ended: Ended<Blob>,
}

/// What came out, in words. The focus moves here, so that it is heard.
#[component]
fn Result(props: &ResultProps) -> Html {
    let ResultProps { picked, ended } = props;
    let heading = use_node_ref();
    use_effect_with((), {
        let heading = heading.clone();
        move |()| heading.cast::<Element>().iter().for_each(dom::focus)
    });
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

#[derive(Properties, PartialEq)]
struct DownloadProps {
    blob: Blob,
    name: AttrValue,
}

/// The link to the file that came out.
#[component]
fn Download(props: &DownloadProps) -> Html {
    let DownloadProps { blob, name } = props;
    let url = use_object_url(blob);
    html! { <a class="button primary" href={url} download={name}>{ text::download(name) }</a> }
}

/// An address for a file in memory, for as long as the component is shown.
#[hook]
fn use_object_url(blob: &Blob) -> Option<AttrValue> {
    let url = use_state_eq(|| None);
    let current = (*url).clone();
    use_effect_with(blob.clone(), move |blob| {
        let made = Url::create_object_url_with_blob(blob).ok();
        url.set(made.clone().map(AttrValue::from));
        move || {
            // An address that is not there any more need not be given back.
            let _ = made.map(|url| Url::revoke_object_url(&url));
        }
    });
    current
}

/// For base64 text of a message: the way to decrypt it all the same.
fn decode(failure: &Failure, picked: &Picked<File>, intake: &Intake) -> Html {
    let Failure::Local(error) = failure else { return Html::default() };
    if error.code != LocalErrorCode::Base64Message {
        return Html::default();
    }
    let (file, intake) = (picked.file.clone(), intake.clone());
    let onclick = move |_| {
        let (file, intake) = (file.clone(), intake.clone());
        spawn_local(async move {
            if let Ok(decoded) = base64::decoded(&file).await {
                intake.emit((decoded, 1));
            }
        });
    };
    html! { <p><button type="button" class="button" {onclick}>{ text::DECODE }</button></p> }
}
