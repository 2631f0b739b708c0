//! Messages made by AWS's own clients, for Python and for Node.

use base64ct::{Base64, Encoding};
use serde::Deserialize;
use waxseal_crypto::WrappingKey;
use waxseal_envelope::{
    EncryptionContext, Error, Header, KmsKeyring, MAX_FRAME_LENGTH, Message, Parse, RawAesKeyring, Suite,
    decrypt_bytes,
};

use crate::support::plaintext;

#[derive(Deserialize)]
struct File {
    keys: std::collections::BTreeMap<String, String>,
    tests: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    suite: String,
    frame_length: u32,
    plaintext_len: usize,
    keys: Vec<String>,
    provider_id: String,
    user_encryption_context: EncryptionContext,
    message_b64: String,
}

const PYTHON: &str = include_str!("../../../../tests/vectors/esdk_python_4.0.7_raw_aes.json");
const NODE: &str = include_str!("../../../../tests/vectors/esdk_node_4.2.2_raw_aes.json");

/// Node's keyring sorted the context by locale when it wrapped this data key, and by bytes when it wrote the header;
/// no other client can unwrap it.
const UNREADABLE: &str = "0478-node-fl4096-n10-ctx-utf8Sorting-default(false)";

/// Every vector with each key that it names.
fn each(mut check: impl FnMut(&Vector, &[u8], &RawAesKeyring)) -> usize {
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
    decrypt_bytes(message, |header| keyring.unwrap(header))
}

#[test]
fn suite_0478_opens_and_the_others_are_named() {
    let mut opened = 0;
    let checked = each(|vector, message, keyring| {
        let result = open(message, keyring);
        if vector.suite != "0478" {
            let suite = Suite::find(u16::from_str_radix(&vector.suite, 16).unwrap()).unwrap();
            assert_eq!(result.err(), Some(Error::UnsupportedSuite { suite }), "{}", vector.name);
        } else if vector.name == UNREADABLE {
            assert!(matches!(result, Err(Error::WrappingKey { .. })), "{}", vector.name);
        } else {
            let message = result.unwrap_or_else(|error| panic!("{}: {error}", vector.name));
            assert!(*message.plaintext == plaintext(vector.plaintext_len), "{}", vector.name);
            assert_eq!(message.context, vector.user_encryption_context, "{}", vector.name);
            opened += 1;
        }
    });
    assert_eq!((opened, checked), (29, 96));
}

#[test]
fn every_header_is_recognised() {
    each(|vector, message, _| {
        let Ok(Parse::Done(header, _)) = Header::parse(message) else { panic!("{}", vector.name) };
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
            assert_eq!(Header::parse(vector.message_b64.as_bytes()), Err(Error::Base64), "{}", vector.name);
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
        let Ok(Parse::Done(header, consumed)) = Header::parse(message) else { panic!() };
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
            let Ok(Parse::Done(header, consumed)) = Header::parse(message) else { panic!() };
            assert_eq!((header.suite().version, header.message_id().len()), (1, 16));
            let place = consumed - 12 - 16 - 4 - 5;
            assert_eq!(message[place..place + 5], [0, 0, 0, 0, 12]);
            for place in place..place + 5 {
                let mut changed = message.to_vec();
                changed[place] ^= 1;
                assert!(matches!(Header::parse(&changed), Err(Error::Malformed { .. })), "{place}");
                checked += 1;
            }
        }
    });
    assert_eq!(checked, 5);
}

/// Before any key is asked for.
#[test]
fn a_kms_keyring_names_the_suite_that_it_cannot_use() {
    let mut checked = 0;
    each(|vector, message, _| {
        if vector.suite != "0478" {
            let Ok(Parse::Done(header, _)) = Header::parse(message) else { panic!() };
            let refused = KmsKeyring::discovery().candidates(&header);
            assert_eq!(refused, Err(Error::UnsupportedSuite { suite: header.suite() }));
            checked += 1;
        }
    });
    assert_eq!(checked, 66);
}
