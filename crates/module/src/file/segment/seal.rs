//! Plaintext becomes frames.

use js_sys::Uint8Array;
use waxseal_api::{LocalError, LocalErrorCode};
use waxseal_envelope::FrameWriter;
use web_sys::Blob;

use super::{Done, Part, Segment};
use crate::file::{
    cipher::{FrameCipher, Work},
    digest::Digest,
    sink::Sink,
    source::Source,
};

/// The frames of all of the input, one slice being encrypted while the next is read.
pub(super) async fn seal(
    segment: &Segment,
    is_last: bool,
    input: &Blob,
    cipher: &dyn FrameCipher,
    worked: &dyn Fn(u64),
    digest: Digest<'_>,
) -> Result<Part, LocalError> {
    let mut writer = Writer {
        frames: segment.framing.write_from(segment.first),
        frame_length: segment.framing.frame_length().unwrap_or_default(),
        last_frame: segment.first,
        cipher,
    };
    let mut source = Source::new(input, Segment::slice(writer.frame_length.into()));
    let mut sink = Sink::default();
    let mut before = Slice::default();
    if source.length() == 0 {
        before = writer.begin(&Uint8Array::new_with_length(0), is_last)?;
    }
    while let Some(bytes) = source.next().await? {
        let slice = writer.begin(&bytes, is_last && source.is_all())?;
        collect(std::mem::replace(&mut before, slice), &mut sink, worked, digest).await?;
    }
    collect(before, &mut sink, worked, digest).await?;
    let done = Done { last_frame: writer.last_frame, ended: is_last, consumed: source.length() };
    Ok(Part { done, blob: sink.finish()? })
}

/// Frames that are being encrypted, and the bytes of plaintext in them.
#[derive(Default)]
struct Slice<'a> {
    frames: Vec<Frame<'a>>,
    length: u64,
}

struct Frame<'a> {
    prefix: Uint8Array,
    sealed: Work<'a>,
}

struct Writer<'a> {
    frames: FrameWriter,
    frame_length: u32,
    last_frame: u32,
    cipher: &'a dyn FrameCipher,
}

impl<'a> Writer<'a> {
    /// Begins to encrypt the frames of a slice.
    fn begin(&mut self, slice: &Uint8Array, is_end: bool) -> Result<Slice<'a>, LocalError> {
        let length = slice.length();
        let mut frames = Vec::new();
        let mut start = 0u32;
        loop {
            let end = start.saturating_add(self.frame_length).min(length);
            let plan = self.frames.frame(end - start, is_end && end == length)?;
            let sealed = self.cipher.seal(&plan.nonce, &plan.aad, &slice.subarray(start, end));
            frames.push(Frame { prefix: Uint8Array::from(plan.prefix.as_slice()), sealed });
            self.last_frame = plan.sequence;
            start = end;
            if start == length {
                return Ok(Slice { frames, length: length.into() });
            }
        }
    }
}

/// Waits for frames and adds them to the message.
async fn collect(
    slice: Slice<'_>,
    sink: &mut Sink,
    worked: &dyn Fn(u64),
    digest: Digest<'_>,
) -> Result<(), LocalError> {
    let refused = |_| {
        LocalError::new(LocalErrorCode::WorkerCrashed, "The browser could not encrypt a part of the file.")
    };
    for frame in slice.frames {
        let sealed = frame.sealed.await.map_err(refused)?;
        for bytes in [&frame.prefix, &sealed] {
            sink.push(bytes);
            if let Some(digest) = digest {
                digest(bytes);
            }
        }
    }
    worked(slice.length);
    Ok(())
}
