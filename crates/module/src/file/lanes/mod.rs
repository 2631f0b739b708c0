//! Lanes: several workers on the segments of one file.
//!
//! A lane is a worker that runs this same module. It has the content key as a `CryptoKey`, which it can use and not see,
//! and no other key. Whoever has a job works in a lane too, and it alone where there are no others.

mod lane;
mod message;
mod queue;
mod serve;

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use futures_util::future::{LocalBoxFuture, try_join_all};
use wasm_bindgen::JsValue;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::{Blob, CryptoKey};

use super::{Meter, cipher::FrameCipher, cut::Cut, digest::Digest, segment::Part};
use lane::Lane;
use queue::{Queue, Task};
pub use serve::start_lane;

/// The most bytes of input in a segment. Much less costs the browser more, for each becomes a blob of its own.
const SEGMENT: u64 = 32 * 1024 * 1024;
/// Files up to this length are worked on in one lane; for them, the others are not worth starting.
const ALONE: u64 = 32 * 1024 * 1024;
/// The most lanes for one job, the one in place among them.
const MOST: usize = 4;

/// The lanes of a worker. They are started when a job needs them, and kept.
pub(crate) struct Lanes {
    /// The most bytes of input in a segment.
    segment: u64,
    /// How many to start, besides the one in place.
    others: usize,
    started: RefCell<Vec<Rc<Lane>>>,
    /// The script of this worker, which is that of its lanes: as what `new Worker` takes, if it takes any.
    script: OnceCell<Option<JsValue>>,
}

impl Lanes {
    /// One lane, in place.
    pub(crate) fn in_place() -> Self {
        Self { segment: SEGMENT, others: 0, started: RefCell::default(), script: OnceCell::new() }
    }

    /// As many lanes as a worker can use on this many processors.
    pub(crate) fn for_processors(count: usize) -> Self {
        Self { others: count.clamp(1, MOST) - 1, ..Self::in_place() }
    }

    /// One lane, in place, and segments of about so many bytes.
    #[cfg(test)]
    pub(crate) fn in_segments_of(segment: u64) -> Self {
        Self { segment, ..Self::in_place() }
    }

    /// About how many bytes a segment of a file of this length is to have: as many as allowed, and so few that every
    /// lane has one.
    pub(super) fn segment(&self, length: u64) -> u64 {
        let lanes = if length > ALONE { self.others as u64 + 1 } else { 1 };
        self.segment.min(length.div_ceil(lanes))
    }

    /// Has the segments of a file worked on. Returns what came of them in their order, up to the end of the message. A
    /// digest takes one byte after the other, so that with one all the work is done in place.
    ///
    /// # Errors
    /// What is wrong in the first segment of those that something is wrong in; [`LocalErrorCode::LaneCrashed`].
    pub(super) async fn work(
        &self,
        cut: &Cut,
        file: &Blob,
        cipher: &dyn FrameCipher,
        meter: &Rc<Meter>,
        digest: Digest<'_>,
    ) -> Result<Vec<Part>, LocalError> {
        let queue = Queue::new(cut, file);
        let mut lanes: Vec<LocalBoxFuture<'_, _>> = vec![Box::pin(in_place(&queue, cipher, meter, digest))];
        if let (Some(key), None) = (cipher.key(), digest) {
            for lane in self.others(file.size() as u64) {
                lanes.push(Box::pin(elsewhere(&queue, lane, key, meter)));
            }
        }
        try_join_all(lanes).await?;
        queue.finish()
    }

    /// The lanes to use besides the one in place, for a file of this length.
    fn others(&self, length: u64) -> Vec<Rc<Lane>> {
        let mut started = self.started.borrow_mut();
        started.retain(|lane| !lane.is_broken());
        if length <= ALONE {
            return Vec::new();
        }
        while started.len() < self.others {
            let script = self.script.get_or_init(|| lane::trusted_script().ok());
            let Some(lane) = script.as_ref().and_then(|script| Lane::start(script).ok()) else { break };
            started.push(Rc::new(lane));
        }
        started.clone()
    }
}

/// Works on one segment after the other, here.
async fn in_place(
    queue: &Queue<'_>,
    cipher: &dyn FrameCipher,
    meter: &Meter,
    digest: Digest<'_>,
) -> Result<(), LocalError> {
    while let Some(Task { index, segment, input }) = queue.take()? {
        let result = segment.run(&input, cipher, &|bytes| meter.add(bytes), digest).await;
        queue.put(index, result);
    }
    Ok(())
}

/// Has one segment after the other worked on in a lane, as soon as it is ready.
async fn elsewhere(
    queue: &Queue<'_>,
    lane: Rc<Lane>,
    key: &CryptoKey,
    meter: &Rc<Meter>,
) -> Result<(), LocalError> {
    if !lane.ready(queue.drained()).await {
        return Ok(());
    }
    while let Some(Task { index, segment, input }) = queue.take()? {
        match lane.run(segment, &input, key, meter.clone()).await {
            Err(error) if error.code == LocalErrorCode::LaneCrashed => return Err(error),
            result => queue.put(index, result),
        }
    }
    Ok(())
}
