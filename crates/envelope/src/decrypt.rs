//! Reading a message.

use waxseal_crypto::{ContentKey, DataKey, equal, gcm};

use crate::{
    derive::{Commitment, derive},
    error::Error,
    footer::Verifier,
    frames::{FrameReader, Framing, Next},
    header::Header,
};

/// Reads the body of one message. It says of each frame where its ciphertext is and how to open it; the bytes of the
/// content never pass through it, but for the digest of a signed message. Frames may be opened several at a time, and are
/// reported in their order with [`Decryptor::opened`]. Only after [`Decryptor::finish`] is the plaintext known to be whole;
/// nothing may be released before.
#[derive(Debug)]
pub struct Decryptor {
    header: Header,
    content_key: ContentKey,
    commitment: Option<Commitment>,
    framing: Framing,
    frames: FrameReader,
    /// What checks the signature, until it has.
    verifier: Option<Verifier>,
}

impl Decryptor {
    /// Derives what it needs from the data key, which is erased, and verifies commitment and header.
    ///
    /// # Errors
    /// [`Error::DataKeyLength`], [`Error::Commitment`], [`Error::HeaderTag`]; [`Error::Malformed`] when the message is
    /// signed and its public key is none.
    pub fn new(header: Header, data_key: DataKey) -> Result<Self, Error> {
        let (content_key, commitment) = derive(header.suite(), data_key, header.message_id())?;
        if !equal(&header.body.suite_data, commitment.as_ref().map_or(&[], Commitment::as_slice)) {
            return Err(Error::Commitment);
        }
        let (nonce, tag) = header.seal();
        gcm::open(&content_key, &nonce, &header.raw, tag).map_err(|_| Error::HeaderTag)?;
        let verifier = Verifier::new(&header)?;
        let framing =
            Framing { message_id: header.message_id().to_vec(), frame_length: header.frame_length() };
        let frames = framing.read_from(1);
        Ok(Self { header, content_key, commitment, framing, frames, verifier })
    }

    /// The header, verified.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What the header says of the data key, verified; nothing where the suite does not commit to it.
    pub fn commitment(&self) -> Option<&[u8; 32]> {
        self.commitment.as_ref()
    }

    /// The key for all frames of this message.
    pub fn content_key(&self) -> &ContentKey {
        &self.content_key
    }

    /// What its frames have in common, for whoever reads some of them elsewhere.
    pub fn framing(&self) -> &Framing {
        &self.framing
    }

    /// Whether the message is signed: then every byte of its frames is to pass through [`Decryptor::digest`].
    pub fn is_signed(&self) -> bool {
        self.header.suite().signature.is_some()
    }

    /// Takes bytes of the body into the digest that is signed: all bytes of all frames, in their order. Does nothing when
    /// the message is not signed.
    pub fn digest(&mut self, bytes: &[u8]) {
        if let Some(verifier) = &mut self.verifier {
            verifier.update(bytes);
        }
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

    /// Verifies the signature in what follows the last frame, which is the rest of the message or at least
    /// [`MAX_FOOTER_LENGTH`](crate::MAX_FOOTER_LENGTH) bytes of it. Returns how many of them it takes: none when the
    /// message is not signed.
    ///
    /// # Errors
    /// [`Error::Truncated`] when a frame is missing or was not opened; [`Error::FooterTruncated`],
    /// [`Error::SignatureLength`], [`Error::Signature`].
    pub fn footer(&mut self, available: &[u8]) -> Result<usize, Error> {
        self.frames.finish(0)?;
        self.verifier.take().map_or(Ok(0), |verifier| verifier.finish(available))
    }

    /// Whether the message was whole, when so many bytes follow its last frame and its footer, and no more.
    ///
    /// # Errors
    /// [`Error::Truncated`] when a frame is missing or was not opened, [`Error::FooterTruncated`] when the signature was
    /// not looked at, [`Error::TrailingBytes`].
    pub fn finish(&self, trailing: u64) -> Result<(), Error> {
        self.frames.finish(0)?;
        if self.verifier.is_some() {
            return Err(Error::FooterTruncated);
        }
        self.frames.finish(trailing)
    }
}
