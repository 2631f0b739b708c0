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
use web_sys::CryptoKey;

use super::{
    Gate, Meter, cipher::FrameCipher, cut::Cut, digest::Digest, segment::Done, sink::Sink, source::Input,
};
use crate::browser;
use lane::Lane;
use queue::Queue;
pub use serve::start_lane;

/// About how many bytes of input a segment has. Each is read, worked on and kept in memory until it is written.
const SEGMENT: u64 = 4 * 1024 * 1024;
/// Segments that a lane works on at the same time: while one is read or written, the other's frames keep it busy.
const AT_ONCE: usize = 2;
/// The same for what is signed. Digesting a segment holds up its thread, so it is to be short, and others are to be ready.
const SIGNED_SEGMENT: u64 = 1024 * 1024;
const SIGNED_AT_ONCE: usize = 4;
/// Files up to this length are worked on in one lane; for them, the others are not worth starting.
const ALONE: u64 = 32 * 1024 * 1024;
/// The most lanes for one job, the one in place among them.
const MOST: usize = 4;

/// The body of a message: where it is read, what is done with it, and where it is written.
pub(super) struct Body<'a> {
    pub(super) cut: &'a Cut,
    pub(super) input: &'a Input,
    pub(super) cipher: &'a dyn FrameCipher,
    pub(super) digest: Digest<'a>,
    pub(super) meter: &'a Rc<Meter>,
    /// Holds back what has not begun.
    pub(super) gate: &'a Gate,
    pub(super) sink: &'a Sink,
    /// How many bytes of the result stand before what comes of it.
    pub(super) before: u64,
}

/// The lanes of a worker. They are started when a job needs them, and kept.
pub(crate) struct Lanes {
    /// About how many bytes of input a segment is to have.
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

    /// About how many bytes of input a segment is to have, of a message that is signed or not.
    pub(super) fn segment(&self, signed: bool) -> u64 {
        if signed { self.segment.min(SIGNED_SEGMENT) } else { self.segment }
    }

    /// Has the segments of a body worked on, and what comes of them digested and written. Returns that in numbers, in their
    /// order, up to the end of the message.
    ///
    /// # Errors
    /// What is wrong in the first segment of those that something is wrong in; [`LocalErrorCode::LaneCrashed`].
    pub(super) async fn work(&self, body: Body<'_>) -> Result<Vec<Done>, LocalError> {
        let queue = Queue::new(&body);
        let at_once = if body.digest.is_some() { SIGNED_AT_ONCE } else { AT_ONCE };
        let mut lanes: Vec<LocalBoxFuture<'_, _>> = Vec::new();
        for _ in 0..at_once {
            lanes.push(Box::pin(in_place(&queue, &body)));
        }
        if let (Some(key), Input::Blob(_)) = (body.cipher.key(), body.input) {
            for lane in self.others(body.input.length()) {
                for _ in 0..at_once {
                    lanes.push(Box::pin(elsewhere(&queue, lane.clone(), key, body.meter)));
                }
            }
        }
        try_join_all(lanes).await?;
        queue.finish()
    }

    /// The script of this worker, for more workers of its kind, where they can be started.
    pub(crate) fn script(&self) -> Option<&JsValue> {
        self.script.get_or_init(|| browser::trusted_script().ok()).as_ref()
    }

    /// The lanes to use besides the one in place, for a file of this length.
    fn others(&self, length: u64) -> Vec<Rc<Lane>> {
        let mut started = self.started.borrow_mut();
        started.retain(|lane| !lane.is_broken());
        if length <= ALONE {
            return Vec::new();
        }
        while started.len() < self.others {
            let Some(lane) = self.script().and_then(|script| Lane::start(script).ok()) else { break };
            started.push(Rc::new(lane));
        }
        started.clone()
    }
}

/// Works on one segment after the other, here.
async fn in_place(queue: &Queue<'_>, body: &Body<'_>) -> Result<(), LocalError> {
    let worked = |bytes| body.meter.add(bytes);
    while let Some(task) = queue.take().await? {
        let result = task.segment.run(&task.input, body.cipher, &worked).await;
        queue.put(&task, result).await;
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
    while let Some(task) = queue.take().await? {
        let Input::Blob(input) = &task.input else { return Ok(()) };
        match lane.run(&task.segment, input, key, meter.clone()).await {
            Err(error) if error.code == LocalErrorCode::LaneCrashed => return Err(error),
            result => queue.put(&task, result).await,
        }
    }
    Ok(())
}
