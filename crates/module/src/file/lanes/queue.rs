//! The segments that are still to be worked on, and what came of the others.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use waxseal_api::LocalError;

use super::Body;
use crate::{
    browser::{self, release},
    file::{
        segment::{Done, Part, Segment, Work},
        source::Input,
    },
};

/// The work on one file.
pub(super) struct Queue<'a> {
    body: &'a Body<'a>,
    next: Cell<u64>,
    /// Segments from this one on are not wanted: the message ended before, or something was wrong.
    end: Cell<u64>,
    results: RefCell<BTreeMap<u64, Result<Done, LocalError>>>,
    drained: (Promise, Option<Function>),
    /// The segment whose frames are next in the digest, and those that wait to be.
    turn: Cell<u64>,
    waiting: RefCell<BTreeMap<u64, Function>>,
}

/// A segment to work on.
pub(super) struct Task {
    index: u64,
    pub(super) segment: Segment,
    /// The bytes of the file that it is about.
    pub(super) input: Input,
    /// Where what comes of it begins.
    output: u64,
}

impl Task {
    /// The frames of this segment, as they stand in the message.
    fn frames(&self, part: &Part) -> Array {
        match (&part.kept, &self.segment.work, &self.input) {
            (Some(kept), ..) => kept.clone(),
            (None, Work::Open { .. }, Input::Bytes(bytes)) => {
                Array::of1(&bytes.subarray(0, part.done.consumed as u32))
            }
            (None, ..) => part.pieces.clone(),
        }
    }
}

impl<'a> Queue<'a> {
    /// All segments of a file.
    pub(super) fn new(body: &'a Body<'a>) -> Self {
        Self {
            body,
            next: Cell::new(0),
            end: Cell::new(u64::MAX),
            results: RefCell::default(),
            drained: browser::promise(),
            turn: Cell::default(),
            waiting: RefCell::default(),
        }
    }

    /// The next segment, for whoever asks first; none when there are no more. Waits while the job is held up.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) async fn take(&self) -> Result<Option<Task>, LocalError> {
        self.body.gate.pass().await;
        let index = self.next.get();
        let wanted = if index < self.end.get() { self.body.cut.segment(index) } else { None };
        let Some((segment, bytes, output)) = wanted else {
            browser::call(self.drained.1.as_ref());
            return Ok(None);
        };
        self.next.set(index + 1);
        Ok(Some(Task {
            index,
            segment,
            input: self.body.input.slice(bytes)?,
            output: self.body.before + output,
        }))
    }

    /// Settled when there is nothing more to take.
    pub(super) fn drained(&self) -> &Promise {
        &self.drained.0
    }

    /// Digests and writes what came of a segment, and keeps it in mind.
    pub(super) async fn put(&self, task: &Task, result: Result<Part, LocalError>) {
        if !matches!(&result, Ok(part) if !part.done.ended) {
            self.end_after(task.index);
        }
        let result = match result {
            Ok(part) => {
                self.digest(task, &part).await;
                self.body.sink.write(task.output, &part.pieces).await.map(|()| part.done)
            }
            Err(error) => Err(error),
        };
        if result.is_err() {
            self.end_after(task.index);
        }
        self.results.borrow_mut().insert(task.index, result);
    }

    /// Whatever stands behind this segment is not wanted, and its turn does not come.
    fn end_after(&self, index: u64) {
        self.end.set(self.end.get().min(index + 1));
        let waiting = self.waiting.borrow_mut().split_off(&self.end.get());
        waiting.values().for_each(|go| browser::call(Some(go)));
    }

    /// Has a segment's frames digested when those of all segments before it are.
    async fn digest(&self, task: &Task, part: &Part) {
        let (Some(digest), index) = (self.body.digest, task.index) else { return };
        let wanted = || index < self.end.get();
        if wanted() && index > self.turn.get() {
            let (turn, go) = browser::promise();
            go.map(|go| self.waiting.borrow_mut().insert(index, go));
            let _ = JsFuture::from(turn).await;
        }
        if wanted() && index == self.turn.get() {
            task.frames(part).iter().for_each(|frames| digest(frames.unchecked_ref()));
            self.turn.set(index + 1);
            browser::call(self.waiting.borrow_mut().remove(&(index + 1)).as_ref());
        }
        if let Some(kept) = &part.kept {
            release(&kept.iter().map(|frames| frames.unchecked_into::<Uint8Array>().buffer()).collect());
        }
    }

    /// What came of all segments up to the end of the message, in their order.
    ///
    /// # Errors
    /// That of the first segment that has one.
    pub(super) fn finish(self) -> Result<Vec<Done>, LocalError> {
        let end = self.end.get();
        self.results
            .into_inner()
            .into_iter()
            .take_while(|(index, _)| *index < end)
            .map(|(_, result)| result)
            .collect()
    }
}
