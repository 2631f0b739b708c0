//! The file page: one file in, one file out, and the story of what happened between.

mod base64;
mod carry;
mod context;
mod inspect;
mod intake;
mod keys;
mod offer;
mod outcome;
mod pace;
mod place;
mod recognise;
mod state;
mod text;
mod work;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{Failure, LocalError, LocalErrorCode, job::Job, trace::Role};
use web_sys::{Blob, Element, File};
use yew::prelude::*;
use yew_router::hooks::use_location;

use crate::{
    bridge::{Freight, JobEvent, JobHandle, use_service},
    bytes::WatchedKey,
    components::{Page, dom},
    route::asked,
    shapes::shape,
    words::size,
};
pub(crate) use inspect::Inspect;
use intake::{choose, drop_area, use_intake};
use offer::{Offer, Wishes};
use outcome::Outcome;
pub(crate) use outcome::use_object_url;
use recognise::Kind;
use state::{Act, Desk, Ended, Picked};
use work::work;

/// Encrypts and decrypts files.
#[component]
pub(crate) fn Files() -> Html {
    let desk = use_reducer(|| carry::take().map_or(Desk::<File, Blob>::Empty, Desk::Chosen));
    let asked = use_location().and_then(|location| asked(location.query_str(), "key").map(str::to_owned));
    let wishes = use_state_eq(|| Rc::new(Wishes { key: asked, ..Wishes::default() }));
    let count = use_state_eq(|| 1);
    let act = Callback::from({
        let dispatch = desk.dispatcher();
        move |act| dispatch.dispatch(act)
    });
    let intake = use_callback((), {
        let (act, count) = (act.clone(), count.clone());
        move |(picked, of), ()| {
            count.set(of);
            act.emit(Act::Pick(picked));
        }
    });
    let hovers = use_intake(intake.clone());
    let (begin, stop) = use_job(desk.picked().cloned(), act.clone());
    let place = use_focus(&desk);
    let clear = Callback::from({
        let (act, stop) = (act.clone(), stop.clone());
        move |()| {
            stop.emit(());
            act.emit(Act::Clear);
        }
    });
    let body = match &*desk {
        Desk::Empty => drop_area(&intake, hovers),
        Desk::Chosen(picked) => html! {
            <Offer picked={picked.clone()} wishes={(*wishes).clone()} begin={begin.clone()} turn={act.reform(Act::Turn)}
                wish={move |wish| wishes.set(Rc::new(wish))} />
        },
        Desk::Working { picked, pace, stopping } => {
            work(text::working(picked.direction, &picked.name), pace, *stopping, &stop)
        }
        Desk::Done { picked, ended } => html! {
            <Outcome picked={picked.clone()} ended={ended.clone()} intake={intake.clone()} {begin}
                again={act.reform(|()| Act::Again)} clear={clear} />
        },
    };
    html! {
        <Page title={text::TITLE} class={classes!("files", hovers.then_some("files-hover"))}>
            <p class="lead">{ text::LEAD }</p>
            if let Desk::Chosen(picked) = &*desk { { file_line(picked, *count, &intake) } }
            <div class="desk" tabindex="-1" ref={place}>{ body }</div>
        </Page>
    }
}

/// Moves the focus along when one thing on the desk takes another's place. A result takes it for itself.
#[hook]
fn use_focus(desk: &Desk<File, Blob>) -> NodeRef {
    let (place, first) = (use_node_ref(), use_mut_ref(|| true));
    let result = matches!(desk, Desk::Done { ended, .. } if ended.result.is_ok());
    use_effect_with(std::mem::discriminant(desk), {
        let place = place.clone();
        move |_| {
            if !first.replace(false) && !result {
                place.cast::<Element>().iter().for_each(dom::focus);
            }
        }
    });
    place
}

/// Starts a job with the file on the desk, and stops it or lets go of its result. What the worker says goes to the desk.
#[hook]
fn use_job(picked: Option<Picked<File>>, act: Callback<Act<File, Blob>>) -> (offer::Begin, Callback<()>) {
    let (bridge, handle) = (use_service().bridge, use_mut_ref(|| None::<JobHandle>));
    use_effect_with((), {
        let handle = handle.clone();
        move |()| move || handle.take().iter().for_each(JobHandle::cancel)
    });
    let begin = {
        let (act, handle) = (act.clone(), handle.clone());
        Callback::from(move |(job, watch): (Job, bool)| {
            let Some(picked) = picked.clone() else { return };
            let (act, handle, bridge) = (act.clone(), handle.clone(), bridge.clone());
            spawn_local(async move {
                // Whoever asks where the result is to go and gets no answer does not begin.
                let Ok(target) = place::ask(&picked).await else { return };
                act.emit(Act::Begin(dom::now() as f64));
                let saved = !target.is_undefined();
                let events = act.reform(move |event| heard(event, saved));
                let job = bridge.start_job(Freight { file: picked.file, target }, job, watch, events);
                handle.replace(Some(job)).iter().for_each(JobHandle::cancel);
            });
        })
    };
    let stop = Callback::from(move |()| {
        act.emit(Act::Stop);
        handle.borrow().iter().for_each(JobHandle::cancel);
    });
    (begin, stop)
}

/// What the worker says, as something that happens on the desk. A data key is taken over at once.
fn heard(event: JobEvent, saved: bool) -> Act<File, Blob> {
    let key = |secret: Option<js_sys::ArrayBuffer>| secret.as_ref().map(WatchedKey::take);
    match event {
        JobEvent::Progress { done, total } => Act::Progress(dom::now() as f64, done, total),
        JobEvent::Done { report, file, secret } => {
            let missing = || LocalError::new(LocalErrorCode::BadFrame, text::NOTHING_OUT);
            let result = file.ok_or_else(|| Failure::Local(missing()));
            Act::End(Ended { saved, ..Ended::new(result, report, key(secret)) })
        }
        JobEvent::Failed { failure, report, secret } => {
            Act::End(Ended::new(Err(failure), report, key(secret)))
        }
    }
}

/// The file on the desk in one line.
fn file_line(picked: &Picked<File>, count: u32, intake: &intake::Intake) -> Html {
    let role = if picked.kind == Kind::Other { Role::Plaintext } else { Role::Ciphertext };
    html! {
        <div class="file-line">
            { shape(role, "shape-large") }
            <div>
                <p class="file-name">{ &picked.name }</p>
                <p class="soft">{ format!("{}, {}", size(picked.length), text::kind(picked.kind)) }</p>
                if count > 1 { <p class="soft">{ text::one_of(count) }</p> }
            </div>
            { choose(intake, text::CHOOSE_OTHER, "") }
        </div>
    }
}
