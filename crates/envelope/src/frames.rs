//! The frames of a message, from any of them on, without the key that seals them.

use serde::{Deserialize, Serialize};
use waxseal_crypto::gcm::{Nonce, TAG_LENGTH};

use crate::{
    body::{self, END_MARKER, Kind, MAX_FRAME_LENGTH},
    error::Error,
    reader::{Form, Mark, Reader, Short},
};

/// What all frames of one message have in common. Nothing in it is secret: who has it, and the content key as something
/// that can be used but not seen, can work on any run of frames while others work on the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framing {
    pub(crate) message_id: Vec<u8>,
    pub(crate) frame_length: Option<u32>,
}

impl Framing {
    /// Bytes of plaintext in every frame but the last; none for a message without frames.
    pub fn frame_length(&self) -> Option<u32> {
        self.frame_length
    }

    /// What the fields are that stand before a ciphertext.
    pub(crate) fn marks(&self, available: &[u8]) -> Vec<Mark> {
        let mut reader = Reader::marking(available);
        // What is not all there is marked as far as it goes.
        drop(self.prefix(&mut reader));
        reader.into_marks()
    }

    fn prefix(&self, reader: &mut Reader<'_>) -> Result<Prefix, Short> {
        match self.frame_length {
            Some(frame_length) => framed(reader, frame_length),
            None => single_block(reader),
        }
    }

    /// Writes frames, beginning with this one, counted from 1.
    pub fn write_from(&self, first: u32) -> FrameWriter {
        FrameWriter { framing: self.clone(), next: Some(first) }
    }

    /// Reads frames, beginning with this one, counted from 1.
    pub fn read_from(&self, first: u32) -> FrameReader {
        let before = first.saturating_sub(1);
        FrameReader { framing: self.clone(), announced: before, verified: before, ended: false }
    }
}

/// Says of one frame after the other what stands before its ciphertext and how to seal it.
#[derive(Debug)]
pub struct FrameWriter {
    framing: Framing,
    /// The number of the next frame; none after the last.
    next: Option<u32>,
}

/// How to write a frame: `prefix || AES-GCM(content key, nonce, aad, plaintext)`, the tag at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FramePlan {
    /// Which frame, counted from 1.
    pub sequence: u32,
    /// What stands before the ciphertext.
    pub prefix: Vec<u8>,
    /// For the cipher.
    pub nonce: Nonce,
    /// For the cipher: which message, which frame, how long.
    pub aad: Vec<u8>,
}

impl FrameWriter {
    /// Plans the next frame. All frames but the last hold exactly [`Framing::frame_length`] bytes; the last holds what
    /// is left, which may be nothing and may be a full frame.
    ///
    /// # Errors
    /// [`Error::FramePlaintext`] for another length, [`Error::TooManyFrames`], [`Error::Ended`] after the last frame.
    pub fn frame(&mut self, plaintext_length: u32, last: bool) -> Result<FramePlan, Error> {
        let sequence = self.next.ok_or(Error::Ended)?;
        let fits = |full| plaintext_length == full || (last && plaintext_length < full);
        if !self.framing.frame_length.is_some_and(fits) {
            return Err(Error::FramePlaintext { frame: sequence, length: plaintext_length });
        }
        let following = if last { None } else { Some(sequence.checked_add(1).ok_or(Error::TooManyFrames)?) };
        self.next = following;
        let kind = if last { Kind::Final } else { Kind::Regular };
        Ok(FramePlan {
            sequence,
            prefix: body::prefix(sequence, plaintext_length, last),
            nonce: body::nonce(sequence),
            aad: body::aad(&self.framing.message_id, kind, sequence, plaintext_length.into()),
        })
    }
}

/// Says of one frame after the other where its ciphertext is and how to open it. Frames may be opened several at a time,
/// and are reported in their order with [`FrameReader::opened`].
#[derive(Debug)]
pub struct FrameReader {
    framing: Framing,
    /// The number of the last frame that [`FrameReader::next_frame`] has given out.
    announced: u32,
    /// The number of the last frame that was reported as verified.
    verified: u32,
    /// Whether the message's last frame has been given out.
    ended: bool,
}

/// What comes next in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A frame. The next one begins [`FrameHead::length`] bytes further on.
    Frame(FrameHead),
    /// Come again with at least so many bytes, from the same place. When there are no more, [`FrameReader::finish`] says
    /// what that means.
    More(usize),
    /// Nothing: the last frame has been given out.
    End,
}

/// How to read a frame: leave out the prefix, then `AES-GCM(content key, nonce, aad, sealed)`, the tag at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameHead {
    /// Which frame, counted from 1.
    pub sequence: u32,
    /// Whether it is the last.
    pub last: bool,
    /// Bytes before the ciphertext.
    pub prefix_length: usize,
    /// Bytes of ciphertext and tag: 16 more than the plaintext.
    pub sealed_length: usize,
    /// For the cipher.
    pub nonce: Nonce,
    /// For the cipher: which message, which frame, how long.
    pub aad: Vec<u8>,
}

impl FrameHead {
    /// Bytes in the whole frame.
    pub fn length(&self) -> usize {
        self.prefix_length + self.sealed_length
    }
}

impl FrameReader {
    /// Reads what stands before the next ciphertext, from the bytes that begin with the next frame.
    ///
    /// # Errors
    /// [`Error::FrameOrder`], [`Error::FrameNonce`], [`Error::LastFrameLength`], [`Error::FrameTooLarge`].
    pub fn next_frame(&mut self, available: &[u8]) -> Result<Next, Error> {
        if self.ended {
            return Ok(Next::End);
        }
        // The highest number stands for the last frame, so that nothing follows it.
        let sequence = self.announced.saturating_add(1);
        let mut reader = Reader::new(available);
        let prefix = match self.framing.prefix(&mut reader) {
            Ok(prefix) => prefix,
            Err(Short(needed)) => return Ok(Next::More(needed)),
        };
        let head = self.check(sequence, &prefix, reader.position())?;
        self.announced = sequence;
        self.ended = head.last;
        Ok(Next::Frame(head))
    }

    /// Reports that a frame has been opened, and so has verified. Frames are reported in their order.
    ///
    /// # Errors
    /// [`Error::OutOfTurn`].
    pub fn opened(&mut self, sequence: u32) -> Result<(), Error> {
        let expected = self.verified.saturating_add(1);
        if sequence != expected || sequence > self.announced {
            return Err(Error::OutOfTurn { frame: sequence, expected });
        }
        self.verified = sequence;
        Ok(())
    }

    /// Reports that another reader, which began where this one stands, has had all frames up to this number opened, and
    /// whether the last of them ended the message.
    ///
    /// # Errors
    /// [`Error::OutOfTurn`] when this reader is past that, or still has frames to report; [`Error::Ended`].
    pub fn opened_elsewhere(&mut self, sequence: u32, last: bool) -> Result<(), Error> {
        let expected = self.verified.saturating_add(1);
        if self.ended {
            return Err(Error::Ended);
        }
        if sequence < expected || self.announced > self.verified {
            return Err(Error::OutOfTurn { frame: sequence, expected });
        }
        (self.announced, self.verified, self.ended) = (sequence, sequence, last);
        Ok(())
    }

    /// The number of the last frame that was reported as verified; before the first, one less than that.
    pub fn verified(&self) -> u32 {
        self.verified
    }

    /// Whether the last frame has been given out.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// Whether the message was whole, when so many bytes follow where its next frame would begin, and no more.
    ///
    /// # Errors
    /// [`Error::Truncated`] when a frame is missing or was not opened, [`Error::TrailingBytes`].
    pub fn finish(&self, trailing: u64) -> Result<(), Error> {
        if !self.ended || self.verified < self.announced {
            return Err(Error::Truncated { frame: Some(self.verified.saturating_add(1)) });
        }
        if trailing > 0 { Err(Error::TrailingBytes { count: trailing }) } else { Ok(()) }
    }

    fn check(&self, sequence: u32, prefix: &Prefix, prefix_length: usize) -> Result<FrameHead, Error> {
        if prefix.sequence != sequence {
            return Err(Error::FrameOrder { frame: sequence, found: prefix.sequence });
        }
        let nonce = body::nonce(sequence);
        if prefix.nonce != nonce {
            return Err(Error::FrameNonce { frame: sequence });
        }
        let length = prefix.plaintext_length;
        let full = self.framing.frame_length;
        if prefix.kind == Kind::Final && full.is_some_and(|full| length > full.into()) {
            return Err(Error::LastFrameLength { frame: sequence, length });
        }
        if length > MAX_FRAME_LENGTH.into() {
            return Err(Error::FrameTooLarge { frame: sequence, length });
        }
        Ok(FrameHead {
            sequence,
            last: prefix.kind != Kind::Regular,
            prefix_length,
            sealed_length: length as usize + TAG_LENGTH,
            nonce,
            aad: body::aad(&self.framing.message_id, prefix.kind, sequence, length),
        })
    }
}

/// What stands before a ciphertext.
struct Prefix {
    kind: Kind,
    sequence: u32,
    nonce: Nonce,
    plaintext_length: u64,
}

fn framed(reader: &mut Reader<'_>, frame_length: u32) -> Result<Prefix, Short> {
    let first = reader.u32()?;
    let last = first == END_MARKER;
    let sequence = if last {
        reader.mark("sequenceNumberEnd", Form::Number);
        reader.u32()?
    } else {
        first
    };
    reader.mark("sequenceNumber", Form::Number);
    let nonce = reader.array()?;
    reader.mark("iv", Form::Bytes);
    if !last {
        return Ok(Prefix { kind: Kind::Regular, sequence, nonce, plaintext_length: frame_length.into() });
    }
    let plaintext_length = reader.u32()?.into();
    reader.mark("encryptedContentLength", Form::Number);
    Ok(Prefix { kind: Kind::Final, sequence, nonce, plaintext_length })
}

fn single_block(reader: &mut Reader<'_>) -> Result<Prefix, Short> {
    let nonce = reader.array()?;
    reader.mark("iv", Form::Bytes);
    let plaintext_length = reader.u64()?;
    reader.mark("encryptedContentLength", Form::Number);
    Ok(Prefix { kind: Kind::SingleBlock, sequence: 1, nonce, plaintext_length })
}

#[cfg(test)]
mod tests;
