//! Reading a message.

use waxseal_crypto::{ContentKey, DataKey, equal, gcm};

use crate::{
    derive::derive,
    error::Error,
    frames::{FrameReader, Framing, Next},
    header::{HEADER_NONCE, Header},
};

/// Reads the body of one message. It says of each frame where its ciphertext is and how to open it; the bytes of the
/// content never pass through it. Frames may be opened several at a time, and are reported in their order with
/// [`Decryptor::opened`]. Only after [`Decryptor::finish`] is the plaintext known to be whole; nothing may be released
/// before.
#[derive(Debug)]
pub struct Decryptor {
    header: Header,
    content_key: ContentKey,
    framing: Framing,
    frames: FrameReader,
}

impl Decryptor {
    /// Derives what it needs from the data key, which is erased, and verifies commitment and header.
    ///
    /// # Errors
    /// [`Error::UnsupportedSuite`], [`Error::DataKeyLength`], [`Error::Commitment`], [`Error::HeaderTag`].
    pub fn new(header: Header, data_key: DataKey) -> Result<Self, Error> {
        let (message_id, stored) = header.committed()?;
        let (content_key, commitment) = derive(data_key, &message_id)?;
        if !equal(&stored, &commitment) {
            return Err(Error::Commitment);
        }
        gcm::open(&content_key, &HEADER_NONCE, &header.raw, &header.tag).map_err(|_| Error::HeaderTag)?;
        let framing = Framing { message_id, frame_length: header.frame_length() };
        let frames = framing.read_from(1);
        Ok(Self { header, content_key, framing, frames })
    }

    /// The header, verified.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What the header says of the data key, verified.
    pub fn commitment(&self) -> [u8; 32] {
        self.header.committed().map(|(_, commitment)| commitment).unwrap_or_default()
    }

    /// The key for all frames of this message.
    pub fn content_key(&self) -> &ContentKey {
        &self.content_key
    }

    /// What its frames have in common, for whoever reads some of them elsewhere.
    pub fn framing(&self) -> &Framing {
        &self.framing
    }

    /// Reads what stands before the next ciphertext, from the bytes that begin with the next frame.
    ///
    /// # Errors
    /// See [`FrameReader::next_frame`].
    pub fn next_frame(&mut self, available: &[u8]) -> Result<Next, Error> {
        self.frames.next_frame(available)
    }

    /// Reports that a frame has been opened, and so has verified. Frames are reported in their order.
    ///
    /// # Errors
    /// [`Error::OutOfTurn`].
    pub fn opened(&mut self, sequence: u32) -> Result<(), Error> {
        self.frames.opened(sequence)
    }

    /// Reports what a reader of [`Decryptor::framing`] has read from where this one stands.
    ///
    /// # Errors
    /// See [`FrameReader::opened_elsewhere`].
    pub fn opened_elsewhere(&mut self, sequence: u32, last: bool) -> Result<(), Error> {
        self.frames.opened_elsewhere(sequence, last)
    }

    /// Whether the message was whole, when so many bytes follow where its next frame would begin, and no more.
    ///
    /// # Errors
    /// [`Error::Truncated`] when a frame is missing or was not opened, [`Error::TrailingBytes`].
    pub fn finish(&self, trailing: u64) -> Result<(), Error> {
        self.frames.finish(trailing)
    }
}
