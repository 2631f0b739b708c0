//! The file page: files in, files out, and the story of what happened between.

mod base64;
mod carry;
mod context;
mod download;
mod inspect;
mod intake;
mod keys;
mod offer;
mod outcome;
mod own;
mod pace;
mod place;
mod queue;
mod recognise;
mod save;
mod state;
mod terminal;
mod text;
mod walk;
mod work;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{Failure, LocalError, LocalErrorCode, job::Job, trace::Role};
use web_sys::{Blob, Element, File};
use yew::prelude::*;
use yew_router::hooks::use_location;

use crate::{
    bridge::{Attached, Freight, JobEvent, JobHandle, use_service},
    bytes::WatchedKey,
    components::{Page, dom},
    failure::FailureNote,
    route::{Route, asked},
    sandbox::{parts, query},
    shapes::shape,
    words::size,
};
pub(crate) use download::use_object_url;
pub(crate) use inspect::Inspect;
#[cfg(feature = "workbench")]
pub(crate) use inspect::about_field;
use intake::{choose, drop_area, use_intake};
use offer::{Offer, Wishes};
use outcome::Outcome;
use queue::{Many, Queue, Start, use_queue};
use recognise::Kind;
use save::wrong;
use state::{Act, Brought, Desk, Direction, Ended, Picked};
#[cfg(feature = "workbench")]
pub(crate) use terminal::LONGEST;
use terminal::{TerminalFiles, use_brought};
use work::{Order, work};

#[derive(Properties, PartialEq)]
pub(crate) struct FilesProps {
    /// What else there is on the page, below.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// Encrypts and decrypts files.
#[component]
pub(crate) fn Files(props: &FilesProps) -> Html {
    let desk = use_reducer(|| carry::take().map_or(Desk::<File, Blob>::Empty, Desk::Chosen));
    let asked = use_location().and_then(|location| asked(location.query_str(), "key").map(str::to_owned));
    let wishes = use_state_eq(|| Rc::new(Wishes { key: asked, ..Wishes::default() }));
    let act = Callback::from({
        let dispatch = desk.dispatcher();
        move |act| dispatch.dispatch(act)
    });
    let intake = use_callback((), {
        let act = act.clone();
        move |picked, ()| act.emit(Act::Pick(picked))
    });
    let unread = use_state_eq(Vec::new);
    let missed = use_callback((), {
        let unread = unread.setter();
        move |paths, ()| unread.set(paths)
    });
    let hovers = use_intake(intake.clone(), missed);
    let (name, unbrought) = use_brought(&intake);
    let (work_on, order) = use_job(wishes.hide, act.clone());
    let many = if let Desk::Many(queue) = &*desk { Some(queue) } else { None };
    let order_one = use_queue(many, act.reform(Act::Queue));
    let begin = desk.picked().cloned().map_or_else(Callback::noop, |picked| {
        work_on.reform(move |(job, watch)| (picked.clone(), job, watch))
    });
    let wish = {
        let wishes = wishes.clone();
        Callback::from(move |wish| wishes.set(Rc::new(wish)))
    };
    let place = use_focus(&desk);
    let clear = Callback::from({
        let (act, order, unread) = (act.clone(), order.clone(), unread.clone());
        move |()| {
            unread.set(Vec::new());
            order.emit(Order::Stop);
            act.emit(Act::Clear);
        }
    });
    let line = if let Desk::Chosen(picked) = &*desk { Some(file_line(picked, &intake)) } else { None };
    let body = match &*desk {
        Desk::Empty => html! {<>
            { drop_area(&intake, hovers, true) }
            if cfg!(feature = "workbench") && name.is_some() { <TerminalFiles intake={intake.clone()} /> }
        </>},
        Desk::Chosen(picked) => html! {
            <Offer picked={picked.clone()} wishes={(*wishes).clone()} begin={begin.clone()} turn={act.reform(Act::Turn)}
                {wish} />
        },
        Desk::Many(queue) => {
            let (queue, wishes) = (queue.clone(), (*wishes).clone());
            let start = start(&queue, &act, &work_on);
            html! {
                <Many {queue} {wishes} {wish} {start} act={act.reform(Act::Queue)} order={order_one} {intake} {clear} />
            }
        }
        Desk::Working { picked, pace, gait } => {
            work(text::working(picked.direction, &picked.name), pace, *gait, &order)
        }
        Desk::Done { picked, ended } => html! {
            <Outcome picked={picked.clone()} ended={ended.clone()} intake={intake.clone()} {begin}
                again={act.reform(|()| Act::Again)} clear={clear} />
        },
    };
    html! {
        <Page title={if many.is_some() { text::TITLE_MANY } else { text::TITLE }} class={classes!("files", hovers.then_some("files-hover"))}>
            if let Some(name) = &name { { parts(&query(name).into(), Route::SandboxFiles, Route::SandboxFiles) } }
            <p class="lead">{ if name.is_some() { text::SANDBOX_LEAD } else { text::LEAD } }</p>
            { wrong(text::UNREAD, &unread) }
            if let Some(failure) = unbrought { <FailureNote {failure} /> }
            if let Some(line) = line { { line } }
            <div class="desk" tabindex="-1" ref={place}>{ body }</div>
            { props.children.clone() }
        </Page>
    }
}

/// What begins with many files: each by itself, or all that are to be encrypted in one.
fn start(queue: &Queue<File, Blob>, act: &Callback<Act<File, Blob>>, work_on: &WorkOn) -> Callback<Start> {
    let (queue, act, work_on) = (queue.clone(), act.clone(), work_on.clone());
    Callback::from(move |start| match start {
        Start::Each(plan) => act.emit(Act::Queue(queue::Act::Begin(dom::now() as f64, plan))),
        Start::Together(options) => {
            let count = queue.count(Direction::Encrypt);
            let picked = queue.together(Direction::Encrypt, text::files(count));
            work_on.emit((picked, Job::Encrypt(options), false));
        }
    })
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

/// Called with a file, a job, and whether its data key is to be watched.
type WorkOn = Callback<(Picked<File>, Job, bool)>;

/// Starts a job with a file, and gives it orders; one to stop lets go of its result. What the worker says goes to the desk.
#[hook]
fn use_job(hide: bool, act: Callback<Act<File, Blob>>) -> (WorkOn, Callback<Order>) {
    let (bridge, handle) = (use_service().bridge, use_mut_ref(|| None::<JobHandle>));
    use_effect_with((), {
        let handle = handle.clone();
        move |()| move || handle.take().iter().for_each(JobHandle::cancel)
    });
    let begin = {
        let (act, handle) = (act.clone(), handle.clone());
        Callback::from(move |(picked, job, watch): (Picked<File>, Job, bool)| {
            let (act, handle, bridge) = (act.clone(), handle.clone(), bridge.clone());
            let (job, output) = picked.prepare(job, hide.then(neutral_name).flatten());
            let picked = Picked { output: output.clone(), ..picked };
            spawn_local(async move {
                // Whoever asks where the result is to go and gets no answer does not begin.
                let Ok(target) = place::ask(picked.length, &job, &output).await else { return };
                act.emit(Act::Begin(dom::now() as f64, picked.clone()));
                let saved = !target.is_undefined();
                let events = act.reform(move |event| heard(event, saved));
                let freight =
                    Freight { files: picked.parts.iter().map(|part| part.file.clone()).collect(), target };
                let job = bridge.start_job(picked.name, Some(freight), job, watch, events);
                handle.replace(Some(job)).iter().for_each(JobHandle::cancel);
            });
        })
    };
    let orders = Callback::from(move |order: Order| {
        act.emit(Act::Order(dom::now() as f64, order));
        handle.borrow().iter().for_each(|job| order.give(job));
    });
    (begin, orders)
}

/// A name that tells nothing: `sealed-5f0c93a1`.
fn neutral_name() -> Option<String> {
    let random = dom::window()?.crypto().ok()?.random_uuid();
    Some(format!("sealed-{}", random.get(..8)?))
}

/// What the worker says, as something that happens on the desk. A data key is taken over at once.
fn heard(event: JobEvent, saved: bool) -> Act<File, Blob> {
    let brought = |attached: Attached| Brought {
        files: attached.files,
        packed: attached.packed,
        data_key: attached.secret.as_ref().map(WatchedKey::take),
    };
    match event {
        JobEvent::Progress { done, total } => Act::Progress(dom::now() as f64, done, total),
        JobEvent::Done { report, mut attached } => {
            let missing = || LocalError::new(LocalErrorCode::BadFrame, text::NOTHING_OUT);
            let result = attached.file.take().ok_or_else(|| Failure::Local(missing()));
            Act::End(Ended { saved, ..Ended::new(result, report, brought(attached)) })
        }
        JobEvent::Failed { failure, report, attached } => {
            Act::End(Ended::new(Err(failure), report, brought(attached)))
        }
    }
}

/// The file on the desk in one line.
fn file_line(picked: &Picked<File>, intake: &intake::Intake) -> Html {
    let role = if picked.kind == Kind::Other { Role::Plaintext } else { Role::Ciphertext };
    html! {
        <div class="file-line">
            { shape(role, "shape-large") }
            <div>
                <p class="file-name">{ &picked.name }</p>
                <p class="soft">{ format!("{}, {}", size(picked.length), text::kind(picked.kind)) }</p>
            </div>
            { choose(intake, text::CHOOSE_OTHER, "") }
        </div>
    }
}
