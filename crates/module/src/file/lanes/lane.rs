//! A lane, as seen by the worker that started it.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::{Blob, CryptoKey, Event, MessageEvent, Worker};

use super::message::{FromLane, TaskId, ToLane, attached, read, write};
use crate::{
    browser,
    file::{
        Meter,
        segment::{Part, Segment},
    },
};

/// What tells a worker's script that it runs in a lane.
const NAME: &str = "lane";

/// A worker that works on segments. Dropping it stops it.
pub(super) struct Lane {
    worker: Worker,
    shared: Rc<Shared>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(Event)>,
}

struct Shared {
    /// Settled with whether the lane has started.
    ready: Promise,
    started: Option<Function>,
    broken: Cell<bool>,
    next: Cell<TaskId>,
    tasks: RefCell<BTreeMap<TaskId, Waiting>>,
}

/// Who waits for the end of a segment.
struct Waiting {
    meter: Rc<Meter>,
    /// Called with the last message about it, or with `undefined` when the lane has crashed.
    finished: Option<Function>,
}

impl Lane {
    /// Starts a lane with the script of this worker, and hands it the module that runs here, compiled.
    pub(super) fn start(script: &JsValue) -> Result<Self, JsValue> {
        let worker = browser::start_worker(script, NAME)?;
        worker.post_message(&wasm_bindgen::module())?;
        let shared = Rc::new(Shared::new());
        let (receiver, failing) = (shared.clone(), shared.clone());
        let on_message =
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| receiver.receive(event.data()));
        let on_error = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            // What goes wrong in a lane ends its job, and not the worker too.
            event.prevent_default();
            failing.break_down();
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, shared, _on_message: on_message, _on_error: on_error })
    }

    /// Whether the lane has stopped, or was never able to start.
    pub(super) fn is_broken(&self) -> bool {
        self.shared.broken.get()
    }

    /// Waits until the lane has started; false when it does not, or when something else was settled before.
    pub(super) async fn ready(&self, or: &Promise) -> bool {
        let first = Promise::race(&Array::of2(&self.shared.ready, or));
        JsFuture::from(first).await.is_ok_and(|started| started.is_truthy())
    }

    /// Has a segment worked on. Whoever no longer waits for this stops it.
    ///
    /// # Errors
    /// Those of [`Segment::run`], and [`LocalErrorCode::LaneCrashed`].
    pub(super) async fn run(
        &self,
        segment: &Segment,
        input: &Blob,
        key: &CryptoKey,
        meter: Rc<Meter>,
    ) -> Result<Part, LocalError> {
        if self.is_broken() {
            return Err(crashed());
        }
        let id = self.shared.next.replace(self.shared.next.get().wrapping_add(1));
        let (end, finished) = browser::promise();
        self.shared.tasks.borrow_mut().insert(id, Waiting { meter, finished });
        let _running = Running { lane: self, id };
        self.post(&ToLane::Run { id, segment: segment.clone() }, &[("file", input), ("key", key)])
            .map_err(|_| crashed())?;
        let message = JsFuture::from(end).await.unwrap_or_default();
        match read(&message) {
            Some(FromLane::Finished { result, .. }) => {
                let (pieces, kept) = (attached(&message, "pieces"), attached(&message, "kept"));
                result.map(|done| Part { done, pieces: pieces.unchecked_into(), kept: kept.dyn_into().ok() })
            }
            _ => Err(crashed()),
        }
    }

    fn post(&self, frame: &ToLane, attached: &[(&str, &JsValue)]) -> Result<(), JsValue> {
        self.worker.post_message(&write(frame, attached)?)
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// A segment that is waited for.
struct Running<'a> {
    lane: &'a Lane,
    id: TaskId,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if self.lane.shared.tasks.borrow_mut().remove(&self.id).is_some() {
            // A lane that cannot be reached has stopped already.
            let _ = self.lane.post(&ToLane::Stop { id: self.id }, &[]);
        }
    }
}

impl Shared {
    fn new() -> Self {
        let (ready, started) = browser::promise();
        Self { ready, started, broken: Cell::default(), next: Cell::default(), tasks: RefCell::default() }
    }

    fn receive(&self, message: JsValue) {
        match read(&message) {
            Some(FromLane::Ready) => resolve(self.started.as_ref(), &JsValue::TRUE),
            Some(FromLane::Worked { id, bytes }) => {
                if let Some(task) = self.tasks.borrow().get(&id) {
                    task.meter.add(bytes);
                }
            }
            Some(FromLane::Finished { id, .. }) => {
                if let Some(task) = self.tasks.borrow_mut().remove(&id) {
                    resolve(task.finished.as_ref(), &message);
                }
            }
            None => self.break_down(),
        }
    }

    fn break_down(&self) {
        self.broken.set(true);
        resolve(self.started.as_ref(), &JsValue::FALSE);
        for (_, task) in self.tasks.take() {
            resolve(task.finished.as_ref(), &JsValue::UNDEFINED);
        }
    }
}

fn resolve(promise: Option<&Function>, value: &JsValue) {
    if let Some(promise) = promise {
        let _ = promise.call1(&JsValue::NULL, value);
    }
}

fn crashed() -> LocalError {
    LocalError::new(LocalErrorCode::LaneCrashed, "A worker that helped with this file has stopped.")
}
