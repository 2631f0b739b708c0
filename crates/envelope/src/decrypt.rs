//! Reading a message.

use waxseal_crypto::{
    ContentKey, DataKey, equal,
    gcm::{self, Nonce, TAG_LENGTH},
};

use crate::{
    body::{self, END_MARKER, Kind, MAX_FRAME_LENGTH},
    derive::derive,
    error::Error,
    header::{Content, HEADER_NONCE, Header},
    reader::{Reader, Short},
};

/// Reads the body of one message. It says of each frame where its ciphertext is and how to open it; the bytes of the
/// content never pass through it. Frames may be opened several at a time, and are reported in their order with
/// [`Decryptor::opened`]. Only after [`Decryptor::finish`] is the plaintext known to be whole; nothing may be released
/// before.
#[derive(Debug)]
pub struct Decryptor {
    header: Header,
    content_key: ContentKey,
    /// Frames that [`Decryptor::next_frame`] has given out.
    announced: u32,
    /// Frames that have been reported as verified.
    verified: u32,
    /// Whether the last frame has been given out.
    ended: bool,
}

/// What comes next in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A frame. The next one begins [`FrameHead::length`] bytes further on.
    Frame(FrameHead),
    /// Come again with at least so many bytes, from the same place. When there are no more, [`Decryptor::finish`] says
    /// what that means.
    More(usize),
    /// Nothing: the last frame has been given out.
    End,
}

/// How to read a frame: leave out the prefix, then `AES-256-GCM(content key, nonce, aad, sealed)`, the tag at the end.
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
        Ok(Self { header, content_key, announced: 0, verified: 0, ended: false })
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

    /// Reads what stands before the next ciphertext, from the bytes that begin with the next frame.
    ///
    /// # Errors
    /// [`Error::FrameOrder`], [`Error::FrameNonce`], [`Error::LastFrameLength`], [`Error::FrameTooLarge`].
    pub fn next_frame(&mut self, available: &[u8]) -> Result<Next, Error> {
        if self.ended {
            return Ok(Next::End);
        }
        // No overflow: a frame of the highest number is the last.
        let sequence = self.announced + 1;
        let mut reader = Reader::new(available);
        let prefix = match self.header.content() {
            Content::Framed { frame_length } => framed(&mut reader, frame_length),
            Content::NonFramed => single_block(&mut reader),
        };
        let prefix = match prefix {
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
        if prefix.kind == Kind::Final && self.header.frame_length().is_some_and(|full| length > full.into()) {
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
            aad: body::aad(self.header.message_id(), prefix.kind, sequence, length),
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
    if first != END_MARKER {
        let plaintext_length = frame_length.into();
        return Ok(Prefix { kind: Kind::Regular, sequence: first, nonce: reader.array()?, plaintext_length });
    }
    let (sequence, nonce) = (reader.u32()?, reader.array()?);
    Ok(Prefix { kind: Kind::Final, sequence, nonce, plaintext_length: reader.u32()?.into() })
}

fn single_block(reader: &mut Reader<'_>) -> Result<Prefix, Short> {
    let nonce = reader.array()?;
    Ok(Prefix { kind: Kind::SingleBlock, sequence: 1, nonce, plaintext_length: reader.u64()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EncryptedDataKey, EncryptionContext, Suite, header::HeaderBody};

    /// The decryptor of a message that another writer gave frames of this length.
    fn decryptor(frame_length: u32) -> Decryptor {
        let (content_key, commitment) = derive(DataKey::new(vec![7; 32]), &[0; 32]).unwrap();
        let key = EncryptedDataKey { provider_id: "p".into(), provider_info: vec![], ciphertext: vec![] };
        let body = HeaderBody {
            suite: Suite::COMMITTING,
            message_id: vec![0; 32],
            context: EncryptionContext::new(),
            encrypted_data_keys: vec![key],
            content: Content::Framed { frame_length },
            suite_data: commitment.to_vec(),
        };
        let raw = body.write().unwrap();
        let tag = gcm::seal(&content_key, &HEADER_NONCE, &raw, b"").unwrap().try_into().unwrap();
        Decryptor::new(Header { body, raw, tag }, DataKey::new(vec![7; 32])).unwrap()
    }

    #[test]
    fn frames_that_do_not_fit_into_memory() {
        let length = u64::from(MAX_FRAME_LENGTH) + 1;
        let too_large = |length| Err(Error::FrameTooLarge { frame: 1, length });
        let next = |prefix: Vec<u8>| decryptor(u32::MAX).next_frame(&prefix);
        assert_eq!(next(body::prefix(1, 0, false)), too_large(u32::MAX.into()));
        assert_eq!(next(body::prefix(1, MAX_FRAME_LENGTH + 1, true)), too_large(length));
        assert!(matches!(next(body::prefix(1, MAX_FRAME_LENGTH, true)), Ok(Next::Frame(_))));
        assert!(matches!(next(body::prefix(1, 5, true)), Ok(Next::Frame(_))));
    }

    #[test]
    fn the_highest_sequence_number_is_that_of_a_last_frame() {
        let mut decryptor = decryptor(16);
        decryptor.announced = u32::MAX - 1;
        let last = body::prefix(u32::MAX, 3, true);
        assert!(matches!(decryptor.next_frame(&last), Ok(Next::Frame(FrameHead { last: true, .. }))));
        assert_eq!(decryptor.next_frame(&last), Ok(Next::End));
    }
}
