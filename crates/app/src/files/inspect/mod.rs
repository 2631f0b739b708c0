//! Looking inside an encrypted file: every field of the message, without its key; and verifying it with the key.

mod fields;
mod frame;
mod keys;
mod message;
mod rows;
mod run;
mod text;
mod verify;

use std::rc::Rc;

use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_api::{Failure, LocalError, LocalErrorCode, inspection::Inspection, job::Job};
use web_sys::{Blob, File};
use yew::prelude::*;

use super::{
    carry, file_line,
    intake::{drop_area, use_intake},
    state::Picked,
    work::work,
};
use crate::{
    components::{Link, Page},
    failure::{FailureNote, is_cancelled},
    route::Route,
};
use message::Message;
use run::{Run, use_run};
#[cfg(feature = "workbench")]
pub(crate) use text::about as about_field;

/// A link that takes a file along to where it is read. In a sandbox there is no such page, as the workbench reads bytes.
pub(crate) fn look(picked: &Picked<File>, in_sandbox: bool) -> Html {
    if in_sandbox {
        return Html::default();
    }
    html! { <p><Link to={Route::Inspect} before={carry::along(picked)}>{ text::LOOK }</Link></p> }
}

/// Reads the fields of a file that is dropped, chosen, or brought along from the file page.
#[component]
pub(crate) fn Inspect() -> Html {
    let picked = use_state_eq(carry::take);
    let (run, start, order) = use_run();
    let intake = use_callback((), {
        let picked = picked.clone();
        move |mut files: Vec<_>, ()| {
            // One at a time: the first.
            picked.set((!files.is_empty()).then(|| files.swap_remove(0)));
        }
    });
    let missed = use_callback((), |_, ()| ());
    let hovers = use_intake(intake.clone(), missed);
    let read = Callback::from({
        let (picked, start) = (picked.clone(), start.clone());
        move |()| {
            let file = picked.as_ref().and_then(|picked| picked.file().cloned());
            file.into_iter().for_each(|file| start.emit((file, Job::Inspect)));
        }
    });
    use_effect_with((*picked).clone(), {
        let read = read.clone();
        move |_| read.emit(())
    });
    let end = match &*run {
        Run::Ended(end) => Some(end.result.clone()),
        Run::Idle | Run::Going(..) => None,
    };
    let found = use_found(end.clone().and_then(Result::ok).flatten());
    let body = match (&*picked, &*run) {
        (None, _) => drop_area(&intake, hovers, false),
        (Some(_), Run::Going(pace, gait)) => work(text::READING.to_owned(), pace, *gait, &order),
        (Some(picked), _) => match end.and_then(Result::err).map_or(found, |failure| Some(Err(failure))) {
            None => Html::default(),
            Some(Ok(found)) => html! { <Message picked={picked.clone()} {found} intake={intake.clone()} /> },
            Some(Err(failure)) => unread(failure, &read),
        },
    };
    html! {
        <Page title={text::TITLE} class={classes!("files", "inspect", hovers.then_some("files-hover"))}>
            <p class="lead">{ text::LEAD }</p>
            if let Some(picked) = &*picked { { file_line(picked, &intake) } }
            <div class="desk">{ body }</div>
        </Page>
    }
}

/// What an inspection says, once its text has been read.
#[hook]
fn use_found(text: Option<Blob>) -> Option<Result<Rc<Inspection>, Failure>> {
    let found = use_state_eq(|| (None, None));
    let current = found.1.clone().filter(|_| found.0 == text);
    use_effect_with(text, move |text| {
        if let Some(blob) = text.clone() {
            spawn_local(async move {
                let text = JsFuture::from(blob.text()).await.ok().and_then(|text| text.as_string());
                let read = serde_json::from_str(&text.unwrap_or_default()).map(Rc::new);
                let unread = |_| Failure::Local(LocalError::new(LocalErrorCode::BadFrame, text::UNREAD));
                found.set((Some(blob), Some(read.map_err(unread))));
            });
        }
    });
    current
}

fn unread(failure: Failure, read: &Callback<()>) -> Html {
    if !is_cancelled(&failure) {
        return html! { <FailureNote {failure} retry={read.clone()} /> };
    }
    html! {
        <div class="actions">
            <p role="status">{ text::STOPPED }</p>
            <button type="button" class="button" onclick={read.reform(|_| ())}>{ text::READ_AGAIN }</button>
        </div>
    }
}
