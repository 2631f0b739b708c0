//! Where the frames of a file are cut into segments.

use std::ops::Range;

use waxseal_envelope::{FINAL_OVERHEAD, FRAME_OVERHEAD, Framing};

use super::segment::{Segment, Work};

/// Into which segments the work on one file is cut: each of the same number of whole frames, but for the last.
pub(super) struct Cut {
    framing: Framing,
    kind: Kind,
    /// The bytes of the file that frames are made of, or that they are in.
    body: Range<u64>,
    /// Bytes of input for a frame that is not the last.
    frame: u64,
    /// Frames in a segment that is not the last.
    frames: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Seal,
    Open { keep: bool },
}

impl Cut {
    /// The plaintext of a message, in segments of about so many bytes.
    pub(super) fn plaintext(framing: Framing, length: u64, segment: u64) -> Self {
        let frame = u64::from(framing.frame_length().unwrap_or_default());
        Self::new(framing, Kind::Seal, 0..length, frame, segment)
    }

    /// The message that begins with a header and goes on to the end of its file, in segments of about so many bytes, whose
    /// frames are kept or not.
    pub(super) fn message(framing: Framing, body: Range<u64>, segment: u64, keep: bool) -> Self {
        let frame = match framing.frame_length() {
            Some(length) => u64::from(length) + FRAME_OVERHEAD,
            // One block takes all there is.
            None => body.end.saturating_add(1),
        };
        Self::new(framing, Kind::Open { keep }, body, frame, segment)
    }

    fn new(framing: Framing, kind: Kind, body: Range<u64>, frame: u64, segment: u64) -> Self {
        let frame = frame.max(1);
        let frames = u32::try_from(segment / frame).unwrap_or(u32::MAX).max(1);
        Self { framing, kind, body, frame, frames }
    }

    /// How many bytes come of it all, if the message is what it should be.
    pub(super) fn output(&self) -> u64 {
        let input = self.body.end - self.body.start;
        match self.kind {
            Kind::Seal => {
                input + input.div_ceil(self.frame).saturating_sub(1) * FRAME_OVERHEAD + FINAL_OVERHEAD
            }
            Kind::Open { .. } => {
                let input = input.saturating_sub(FINAL_OVERHEAD);
                input - input / self.frame * FRAME_OVERHEAD
            }
        }
    }

    /// The segment with this number, counted from 0, the bytes of the file it works on, and where among all that comes of
    /// the frames its own begins.
    ///
    /// What is written ends with the plaintext. What is read may end in a segment without a byte, where something is
    /// missing; and since the last frame is longer than the others, a segment may look that far beyond its end.
    pub(super) fn segment(&self, index: u64) -> Option<(Segment, Range<u64>, u64)> {
        let first = index.checked_mul(self.frames.into())?;
        let start = self.body.start.checked_add(first.checked_mul(self.frame)?)?;
        let end = start.saturating_add(u64::from(self.frames).saturating_mul(self.frame));
        let output = match self.kind {
            Kind::Seal => start.checked_add(first * FRAME_OVERHEAD)?,
            Kind::Open { .. } => first * (self.frame - FRAME_OVERHEAD.min(self.frame)),
        };
        let first = u32::try_from(first).ok()?.checked_add(1)?;
        let (work, end) = match self.kind {
            Kind::Seal if index > 0 && start >= self.body.end => return None,
            Kind::Seal => (Work::Seal { last: end >= self.body.end }, end),
            Kind::Open { .. } if start > self.body.end => return None,
            Kind::Open { keep } => {
                (Work::Open { most: self.frames, keep }, end.saturating_add(FINAL_OVERHEAD - FRAME_OVERHEAD))
            }
        };
        let segment = Segment { framing: self.framing.clone(), first, work };
        Some((segment, start..end.min(self.body.end), output))
    }
}
