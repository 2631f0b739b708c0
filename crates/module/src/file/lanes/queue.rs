//! The segments that are still to be worked on, and what came of the others.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use js_sys::{Function, Promise};
use waxseal_api::LocalError;

use super::Body;
use crate::{
    browser,
    file::{
        segment::{Done, Part, Segment},
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

impl<'a> Queue<'a> {
    /// All segments of a file.
    pub(super) fn new(body: &'a Body<'a>) -> Self {
        Self {
            body,
            next: Cell::new(0),
            end: Cell::new(u64::MAX),
            results: RefCell::default(),
            drained: browser::promise(),
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

    /// Writes what came of a segment, and keeps it in mind.
    pub(super) async fn put(&self, task: &Task, result: Result<Part, LocalError>) {
        let result = match result {
            Ok(Part { done, pieces }) => self.body.sink.write(task.output, &pieces).await.map(|()| done),
            Err(error) => Err(error),
        };
        if !matches!(&result, Ok(done) if !done.ended) {
            self.end.set(self.end.get().min(task.index + 1));
        }
        self.results.borrow_mut().insert(task.index, result);
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
