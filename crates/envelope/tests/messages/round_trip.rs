//! What is written here is read here.

use proptest::prelude::*;
use waxseal_crypto::WrappingKey;
use waxseal_envelope::{Draft, Encryptor, Error, RawAesKeyring, Suite, encrypt_bytes};

use crate::support::{
    WRITTEN, context, keyring, materials, message, message_of, of_caller, open, plaintext, read, rng,
};

const FRAME: usize = 64;

#[track_caller]
fn check(length: usize) {
    let message = message(length, FRAME as u32);
    assert!(open(&message).unwrap() == plaintext(length), "{length}");
    let header = header_length(length, message.len());
    assert_eq!(
        Encryptor::message_length(header, length as u64, FRAME as u32),
        Some(message.len() as u64),
        "{length}"
    );
}

#[test]
fn a_signed_message_ends_in_a_signature_of_its_own() {
    for length in [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 1000] {
        let [first, second] = [0, 1].map(|_| message_of(Suite::SIGNED, length, FRAME as u32));
        assert!(open(&first).unwrap() == plaintext(length), "{length}");
        // The length that reaches to the end, then a DER sequence that does: random bytes may look like either.
        let footer = |message: &[u8]| {
            let ends = |start: usize| {
                let [high, low, tag, rest] = message[start..start + 4] else { unreachable!() };
                let length = usize::from(u16::from_be_bytes([high, low]));
                tag == 0x30 && start + 2 + length == message.len() && usize::from(rest) + 2 == length
            };
            let start = (0..message.len() - 4).find(|&start| ends(start)).unwrap();
            message[start..].to_vec()
        };
        assert_ne!(footer(&first), footer(&second));
    }
}

/// By the sizes of the format, so that [`Encryptor::message_length`] is checked against something else.
fn header_length(plaintext: usize, message: usize) -> usize {
    let frames = plaintext.div_ceil(FRAME).max(1);
    message - plaintext - 32 * frames - 8
}

#[test]
fn lengths_around_a_frame() {
    for length in [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME - 1, 2 * FRAME, 2 * FRAME + 1, 1000] {
        check(length);
    }
}

#[test]
fn a_full_last_frame_is_not_followed_by_an_empty_one() {
    assert_eq!(message(2 * FRAME, FRAME as u32).len() - message(2 * FRAME - 1, FRAME as u32).len(), 1);
}

#[test]
fn wrapping_keys_of_every_length_and_several_for_one_message() {
    let keyrings = [16, 24, 32].map(|length| {
        let key = WrappingKey::from_bytes(&vec![length as u8; length]).unwrap();
        RawAesKeyring::new("cellar", &format!("key-{length}"), key).unwrap()
    });
    let mut materials = materials(Suite::SIGNED, &context(&[("b", "1"), ("A", "2")]));
    for keyring in &keyrings {
        keyring.wrap(&mut materials, &mut rng()).unwrap();
    }
    let message = encrypt_bytes(materials, 16, b"for four keys", &mut rng()).unwrap();
    for keyring in keyrings.iter().chain([&keyring()]) {
        let opened = read(&message, |header| keyring.unwrap(header)).unwrap();
        assert_eq!(*opened.plaintext, b"for four keys");
        assert_eq!(of_caller(&opened.context), context(&[("A", "2"), ("b", "1")]));
    }
}

#[test]
fn the_wrong_wrapping_key() {
    let message = message(10, 16);
    let keyring = |namespace, name, byte| {
        RawAesKeyring::new(namespace, name, WrappingKey::from_bytes(&[byte; 32]).unwrap()).unwrap()
    };
    let other_key = keyring("cellar", "2026", 9);
    let result = read(&message, |header| other_key.unwrap(header));
    assert_eq!(result.err(), Some(Error::WrappingKey { name: "2026".into() }));
    for stranger in [keyring("cellar", "2025", 9), keyring("attic", "2026", 9), keyring("cellar", "202", 9)] {
        let result = read(&message, |header| stranger.unwrap(header));
        assert_eq!(result.err(), Some(Error::KeyNotHere { key_arns: vec![] }));
    }
}

#[test]
fn what_a_raw_keyring_and_a_draft_refuse() {
    for namespace in ["aws-kms", "aws-kms-hierarchy"] {
        let key = WrappingKey::from_bytes(&[0; 32]).unwrap();
        let refused = RawAesKeyring::new(namespace, "n", key).err();
        assert_eq!(refused, Some(Error::ReservedNamespace { namespace: namespace.into() }));
    }
    for pairs in [[("aws-crypto-x", "")], [("", "v")]] {
        for suite in WRITTEN {
            assert!(Draft::new(suite, context(&pairs), &mut rng()).is_err());
        }
    }
}

#[test]
fn no_two_messages_share_an_id_or_a_key() {
    let mut encryptors = [0, 1].map(|_| {
        let materials = materials(Suite::SIGNED, &context(&[]));
        Encryptor::new(materials, 16, &mut rng()).unwrap()
    });
    let [first, second] = &mut encryptors;
    assert_ne!(first.commitment(), second.commitment());
    assert_ne!(first.content_key().expose(), second.content_key().expose());
    assert_ne!(first.frame(1, true).unwrap().aad, second.frame(1, true).unwrap().aad);
}

#[test]
fn neither_key_nor_plaintext_is_printed() {
    let materials = materials(Suite::SIGNED, &context(&[]));
    let secret = format!("{:?}", materials.data_key.expose());
    let mut printed = format!("{materials:?} {:?}", keyring());
    let encryptor = Encryptor::new(materials, 16, &mut rng()).unwrap();
    printed += &format!("{encryptor:?}");
    let content_key = format!("{:?}", encryptor.content_key().expose());
    assert!(!printed.contains(&secret) && !printed.contains(&content_key));
    assert!(printed.contains("[REDACTED]"));
}

proptest! {
    #[test]
    fn any_content_in_any_frames(
        content in proptest::collection::vec(any::<u8>(), 0..300),
        frame_length in 1_u32..400,
        pairs in proptest::collection::btree_map("[b-z\u{e9}\u{1f511}]{1,9}", ".{0,9}", 0..5),
    ) {
        for suite in WRITTEN {
            let materials = materials(suite, &pairs);
            let message = encrypt_bytes(materials, frame_length, &content, &mut rng()).unwrap();
            let keyring = keyring();
            let opened = read(&message, |header| keyring.unwrap(header)).unwrap();
            prop_assert_eq!(&*opened.plaintext, &content);
            prop_assert_eq!(&of_caller(&opened.context), &pairs);
            prop_assert_eq!(opened.context.len() - pairs.len(), usize::from(suite == Suite::SIGNED));
        }
    }
}
