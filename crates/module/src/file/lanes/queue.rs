//! The segments that are still to be worked on, and what came of the others.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use js_sys::{Function, Promise};
use waxseal_api::LocalError;
use web_sys::Blob;

use crate::{
    browser,
    file::{
        cut::Cut,
        segment::{Part, Segment},
        source::slice,
    },
};

/// The work on one file.
pub(super) struct Queue<'a> {
    cut: &'a Cut,
    file: &'a Blob,
    next: Cell<u64>,
    /// Segments from this one on are not wanted: the message ended before, or something was wrong.
    end: Cell<u64>,
    results: RefCell<BTreeMap<u64, Result<Part, LocalError>>>,
    drained: (Promise, Option<Function>),
}

/// A segment to work on.
pub(super) struct Task {
    pub(super) index: u64,
    pub(super) segment: Segment,
    /// The bytes of the file that it is about.
    pub(super) input: Blob,
}

impl<'a> Queue<'a> {
    /// All segments of a file.
    pub(super) fn new(cut: &'a Cut, file: &'a Blob) -> Self {
        Self {
            cut,
            file,
            next: Cell::new(0),
            end: Cell::new(u64::MAX),
            results: RefCell::default(),
            drained: browser::promise(),
        }
    }

    /// The next segment, for whoever asks first; none when there are no more.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn take(&self) -> Result<Option<Task>, LocalError> {
        let index = self.next.get();
        let wanted = if index < self.end.get() { self.cut.segment(index) } else { None };
        let Some((segment, bytes)) = wanted else {
            browser::call(self.drained.1.as_ref());
            return Ok(None);
        };
        self.next.set(index + 1);
        Ok(Some(Task { index, segment, input: slice(self.file, bytes)? }))
    }

    /// Settled when there is nothing more to take.
    pub(super) fn drained(&self) -> &Promise {
        &self.drained.0
    }

    /// What came of a segment.
    pub(super) fn put(&self, index: u64, result: Result<Part, LocalError>) {
        if !matches!(&result, Ok(part) if !part.done.ended) {
            self.end.set(self.end.get().min(index + 1));
        }
        self.results.borrow_mut().insert(index, result);
    }

    /// What came of all segments up to the end of the message, in their order.
    ///
    /// # Errors
    /// That of the first segment that has one.
    pub(super) fn finish(self) -> Result<Vec<Part>, LocalError> {
        let end = self.end.get();
        self.results
            .into_inner()
            .into_iter()
            .take_while(|(index, _)| *index < end)
            .map(|(_, result)| result)
            .collect()
    }
}
