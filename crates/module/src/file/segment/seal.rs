//! Plaintext becomes frames.

use js_sys::{Array, Uint8Array};
use waxseal_api::{LocalError, LocalErrorCode};
use waxseal_envelope::FrameWriter;

use super::{Done, Part, Segment, pieces::Pieces};
use crate::file::{
    cipher::{FrameCipher, Frames},
    source::{Input, Source},
};

/// The frames of all of the input, one slice being encrypted while the next is read.
pub(super) async fn seal(
    segment: &Segment,
    is_last: bool,
    input: &Input,
    cipher: &dyn FrameCipher,
    worked: &dyn Fn(u64),
) -> Result<Part, LocalError> {
    let mut writer = Writer {
        frames: segment.framing.write_from(segment.first),
        frame_length: segment.framing.frame_length().unwrap_or_default(),
        last_frame: segment.first,
        cipher,
    };
    let mut source = Source::new(input, Segment::slice(writer.frame_length.into()));
    let mut output = Output { pieces: Pieces::default(), worked };
    let mut before = None;
    if source.length() == 0 {
        before = Some(writer.begin(&Uint8Array::new_with_length(0), is_last)?);
    }
    while let Some(bytes) = source.next().await? {
        let batch = writer.begin(&bytes, is_last && source.is_all())?;
        if let Some(before) = before.replace(batch) {
            output.collect(before).await?;
        }
    }
    if let Some(before) = before {
        output.collect(before).await?;
    }
    let (last_frame, consumed, pieces) = (writer.last_frame, source.length(), output.pieces);
    let done = Done { last_frame, ended: is_last, consumed, produced: pieces.length() };
    Ok(Part { done, pieces: pieces.finish(), kept: None })
}

/// Frames that are being encrypted, what stands before each, and the bytes of plaintext in them.
struct Batch {
    prefixes: Vec<Vec<u8>>,
    sealed: Frames,
    length: u64,
}

struct Writer<'a> {
    frames: FrameWriter,
    frame_length: u32,
    last_frame: u32,
    cipher: &'a dyn FrameCipher,
}

impl Writer<'_> {
    /// Begins to encrypt the frames of a slice.
    fn begin(&mut self, slice: &Uint8Array, is_end: bool) -> Result<Batch, LocalError> {
        let length = slice.length();
        let (mut prefixes, sealed) = (Vec::new(), Array::new());
        let mut start = 0u32;
        loop {
            let end = start.saturating_add(self.frame_length).min(length);
            let plan = self.frames.frame(end - start, is_end && end == length)?;
            sealed.push(&self.cipher.seal(&plan.nonce, &plan.aad, &slice.subarray(start, end)));
            prefixes.push(plan.prefix);
            self.last_frame = plan.sequence;
            start = end;
            if start == length {
                return Ok(Batch { prefixes, sealed: Frames::new(sealed), length: length.into() });
            }
        }
    }
}

struct Output<'a> {
    pieces: Pieces,
    worked: &'a dyn Fn(u64),
}

impl Output<'_> {
    /// Waits for frames and adds them to the message.
    async fn collect(&mut self, batch: Batch) -> Result<(), LocalError> {
        let refused = |_| {
            LocalError::new(
                LocalErrorCode::WorkerCrashed,
                "The browser could not encrypt a part of the file.",
            )
        };
        let sealed = batch.sealed.finish().await.map_err(refused)?;
        self.pieces.add(&batch.prefixes, sealed);
        (self.worked)(batch.length);
        Ok(())
    }
}
