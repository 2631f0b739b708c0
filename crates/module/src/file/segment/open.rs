//! Frames become the plaintext they were.

use js_sys::Uint8Array;
use waxseal_api::LocalError;
use waxseal_envelope::{Error, FRAME_OVERHEAD, FrameHead, FrameReader, Next};
use web_sys::Blob;

use super::{Done, Part, SLICE, Segment};
use crate::file::{
    cipher::{FrameCipher, Work},
    digest::Digest,
    sink::Sink,
    source::Source,
    window::Window,
};

/// Frame prefixes are shorter than this.
const PEEK: u32 = 64;

/// The plaintext of at most so many frames, those of one slice being opened while the next is read.
pub(super) async fn open(
    segment: &Segment,
    most: u32,
    input: &Blob,
    cipher: &dyn FrameCipher,
    worked: &dyn Fn(u64),
    digest: Digest<'_>,
) -> Result<Part, LocalError> {
    let slice = match segment.framing.frame_length() {
        Some(frame_length) => Segment::slice(u64::from(frame_length) + FRAME_OVERHEAD),
        None => SLICE,
    };
    let mut window = Window::new(Source::new(input, slice));
    let frames = segment.framing.read_from(segment.first);
    let mut reader = Reader { frames, next: segment.first, left: most, cipher, digest };
    let mut output = Output { sink: Sink::default(), consumed: 0, worked };
    let mut before = Vec::new();
    let mut end = None;
    while end.is_none() {
        let batch = reader.begin(&mut window).await;
        end = batch.end;
        let frames = std::mem::replace(&mut before, batch.frames);
        output.collect(frames, &mut reader.frames).await?;
    }
    output.collect(before, &mut reader.frames).await?;
    end.unwrap_or(Ok(()))?;
    let frames = reader.frames;
    let done = Done { last_frame: frames.verified(), ended: frames.has_ended(), consumed: output.consumed };
    Ok(Part { done, blob: output.sink.finish()? })
}

/// A frame that is being opened.
struct Frame<'a> {
    sequence: u32,
    /// Bytes of the whole frame.
    length: u64,
    opened: Work<'a>,
}

/// The frames of a slice, and how the segment ends, if it does here. What is wrong further on waits until the frames
/// before it have been looked at, so that the first frame that fails is the one that is named.
struct Batch<'a> {
    frames: Vec<Frame<'a>>,
    end: Option<Result<(), LocalError>>,
}

struct Reader<'a> {
    frames: FrameReader,
    /// The number of the next frame.
    next: u32,
    /// How many are wanted yet.
    left: u32,
    cipher: &'a dyn FrameCipher,
    digest: Digest<'a>,
}

impl<'a> Reader<'a> {
    /// Begins to open the frames that are in memory.
    async fn begin(&mut self, window: &mut Window) -> Batch<'a> {
        let mut frames = Vec::new();
        while self.left > 0 {
            let head = match self.next_frame(window).await {
                Ok(Some(head)) => head,
                Ok(None) => break,
                Err(error) => return Batch { frames, end: Some(Err(error)) },
            };
            let frame = window.take(head.length() as u32);
            let sealed = frame.subarray(head.prefix_length as u32, frame.length());
            let opened = self.cipher.open(&head.nonce, &head.aad, &sealed);
            if let Some(digest) = self.digest {
                digest(&frame);
            }
            frames.push(Frame { sequence: head.sequence, length: head.length() as u64, opened });
            self.next = head.sequence.saturating_add(1);
            self.left -= 1;
            if window.is_empty() && self.left > 0 {
                return Batch { frames, end: None };
            }
        }
        Batch { frames, end: Some(Ok(())) }
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
    sink: Sink,
    consumed: u64,
    worked: &'a dyn Fn(u64),
}

impl Output<'_> {
    /// Waits for frames, in their order, and adds them to the plaintext.
    async fn collect(&mut self, batch: Vec<Frame<'_>>, frames: &mut FrameReader) -> Result<(), LocalError> {
        let before = self.consumed;
        for frame in batch {
            let opened: Uint8Array =
                frame.opened.await.map_err(|_| Error::FrameTag { frame: frame.sequence })?;
            frames.opened(frame.sequence)?;
            self.sink.push(&opened);
            self.consumed += frame.length;
        }
        (self.worked)(self.consumed - before);
        Ok(())
    }
}
