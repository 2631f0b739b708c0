//! A run of whole frames: the part of a job that one lane does by itself.

mod open;
mod pieces;
mod seal;

use js_sys::Array;
use serde::{Deserialize, Serialize};
use waxseal_api::LocalError;
use waxseal_envelope::Framing;

use super::{cipher::FrameCipher, source::Input};

/// About how many bytes are read, worked on and written at a time: no more than a processor's cache holds.
const SLICE: u64 = 1024 * 1024;

/// Frames of one message that follow each other, and what to do with them. Holds no key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Segment {
    pub(super) framing: Framing,
    /// The number of the first.
    pub(super) first: u32,
    pub(super) work: Work,
}

/// What to do with frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Work {
    /// Write them, from all of the input.
    Seal {
        /// Whether they are the message's last.
        last: bool,
    },
    /// Verify and open them, from the front of the input.
    Open {
        /// How many, unless the message ends before.
        most: u32,
        /// Whether the frames are wanted as they were read, besides what they hold.
        keep: bool,
    },
}

/// What came of a segment, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    /// The number of the last frame.
    pub(super) last_frame: u32,
    /// Whether it ends the message.
    pub(super) ended: bool,
    /// Bytes of input that the frames took.
    pub(super) consumed: u64,
    /// Bytes that came of them.
    pub(super) produced: u64,
}

/// What came of a segment, and the bytes of it: `Uint8Array`s in their order, each with a buffer of its own.
pub(crate) struct Part {
    pub(super) done: Done,
    pub(super) pieces: Array,
    /// The frames that were read, if they were to be kept, in arrays of the same kind.
    pub(super) kept: Option<Array>,
}

impl Segment {
    /// Does the work. Tells of each so many bytes of input when they are done.
    ///
    /// # Errors
    /// The input cannot be read, or the first frame that is not as it was written.
    pub(crate) async fn run(
        &self,
        input: &Input,
        cipher: &dyn FrameCipher,
        worked: &dyn Fn(u64),
    ) -> Result<Part, LocalError> {
        match self.work {
            Work::Seal { last } => seal::seal(self, last, input, cipher, worked).await,
            Work::Open { most, keep } => open::open(self, most, keep, input, cipher, worked).await,
        }
    }

    /// How many bytes to read at a time: as many whole frames of this length as fit into a [`SLICE`], so that none is
    /// cut.
    fn slice(frame: u64) -> u64 {
        frame * (SLICE / frame.max(1)).max(1)
    }
}
