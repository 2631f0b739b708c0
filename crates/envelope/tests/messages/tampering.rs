//! Nothing that was changed after it was written is read.

use proptest::prelude::*;
use waxseal_api::{LocalError, LocalErrorCode};
use waxseal_crypto::{DataKey, gcm};
use waxseal_envelope::{Decryptor, Encryptor, Error, Materials, Parse, Suite, encrypt_bytes};

use crate::support::{context, draft, materials, message, open, parse, plaintext, read, rng};

const FRAME: usize = 16;

/// Where the body of a message begins.
fn body(message: &[u8]) -> usize {
    let Ok(Parse::Done(_, consumed)) = parse(message) else { panic!() };
    consumed
}

/// The regular frames of a message with frames of [`FRAME`], and its end.
fn frames(message: &[u8], regular: usize) -> (&[u8], Vec<&[u8]>, &[u8]) {
    let (header, body) = message.split_at(body(message));
    let (frames, last) = body.split_at(regular * (FRAME + 32));
    (header, frames.chunks(FRAME + 32).collect(), last)
}

#[test]
fn every_flipped_bit() {
    for message in [message(0, 16), message(2 * FRAME + 3, FRAME as u32)] {
        assert!(open(&message).is_ok());
        for bit in 0..message.len() * 8 {
            let mut changed = message.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&changed).is_err(), "bit {bit} of {}", message.len());
        }
    }
}

#[test]
fn every_truncation() {
    for message in [message(0, 16), message(2 * FRAME, FRAME as u32)] {
        let body = body(&message);
        assert_eq!(open(b""), Err(Error::NotAMessage));
        for length in 1..message.len() {
            match open(&message[..length]) {
                Err(Error::Truncated { frame }) => assert_eq!(frame.is_some(), length >= body, "{length}"),
                other => panic!("{length}: {other:?}"),
            }
        }
    }
}

#[test]
fn bytes_after_the_end() {
    let message = message(20, FRAME as u32);
    for count in [1, 2, 48, 1000] {
        let longer = [message.as_slice(), &vec![0; count]].concat();
        assert_eq!(open(&longer), Err(Error::TrailingBytes { count: count as u64 }));
    }
    assert!(matches!(open(&message.repeat(2)), Err(Error::TrailingBytes { .. })));
}

#[test]
fn frames_swapped_doubled_left_out() {
    let message = message(3 * FRAME + 1, FRAME as u32);
    let (header, frames, last) = frames(&message, 3);
    let order = |order: &[&[u8]]| open(&[&[header], order].concat().concat());
    let [one, two, three] = frames[..] else { panic!() };
    assert!(order(&[one, two, three, last]).is_ok());
    for (changed, frame, found) in [
        (vec![two, one, three, last], 1, 2),
        (vec![one, one, two, three, last], 2, 1),
        (vec![one, three, last], 2, 3),
        (vec![one, two, last], 3, 4),
        (vec![last], 1, 4),
    ] {
        assert_eq!(order(&changed), Err(Error::FrameOrder { frame, found }));
    }
    assert_eq!(order(&[one, two, three]), Err(Error::Truncated { frame: Some(4) }));
}

/// Frames in each other's place under numbers that fit.
#[test]
fn frames_renumbered() {
    let message = message(2 * FRAME + 1, FRAME as u32);
    let (header, frames, last) = frames(&message, 2);
    let renumbered = |frame: &[u8], sequence: u32, nonce: u32| {
        [&sequence.to_be_bytes(), &[0; 8][..], &nonce.to_be_bytes(), &frame[16..]].concat()
    };
    let swapped = |nonce| [header, &renumbered(frames[1], 1, nonce), frames[0], last].concat();
    assert_eq!(open(&swapped(2)), Err(Error::FrameNonce { frame: 1 }));
    assert_eq!(open(&swapped(1)), Err(Error::FrameTag { frame: 1 }));
}

#[test]
fn a_regular_frame_does_not_pass_as_the_last_and_the_last_not_as_regular() {
    let message = message(2 * FRAME, FRAME as u32);
    let (header, frames, last) = frames(&message, 1);
    let as_last = [&[0xff; 4], &frames[0][..16], &(FRAME as u32).to_be_bytes(), &frames[0][16..]].concat();
    assert_eq!(open(&[header, &as_last].concat()), Err(Error::FrameTag { frame: 1 }));
    let as_regular = [&last[4..20], &last[24..]].concat();
    assert_eq!(open(&[header, frames[0], &as_regular].concat()), Err(Error::FrameTag { frame: 2 }));
}

#[test]
fn a_last_frame_that_claims_more_than_a_frame() {
    let mut message = message(1, FRAME as u32);
    let length = body(&message) + 20;
    message[length..length + 4].copy_from_slice(&17_u32.to_be_bytes());
    assert_eq!(open(&message), Err(Error::LastFrameLength { frame: 1, length: 17 }));
}

#[test]
fn frames_of_two_messages_do_not_mix() {
    let [a, b] = [0, 1].map(|_| message(FRAME + 1, FRAME as u32));
    let ((header, _, last), (_, other, _)) = (frames(&a, 1), frames(&b, 1));
    assert_eq!(open(&[header, other[0], last].concat()), Err(Error::FrameTag { frame: 1 }));
    let (header, _) = a.split_at(body(&a));
    assert_eq!(open(&[header, &b[body(&b)..]].concat()), Err(Error::FrameTag { frame: 1 }));
}

/// The last frame of a message may be empty, as AWS's clients for Python, Node and C write it.
#[test]
fn an_empty_last_frame() {
    let materials = materials(Suite::COMMITTING, &context(&[]));
    let mut encryptor = Encryptor::new(materials, FRAME as u32, &mut rng()).unwrap();
    let mut message = encryptor.header().to_vec();
    for (chunk, last) in [(plaintext(FRAME), false), (Vec::new(), true)] {
        let plan = encryptor.frame(chunk.len() as u32, last).unwrap();
        message.extend(plan.prefix);
        message.extend(gcm::seal(encryptor.content_key(), &plan.nonce, &plan.aad, &chunk).unwrap());
    }
    assert_eq!(open(&message).unwrap(), plaintext(FRAME));
    let cut = message.len() - 40;
    assert_eq!(open(&message[..cut]), Err(Error::Truncated { frame: Some(2) }));
}

/// One message, two data keys: without commitment, a header could be made that opens differently with each.
#[test]
fn another_data_key_is_not_the_one_committed_to() {
    let message = message(5, 16);
    let result = read(&message, |_| Ok(Some(DataKey::new(vec![1; 32]))));
    assert_eq!(result.err(), Some(Error::Commitment));
    let result = read(&message, |_| Ok(Some(DataKey::new(vec![1; 16]))));
    assert_eq!(result.err(), Some(Error::DataKeyLength { length: 16, needed: 32 }));
}

/// A header whose commitment is right and whose other bytes are not.
#[test]
fn the_header_is_authenticated_as_it_was_read() {
    let data_key = || DataKey::new(vec![3; 32]);
    let materials = Materials {
        draft: draft(Suite::COMMITTING, &context(&[("k", "v")])),
        data_key: data_key(),
        encrypted_data_keys: materials(Suite::COMMITTING, &context(&[])).encrypted_data_keys,
    };
    let mut message = encrypt_bytes(materials, 16, b"x", &mut rng()).unwrap();
    message[44] ^= 1;
    let Ok(Parse::Done(header, _)) = parse(&message) else { panic!() };
    assert_eq!(header.context(), &context(&[("k", "w")]));
    assert_eq!(Decryptor::new(*header, data_key()).err(), Some(Error::HeaderTag));
}

#[test]
fn what_callers_are_told() {
    let message = message(2 * FRAME, FRAME as u32);
    let mut changed = message.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    let told = LocalError::from(open(&changed).unwrap_err());
    assert_eq!((told.code, told.frame), (LocalErrorCode::Tampered, Some(2)));
    assert_eq!(told.message, "Frame 2 does not verify: it was changed after it was written.");

    let told = LocalError::from(open(&message[..last]).unwrap_err());
    assert_eq!((told.code, told.frame), (LocalErrorCode::Truncated, Some(2)));
    assert_eq!(told.message, "This message is cut short: it ends in frame 2.");

    let told = LocalError::from(open(b"hello").unwrap_err());
    assert_eq!((told.code, told.frame), (LocalErrorCode::NotAMessage, None));
}

proptest! {
    /// Whatever follows a good header is refused, or it is the body that was written.
    #[test]
    fn any_bytes_for_a_body(
        start in prop::sample::select(vec!["", "00000001", "0000000100000000000000000000000001", "ffffffff00000001"]),
        rest in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let message = message(1, FRAME as u32);
        let (header, _) = message.split_at(body(&message));
        let changed = [header, &hex::decode(start).unwrap(), &rest].concat();
        prop_assert!(open(&changed).is_err());
    }
}
