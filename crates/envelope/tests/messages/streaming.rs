//! Messages that arrive piece by piece, and drivers that do not keep to the order.

use waxseal_crypto::gcm;
use waxseal_envelope::{Decryptor, Error, FrameHead, Next, Parse, Suite};

use crate::support::{WRITTEN, keyring, message, message_of, parse, plaintext};

const FRAME: usize = 64;

/// Whoever reads a message as its bytes come in, and holds no more of them than the frame at hand.
#[derive(Default)]
struct Reader {
    buffer: Vec<u8>,
    decryptor: Option<Decryptor>,
    head: Option<FrameHead>,
    plaintext: Vec<u8>,
}

impl Reader {
    fn feed(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.buffer.extend(bytes);
        while self.step()? {}
        Ok(())
    }

    /// Does what can be done with the bytes at hand; false when there is nothing.
    fn step(&mut self) -> Result<bool, Error> {
        match (&mut self.decryptor, self.head.take()) {
            (None, _) => self.header(),
            (Some(decryptor), None) => {
                if let Next::Frame(head) = decryptor.next_frame(&self.buffer)? {
                    self.head = Some(head);
                }
                Ok(self.head.is_some())
            }
            (Some(_), Some(head)) if self.buffer.len() < head.length() => {
                self.head = Some(head);
                Ok(false)
            }
            (Some(_), Some(head)) => self.frame(&head).map(|()| true),
        }
    }

    fn header(&mut self) -> Result<bool, Error> {
        let Parse::Done(header, consumed) = parse(&self.buffer)? else { return Ok(false) };
        let data_key = keyring().unwrap(&header)?.unwrap();
        self.decryptor = Some(Decryptor::new(*header, data_key)?);
        self.buffer.drain(..consumed);
        Ok(true)
    }

    fn frame(&mut self, head: &FrameHead) -> Result<(), Error> {
        let frame: Vec<u8> = self.buffer.drain(..head.length()).collect();
        let decryptor = self.decryptor.as_mut().unwrap();
        let sealed = &frame[head.prefix_length..];
        let opened = gcm::open(decryptor.content_key(), &head.nonce, &head.aad, sealed)
            .map_err(|_| Error::FrameTag { frame: head.sequence })?;
        self.plaintext.extend_from_slice(&opened);
        decryptor.digest(&frame);
        decryptor.opened(head.sequence)
    }

    fn finish(&mut self) -> Result<(), Error> {
        let decryptor = self.decryptor.as_mut().unwrap();
        let footer = decryptor.footer(&self.buffer)?;
        decryptor.finish((self.buffer.len() - footer) as u64)
    }
}

#[test]
fn the_same_in_pieces_of_any_size() {
    let length = 5 * FRAME + 7;
    for suite in WRITTEN {
        let message = message_of(suite, length, FRAME as u32);
        for size in 1..=message.len() {
            let mut reader = Reader::default();
            for piece in message.chunks(size) {
                reader.feed(piece).unwrap();
                assert!(reader.buffer.len() < 512 + size, "{} bytes are held", reader.buffer.len());
            }
            reader.finish().unwrap();
            assert!(reader.plaintext == plaintext(length), "{size}");
        }
    }
}

#[test]
fn a_signed_message_is_not_whole_before_its_signature_was_looked_at() {
    let message = message_of(Suite::SIGNED, 2 * FRAME, FRAME as u32);
    let mut reader = Reader::default();
    reader.feed(&message).unwrap();
    let decryptor = reader.decryptor.as_mut().unwrap();
    assert_eq!(decryptor.finish(0), Err(Error::FooterTruncated));
    for length in 0..reader.buffer.len() {
        let mut reader = Reader::default();
        reader.feed(&message).unwrap();
        reader.buffer.truncate(length);
        assert_eq!(reader.finish(), Err(Error::FooterTruncated), "{length}");
    }
    assert_eq!(reader.finish(), Ok(()));
}

/// What is opened and not taken into the digest is not what was signed.
#[test]
fn every_byte_counts_for_the_signature() {
    let message = message_of(Suite::SIGNED, 2 * FRAME, FRAME as u32);
    for extra in [false, true] {
        let mut reader = Reader::default();
        reader.feed(&message).unwrap();
        if extra {
            reader.decryptor.as_mut().unwrap().digest(b"x");
        }
        assert_eq!(reader.finish(), if extra { Err(Error::Signature) } else { Ok(()) });
    }
}

#[test]
fn the_end_before_the_end() {
    let message = message(2 * FRAME, FRAME as u32);
    let body = message.len() - 2 * FRAME - 2 * 32 - 8;
    for length in body..message.len() {
        let mut reader = Reader::default();
        reader.feed(&message[..length]).unwrap();
        let frame = if length < body + FRAME + 32 { 1 } else { 2 };
        assert_eq!(reader.finish(), Err(Error::Truncated { frame: Some(frame) }), "{length}");
    }
}

/// A decryptor at the body of a message of two frames, and that body.
fn at_body() -> (Decryptor, Vec<u8>) {
    let message = message(2 * FRAME, FRAME as u32);
    let Ok(Parse::Done(header, consumed)) = parse(&message) else { panic!() };
    let data_key = keyring().unwrap(&header).unwrap().unwrap();
    (Decryptor::new(*header, data_key).unwrap(), message[consumed..].to_vec())
}

#[test]
fn asks_for_no_more_than_the_prefix() {
    let (mut decryptor, body) = at_body();
    assert_eq!(decryptor.next_frame(&[]), Ok(Next::More(4)));
    assert_eq!(decryptor.next_frame(&body[..4]), Ok(Next::More(16)));
    assert_eq!(decryptor.next_frame(&body[..15]), Ok(Next::More(16)));
    let Next::Frame(head) = decryptor.next_frame(&body[..16]).unwrap() else { panic!() };
    assert_eq!((head.sequence, head.last, head.length()), (1, false, FRAME + 32));
    let last = &body[head.length()..];
    assert_eq!(decryptor.next_frame(&last[..4]), Ok(Next::More(8)));
    assert_eq!(decryptor.next_frame(&last[..8]), Ok(Next::More(20)));
    assert_eq!(decryptor.next_frame(&last[..20]), Ok(Next::More(24)));
    let Next::Frame(head) = decryptor.next_frame(&last[..24]).unwrap() else { panic!() };
    assert_eq!((head.sequence, head.last, head.length()), (2, true, last.len()));
    assert_eq!(decryptor.next_frame(&[]), Ok(Next::End));
}

#[test]
fn a_message_is_whole_only_when_every_frame_has_verified() {
    let (mut decryptor, body) = at_body();
    assert_eq!(decryptor.opened(1), Err(Error::OutOfTurn { frame: 1, expected: 1 }));
    decryptor.next_frame(&body).unwrap();
    assert_eq!(decryptor.opened(2), Err(Error::OutOfTurn { frame: 2, expected: 1 }));
    // The next frame can be looked at while the first is still being opened.
    decryptor.next_frame(&body[FRAME + 32..]).unwrap();
    assert_eq!(decryptor.opened(2), Err(Error::OutOfTurn { frame: 2, expected: 1 }));
    decryptor.opened(1).unwrap();
    assert_eq!(decryptor.opened(1), Err(Error::OutOfTurn { frame: 1, expected: 2 }));
    assert_eq!(decryptor.finish(0), Err(Error::Truncated { frame: Some(2) }));
    decryptor.opened(2).unwrap();
    assert_eq!(decryptor.finish(0), Ok(()));
    assert_eq!(decryptor.finish(3), Err(Error::TrailingBytes { count: 3 }));
}
