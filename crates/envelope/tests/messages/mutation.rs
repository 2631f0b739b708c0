//! Every byte of a message changed, every length cut off: each is refused, and told for what it is.
//!
//! Where the fields of a message lie is known here from the sizes of the format, not from the parser.

use std::ops::Range;

use waxseal_crypto::DataKey;
use waxseal_envelope::{EncryptedDataKey, Error, MAX_FOOTER_LENGTH, Suite, decrypt_bytes};

use crate::{
    legacy::Legacy,
    support::{WRITTEN, keyring, lenient, message_of, open, plaintext},
};

const FRAME: usize = 16;
const REGULAR: usize = 4 + 12 + FRAME + 16;

/// A message whose every field is known by its place.
struct Sample {
    suite: Suite,
    message: Vec<u8>,
    /// Field by field.
    fields: Vec<(Field, Range<usize>)>,
    data_key: Option<Vec<u8>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Version,
    Type,
    Suite,
    MessageId,
    ContextLength,
    Context,
    KeyCount,
    KeyLength,
    Provider,
    KeyName,
    WrappingConstants,
    WrappedKey,
    ContentType,
    Reserved,
    FrameLength,
    Commitment,
    HeaderNonce,
    HeaderTag,
    EndMarker(u32),
    Sequence(u32),
    Nonce(u32),
    LastLength(u32),
    BlockLength,
    Sealed(u32),
    FooterLength,
    Signature,
}

use Field::*;

impl Sample {
    /// A message under [`keyring`], with two regular frames and a last one of three bytes.
    fn written(suite: Suite) -> Self {
        let message = message_of(suite, 2 * FRAME + 3, FRAME as u32);
        let mut sample = Self { suite, message, fields: Vec::new(), data_key: None };
        sample.put(&[(Version, 1), (Suite, 2), (MessageId, 32), (ContextLength, 2)]);
        let context = if suite.signature.is_some() { 2 + 4 + 2 + 4 + 21 + 68 } else { 2 + 4 + 2 };
        sample.put(&[(Context, context), (KeyCount, 2)]);
        sample.put(&[(KeyLength, 2), (Provider, 6), (KeyLength, 2), (KeyName, 4), (WrappingConstants, 8)]);
        sample.put(&[(WrappedKey, 12), (KeyLength, 2), (WrappedKey, 48)]);
        sample.put(&[(ContentType, 1), (FrameLength, 4), (Commitment, 32), (HeaderTag, 16)]);
        sample.frames();
        if suite.signature.is_some() {
            sample.put(&[(FooterLength, 2)]);
            sample.put(&[(Signature, sample.message.len() - sample.end())]);
        }
        assert_eq!(sample.end(), sample.message.len());
        sample
    }

    /// A message of version 1, whose data key is not looked for.
    fn legacy(id: u16, framed: bool) -> Self {
        let suite = Suite::find(id).unwrap();
        let data_key = vec![7; suite.key_length];
        let key = EncryptedDataKey {
            provider_id: "cellar".into(),
            provider_info: b"2026".to_vec(),
            ciphertext: vec![9; 48],
        };
        let frame_length = framed.then_some(FRAME as u32);
        let legacy = Legacy { id, data_key: data_key.clone(), message_id: [3; 16], key, frame_length };
        let message = legacy.write(&plaintext(2 * FRAME + 3));
        let mut sample = Self { suite, message, fields: Vec::new(), data_key: Some(data_key) };
        sample.put(&[
            (Version, 1),
            (Type, 1),
            (Suite, 2),
            (MessageId, 16),
            (ContextLength, 2),
            (KeyCount, 2),
        ]);
        sample.put(&[
            (KeyLength, 2),
            (Provider, 6),
            (KeyLength, 2),
            (KeyName, 4),
            (KeyLength, 2),
            (WrappedKey, 48),
        ]);
        sample.put(&[(ContentType, 1), (Reserved, 5), (FrameLength, 4), (HeaderNonce, 12), (HeaderTag, 16)]);
        if framed {
            sample.frames();
        } else {
            sample.put(&[(Nonce(1), 12), (BlockLength, 8), (Sealed(1), 2 * FRAME + 3 + 16)]);
        }
        assert_eq!(sample.end(), sample.message.len());
        sample
    }

    fn frames(&mut self) {
        for frame in 1..=2 {
            self.put(&[(Sequence(frame), 4), (Nonce(frame), 12), (Sealed(frame), FRAME + 16)]);
        }
        self.put(&[
            (EndMarker(3), 4),
            (Sequence(3), 4),
            (Nonce(3), 12),
            (LastLength(3), 4),
            (Sealed(3), 3 + 16),
        ]);
    }

    fn put(&mut self, fields: &[(Field, usize)]) {
        for &(field, length) in fields {
            let start = self.end();
            self.fields.push((field, start..start + length));
        }
    }

    fn end(&self) -> usize {
        self.fields.last().map_or(0, |(_, range)| range.end)
    }

    fn open(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        match &self.data_key {
            None => open(message),
            Some(data_key) => {
                let unwrap = |_: &_| Ok(Some(DataKey::new(data_key.clone())));
                decrypt_bytes(message, &lenient(), unwrap).map(|opened| opened.plaintext.to_vec())
            }
        }
    }

    /// Whether this error is the right one for a message with a change in this field.
    fn is_right(&self, field: Field, error: &Error) -> bool {
        let committing = self.data_key.is_none();
        let truncated = matches!(error, Error::Truncated { .. } | Error::FooterTruncated);
        let malformed = matches!(error, Error::Malformed { .. });
        match field {
            Version | Type => matches!(error, Error::NotAMessage | Error::UnknownSuite { .. }),
            // Another suite of the same version is one whose keys are others.
            Suite => {
                malformed
                    || matches!(error, Error::UnknownSuite { .. })
                    || (!committing && matches!(error, Error::HeaderTag | Error::DataKeyLength { .. }))
            }
            MessageId if committing => *error == Error::Commitment,
            MessageId | HeaderNonce | HeaderTag => *error == Error::HeaderTag,
            FrameLength => malformed || *error == Error::HeaderTag,
            Commitment => *error == Error::Commitment,
            ContentType | Reserved => malformed || *error == Error::HeaderTag,
            // Lengths that do not fit lead the parser astray, up to the end of what is there or of what is allowed.
            ContextLength | KeyCount | KeyLength => {
                malformed
                    || truncated
                    || matches!(error, Error::TooManyKeys { .. } | Error::HeaderTooLarge | Error::HeaderTag)
                    || matches!(error, Error::KeyNotHere { .. } | Error::WrappingKey { .. })
            }
            Context => malformed || matches!(error, Error::WrappingKey { .. }),
            Provider | KeyName | WrappingConstants if committing => {
                malformed || matches!(error, Error::KeyNotHere { .. })
            }
            WrappedKey if committing => matches!(error, Error::WrappingKey { .. }),
            Provider | KeyName | WrappingConstants | WrappedKey => malformed || *error == Error::HeaderTag,
            EndMarker(frame) | Sequence(frame) => {
                matches!(error, Error::FrameOrder { frame: at, .. } if *at == frame)
            }
            Nonce(frame) => *error == Error::FrameNonce { frame },
            LastLength(frame) => match error {
                Error::LastFrameLength { frame: at, .. } | Error::FrameTag { frame: at } => *at == frame,
                Error::Truncated { frame: at } => *at == Some(frame),
                _ => false,
            },
            BlockLength => matches!(
                error,
                Error::FrameTooLarge { frame: 1, .. }
                    | Error::FrameTag { frame: 1 }
                    | Error::Truncated { frame: Some(1) }
            ),
            Sealed(frame) => *error == Error::FrameTag { frame },
            FooterLength => {
                matches!(error, Error::SignatureLength { .. } | Error::Signature | Error::FooterTruncated)
            }
            Signature => *error == Error::Signature,
        }
    }
}

/// Both written suites, and version 1 with and without derivation, framed and not.
fn samples() -> Vec<Sample> {
    let legacy = [0x0178, 0x0146, 0x0114, 0x0078, 0x0046, 0x0014];
    let legacy = legacy.into_iter().flat_map(|id| [true, false].map(|framed| Sample::legacy(id, framed)));
    WRITTEN.into_iter().map(Sample::written).chain(legacy).collect()
}

#[test]
fn every_byte_changed_is_refused_for_what_it_is() {
    for sample in samples() {
        assert!(sample.open(&sample.message).unwrap() == plaintext(2 * FRAME + 3), "{}", sample.suite);
        for (field, range) in &sample.fields {
            for place in range.clone() {
                for change in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
                    let mut changed = sample.message.clone();
                    changed[place] ^= change;
                    let error = sample.open(&changed).expect_err("a changed message was read");
                    let what = format!("{}, {field:?}, byte {place} ^ {change}: {error:?}", sample.suite);
                    assert!(sample.is_right(*field, &error), "{what}");
                }
            }
        }
    }
}

#[test]
fn every_truncation_is_told_where_it_is() {
    for sample in samples() {
        let body = sample.fields.iter().find(|(field, _)| *field == HeaderTag).unwrap().1.end;
        let framed = sample.fields.iter().any(|(field, _)| *field == Sequence(3));
        let footer = sample.fields.iter().find(|(field, _)| *field == FooterLength);
        let footer = footer.map_or(usize::MAX, |(_, range)| range.start);
        assert_eq!(sample.open(b""), Err(Error::NotAMessage));
        for length in 1..sample.message.len() {
            let expected = match length {
                _ if length < body => Error::Truncated { frame: None },
                _ if length >= footer => Error::FooterTruncated,
                _ if framed => {
                    Error::Truncated { frame: Some(((length - body) / REGULAR).min(2) as u32 + 1) }
                }
                _ => Error::Truncated { frame: Some(1) },
            };
            assert_eq!(sample.open(&sample.message[..length]), Err(expected), "{}, {length}", sample.suite);
        }
    }
}

#[test]
fn every_byte_that_follows_is_counted() {
    for sample in samples() {
        for count in [1, 2, MAX_FOOTER_LENGTH, 1000] {
            let longer = [sample.message.as_slice(), &vec![0; count]].concat();
            let expected = Error::TrailingBytes { count: count as u64 };
            assert_eq!(sample.open(&longer), Err(expected), "{}", sample.suite);
        }
        let twice = Error::TrailingBytes { count: sample.message.len() as u64 };
        assert_eq!(sample.open(&sample.message.repeat(2)), Err(twice), "{}", sample.suite);
    }
}

#[test]
fn frames_in_every_other_order() {
    for sample in
        samples().into_iter().filter(|sample| sample.fields.iter().any(|(it, _)| *it == Sequence(3)))
    {
        let starts =
            sample.fields.iter().filter(|(field, _)| matches!(field, Sequence(1 | 2) | EndMarker(3)));
        let starts: Vec<usize> = starts.map(|(_, range)| range.start).collect();
        let end = sample.fields.iter().find(|(field, _)| *field == Sealed(3)).unwrap().1.end;
        let frames = [starts[0]..starts[1], starts[1]..starts[2], starts[2]..end];
        let (header, footer) = (&sample.message[..starts[0]], &sample.message[end..]);
        let mut tried = 0;
        // Every sequence of up to four of the three frames.
        for number in 1..4_usize.pow(4) {
            let order: Vec<usize> =
                (0..4).map(|digit| number / 4_usize.pow(digit) % 4).filter(|it| *it > 0).collect();
            if order == [1, 2, 3] {
                continue;
            }
            let body: Vec<&[u8]> =
                order.iter().map(|frame| &sample.message[frames[frame - 1].clone()]).collect();
            let opened = sample.open(&[header, &body.concat(), footer].concat());
            let expected = order.iter().zip(1..).find(|(found, frame)| *found != frame);
            match (expected, opened) {
                (Some((&found, frame)), Err(error)) if order[..frame - 1] != [1, 2, 3] => {
                    let (frame, found) = (frame as u32, found as u32);
                    assert_eq!(error, Error::FrameOrder { frame, found }, "{order:?}");
                }
                // What follows the last frame is taken for the footer, and for more than the message where there is none.
                (_, Err(error)) if order.len() == 4 => assert!(
                    matches!(
                        error,
                        Error::TrailingBytes { .. } | Error::SignatureLength { .. } | Error::Signature
                    ),
                    "{order:?} {error:?}"
                ),
                // The footer follows where the next frame belongs.
                (None, Err(error)) => assert!(
                    matches!(error, Error::Truncated { frame: Some(_) } | Error::FrameOrder { .. }),
                    "{order:?} {error:?}"
                ),
                other => panic!("{order:?}: {other:?}"),
            }
            tried += 1;
        }
        assert!(tried > 200);
    }
}

/// Two messages under one data key. Where nothing is derived from the message ID, it is what tells their frames apart.
#[test]
fn frames_moved_between_messages_of_one_data_key() {
    for id in [0x0178, 0x0014] {
        let [mut one, other] = [Sample::legacy(id, true), Sample::legacy(id, true)];
        let key = || EncryptedDataKey {
            provider_id: "cellar".into(),
            provider_info: b"2026".to_vec(),
            ciphertext: vec![9; 48],
        };
        let data_key = one.data_key.clone().unwrap();
        let frame_length = Some(FRAME as u32);
        let moved = Legacy { id, data_key, message_id: [4; 16], key: key(), frame_length };
        one.message = moved.write(&plaintext(2 * FRAME + 3));
        assert!(one.open(&one.message).is_ok());
        for (field, range) in &other.fields {
            let (Sealed(frame), true) = (*field, one.message[range.clone()] != other.message[range.clone()])
            else {
                continue;
            };
            let mut mixed = one.message.clone();
            mixed[range.clone()].copy_from_slice(&other.message[range.clone()]);
            assert_eq!(one.open(&mixed), Err(Error::FrameTag { frame }), "{id:x}");
        }
    }
}

/// A signature, or a header, of another message of the same writer.
#[test]
fn footers_and_headers_of_another_message() {
    let [one, other] = [0, 1].map(|_| Sample::written(Suite::SIGNED));
    let footer = |sample: &Sample| sample.fields.iter().find(|it| it.0 == FooterLength).unwrap().1.start;
    let (end, start) = (footer(&one), footer(&other));
    let swapped = [&one.message[..end], &other.message[start..]].concat();
    assert_eq!(one.open(&swapped), Err(Error::Signature));
    let body = one.fields.iter().find(|it| it.0 == HeaderTag).unwrap().1.end;
    let swapped = [&one.message[..body], &other.message[body..]].concat();
    assert_eq!(one.open(&swapped), Err(Error::FrameTag { frame: 1 }));
    let unsigned = Sample::written(Suite::COMMITTING);
    let with_footer = [&unsigned.message[..], &one.message[end..]].concat();
    let count = (one.message.len() - end) as u64;
    assert_eq!(unsigned.open(&with_footer), Err(Error::TrailingBytes { count }));
}

/// Raw keys of other lengths than the suite's are refused before anything is derived.
#[test]
fn a_data_key_of_another_suite() {
    let sample = Sample::legacy(0x0114, true);
    let longer = decrypt_bytes(&sample.message, &lenient(), |_| Ok(Some(DataKey::new(vec![7; 32]))));
    assert_eq!(longer.err(), Some(Error::DataKeyLength { length: 32, needed: 16 }));
    let stranger = decrypt_bytes(&sample.message, &lenient(), |header| keyring().unwrap(header));
    assert_eq!(stranger.err(), Some(Error::KeyNotHere { key_arns: vec![] }));
}
