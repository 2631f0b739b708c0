//! Messages made by AWS's own clients, for Python and for Node.

use base64ct::{Base64, Encoding};
use serde::Deserialize;
use waxseal_crypto::WrappingKey;
use waxseal_envelope::{
    DecryptOptions, EncryptionContext, Error, Header, MAX_FRAME_LENGTH, Message, Parse, RawAesKeyring, Suite,
    decrypt_bytes,
};

use crate::support::{lenient, of_caller, parse, plaintext};

#[derive(Deserialize)]
struct File {
    keys: std::collections::BTreeMap<String, String>,
    tests: Vec<Vector>,
}

#[derive(Deserialize)]
pub(crate) struct Vector {
    name: String,
    suite: String,
    frame_length: u32,
    pub(crate) plaintext_len: usize,
    keys: Vec<String>,
    provider_id: String,
    user_encryption_context: EncryptionContext,
    message_b64: String,
}

const PYTHON: &str = include_str!("../../../../tests/vectors/esdk_python_4.0.7_raw_aes.json");
const NODE: &str = include_str!("../../../../tests/vectors/esdk_node_4.2.2_raw_aes.json");

/// Node's keyring sorted the context by locale when it wrapped these data keys, and by bytes when it wrote the header;
/// no other client can unwrap them.
const UNREADABLE: &str = "utf8Sorting-default(false)";

/// Every vector with each key that it names.
pub(crate) fn each(mut check: impl FnMut(&Vector, &[u8], &RawAesKeyring)) -> usize {
    let mut checked = 0;
    for text in [PYTHON, NODE] {
        let file: File = serde_json::from_str(text).unwrap();
        for vector in &file.tests {
            let message = Base64::decode_vec(&vector.message_b64).unwrap();
            for name in &vector.keys {
                let key = WrappingKey::from_bytes(&hex::decode(&file.keys[name]).unwrap()).unwrap();
                check(vector, &message, &RawAesKeyring::new(&vector.provider_id, name, key).unwrap());
                checked += 1;
            }
        }
    }
    checked
}

fn open(message: &[u8], keyring: &RawAesKeyring) -> Result<Message, Error> {
    decrypt_bytes(message, &lenient(), |header| keyring.unwrap(header))
}

#[test]
fn every_suite_opens() {
    let mut opened = std::collections::BTreeMap::<String, usize>::new();
    let checked = each(|vector, message, keyring| {
        let result = open(message, keyring);
        if vector.name.ends_with(UNREADABLE) {
            assert!(matches!(result, Err(Error::WrappingKey { .. })), "{}", vector.name);
            return;
        }
        let message = result.unwrap_or_else(|error| panic!("{}: {error}", vector.name));
        assert!(*message.plaintext == plaintext(vector.plaintext_len), "{}", vector.name);
        assert_eq!(of_caller(&message.context), vector.user_encryption_context, "{}", vector.name);
        *opened.entry(vector.suite.clone()).or_default() += 1;
    });
    assert_eq!((opened.values().sum::<usize>(), opened.len(), checked), (94, 11, 96), "{opened:?}");
}

#[test]
fn suites_that_do_not_commit_have_to_be_allowed() {
    let mut refused = 0;
    each(|vector, message, keyring| {
        let suite = Suite::find(u16::from_str_radix(&vector.suite, 16).unwrap()).unwrap();
        let result = decrypt_bytes(message, &DecryptOptions::default(), |header| keyring.unwrap(header));
        if suite.commits() {
            assert_eq!(result.is_ok(), !vector.name.ends_with(UNREADABLE), "{}", vector.name);
        } else {
            assert_eq!(result.err(), Some(Error::NotCommitting { suite }), "{}", vector.name);
            refused += 1;
        }
    });
    assert_eq!(refused, 36);
}

#[test]
fn every_header_is_recognised() {
    each(|vector, message, _| {
        let Ok(Parse::Done(header, _)) = parse(message) else { panic!("{}", vector.name) };
        assert_eq!(format!("{:04x}", header.suite().id), vector.suite);
        assert_eq!(header.frame_length().unwrap_or(0), vector.frame_length, "{}", vector.name);
        assert_eq!(header.encrypted_data_keys().len(), vector.keys.len());
        for (key, value) in &vector.user_encryption_context {
            assert_eq!(header.context().get(key), Some(value), "{}", vector.name);
        }
    });
}

#[test]
fn base64_text_of_every_message_is_recognised() {
    for text in [PYTHON, NODE] {
        let file: File = serde_json::from_str(text).unwrap();
        for vector in &file.tests {
            assert_eq!(
                Header::parse(vector.message_b64.as_bytes(), &DecryptOptions::default()),
                Err(Error::Base64),
                "{}",
                vector.name
            );
        }
    }
}

/// The fields of one message, byte by byte.
#[test]
fn a_message_field_by_field() {
    let mut found = false;
    each(|vector, message, _| {
        if vector.name != "0478-fl128-n129" {
            return;
        }
        found = true;
        let Ok(Parse::Done(header, consumed)) = parse(message) else { panic!() };
        assert_eq!((consumed, message.len()), (184, 385));
        assert_eq!(
            hex::encode(header.message_id()),
            "71756e10143a9e972efcc588c90a58b5f8a8e98d2659652097a131353a2bc168"
        );
        let key = &header.encrypted_data_keys()[0];
        assert_eq!(key.provider_id, "vectors-raw");
        assert_eq!(hex::encode(&key.provider_info), "6165732d323536000000800000000c352bbf851623c93c8487c25e");
        assert_eq!(
            hex::encode(&key.ciphertext),
            "e9fc4854e9d771b02e41a938b34892608f3cae53d005bf9cb46a1a05bc095ec64caf53957b882932589e906ab27d177d"
        );
    });
    assert!(found);
}

/// The one message of 100 bytes without frames, and its keyring.
fn non_framed(check: impl Fn(&[u8], &RawAesKeyring)) {
    let mut found = 0;
    each(|vector, message, keyring| {
        if vector.name == "0478-nonframed-n100" {
            check(message, keyring);
            found += 1;
        }
    });
    assert_eq!(found, 1);
}

#[test]
fn every_change_to_a_message_without_frames() {
    non_framed(|message, keyring| {
        for bit in 0..message.len() * 8 {
            let mut changed = message.to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&changed, keyring).is_err(), "bit {bit}");
        }
        for length in 0..message.len() {
            assert!(open(&message[..length], keyring).is_err(), "{length}");
        }
        let longer = [message, &[0]].concat();
        assert_eq!(open(&longer, keyring).err(), Some(Error::TrailingBytes { count: 1 }));
    });
}

#[test]
fn a_message_without_frames_that_claims_to_be_long() {
    non_framed(|message, keyring| {
        let place = message.len() - 100 - 16 - 8;
        let claiming = |length: u64| {
            let mut changed = message.to_vec();
            changed[place..place + 8].copy_from_slice(&length.to_be_bytes());
            open(&changed, keyring).err()
        };
        let most = u64::from(MAX_FRAME_LENGTH);
        assert_eq!(claiming(99), Some(Error::FrameTag { frame: 1 }));
        assert_eq!(claiming(101), Some(Error::Truncated { frame: Some(1) }));
        assert_eq!(claiming(most), Some(Error::Truncated { frame: Some(1) }));
        for length in [most + 1, u64::MAX] {
            assert_eq!(claiming(length), Some(Error::FrameTooLarge { frame: 1, length }));
        }
    });
}

/// Version 1 has bytes that are always the same: four that are reserved, and the length of a nonce.
#[test]
fn constants_of_version_1() {
    let mut checked = 0;
    each(|vector, message, _| {
        if vector.name == "v1-0178-fl128-n0" {
            let Ok(Parse::Done(header, consumed)) = parse(message) else { panic!() };
            assert_eq!((header.suite().version(), header.message_id().len()), (1, 16));
            let place = consumed - 12 - 16 - 4 - 5;
            assert_eq!(message[place..place + 5], [0, 0, 0, 0, 12]);
            for place in place..place + 5 {
                let mut changed = message.to_vec();
                changed[place] ^= 1;
                assert!(matches!(parse(&changed), Err(Error::Malformed { .. })), "{place}");
                checked += 1;
            }
        }
    });
    assert_eq!(checked, 5);
}
