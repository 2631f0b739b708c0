//! Frames become the plaintext they were.

use js_sys::Array;
use waxseal_api::LocalError;
use waxseal_envelope::{Error, FRAME_OVERHEAD, FrameHead, FrameReader, Next};

use super::{
    Done, Part, SLICE, Segment,
    pieces::{Copies, Pieces},
};
use crate::file::{
    cipher::{FrameCipher, Frames},
    source::{Input, Source},
    window::Window,
};

/// Frame prefixes are shorter than this.
const PEEK: u32 = 64;

/// The plaintext of at most so many frames, those of one slice being opened while the next is read.
pub(super) async fn open(
    segment: &Segment,
    most: u32,
    keep: bool,
    input: &Input,
    cipher: &dyn FrameCipher,
    worked: &dyn Fn(u64),
) -> Result<Part, LocalError> {
    let slice = match segment.framing.frame_length() {
        Some(frame_length) => Segment::slice(u64::from(frame_length) + FRAME_OVERHEAD),
        None => SLICE,
    };
    let mut window = Window::new(Source::new(input, slice));
    let frames = segment.framing.read_from(segment.first);
    let kept = keep.then(Copies::default);
    let mut reader = Reader { frames, next: segment.first, left: most, cipher, kept };
    let mut output = Output { pieces: Pieces::default(), consumed: 0, worked };
    let mut before = None;
    let mut end = None;
    while end.is_none() {
        let mut batch = reader.begin(&mut window).await;
        end = batch.end.take();
        if let Some(before) = before.replace(batch) {
            output.collect(before, &mut reader.frames).await?;
        }
    }
    if let Some(before) = before {
        output.collect(before, &mut reader.frames).await?;
    }
    end.unwrap_or(Ok(()))?;
    let Output { pieces, consumed, .. } = output;
    let (last_frame, ended) = (reader.frames.verified(), reader.frames.has_ended());
    Ok(Part {
        done: Done { last_frame, ended, consumed, produced: pieces.length() },
        pieces: pieces.finish(),
        kept: reader.kept.map(Copies::finish),
    })
}

/// A frame that is being opened.
struct Frame {
    sequence: u32,
    /// Bytes of the whole frame.
    length: u64,
}

/// The frames of a slice, and how the segment ends, if it does here. What is wrong further on waits until the frames
/// before it have been looked at, so that the first frame that fails is the one that is named.
struct Batch {
    frames: Vec<Frame>,
    opened: Frames,
    end: Option<Result<(), LocalError>>,
}

struct Reader<'a> {
    frames: FrameReader,
    /// The number of the next frame.
    next: u32,
    /// How many are wanted yet.
    left: u32,
    cipher: &'a dyn FrameCipher,
    kept: Option<Copies>,
}

impl Reader<'_> {
    /// Begins to open the frames that are in memory.
    async fn begin(&mut self, window: &mut Window) -> Batch {
        let (mut frames, opened) = (Vec::new(), Array::new());
        let end = loop {
            if self.left == 0 {
                break Some(Ok(()));
            }
            let head = match self.next_frame(window).await {
                Ok(Some(head)) => head,
                Ok(None) => break Some(Ok(())),
                Err(error) => break Some(Err(error)),
            };
            let frame = window.take(head.length() as u32);
            let sealed = frame.subarray(head.prefix_length as u32, frame.length());
            opened.push(&self.cipher.open(&head.nonce, &head.aad, &sealed));
            if let Some(kept) = &mut self.kept {
                kept.add(&frame);
            }
            frames.push(Frame { sequence: head.sequence, length: head.length() as u64 });
            self.next = head.sequence.saturating_add(1);
            self.left -= 1;
            if window.is_empty() && self.left > 0 {
                break None;
            }
        };
        Batch { frames, opened: Frames::new(opened), end }
    }

    /// The next frame, all of it in memory; none after the last.
    async fn next_frame(&mut self, window: &mut Window) -> Result<Option<FrameHead>, LocalError> {
        let cut_short = || Error::Truncated { frame: Some(self.next) };
        let mut wanted = 1;
        loop {
            let there = window.fill(wanted).await?;
            match self.frames.next_frame(&window.peek(PEEK))? {
                Next::End => return Ok(None),
                Next::Frame(head) => {
                    let whole = window.fill(head.length() as u64).await? >= head.length() as u64;
                    return if whole { Ok(Some(head)) } else { Err(cut_short().into()) };
                }
                Next::More(needed) if there < wanted.max(needed as u64) && window.is_all() => {
                    return Err(cut_short().into());
                }
                Next::More(needed) => wanted = needed as u64,
            }
        }
    }
}

struct Output<'a> {
    pieces: Pieces,
    consumed: u64,
    worked: &'a dyn Fn(u64),
}

impl Output<'_> {
    /// Waits for frames, in their order, and adds them to the plaintext.
    async fn collect(&mut self, batch: Batch, frames: &mut FrameReader) -> Result<(), LocalError> {
        let opened = match batch.opened.finish().await {
            Ok(opened) => opened,
            Err(failed) => {
                let frame = batch.frames.get(failed as usize).map_or(0, |frame| frame.sequence);
                return Err(Error::FrameTag { frame }.into());
            }
        };
        let before = self.consumed;
        for frame in batch.frames {
            frames.opened(frame.sequence)?;
            self.consumed += frame.length;
        }
        self.pieces.add(&[], opened);
        (self.worked)(self.consumed - before);
        Ok(())
    }
}
