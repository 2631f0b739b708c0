//! What a message says without a key.

use std::collections::{BTreeMap, BTreeSet};

use waxseal_api::{
    LocalErrorCode,
    inspection::{FIELDS, Field, FieldValue, Inspection},
};
use waxseal_envelope::{EncryptedDataKey, Inspector, Suite, encrypt_bytes};

use crate::{
    legacy::Legacy,
    support::{WRITTEN, context, draft, keyring, message_of, plaintext, rng},
    vectors,
};

const FRAME: usize = 16;

fn inspect(message: &[u8]) -> Inspection {
    let mut inspector = Inspector::default();
    inspector.feed(message);
    inspector.finish()
}

/// The first field of this name.
#[track_caller]
fn value<'a>(fields: &'a [Field], name: &str) -> &'a FieldValue {
    fields.iter().find(|field| field.name == name).unwrap().value.as_ref().unwrap()
}

#[track_caller]
fn number(fields: &[Field], name: &str) -> u64 {
    match value(fields, name) {
        FieldValue::Number(number) => *number,
        other => panic!("{other:?}"),
    }
}

/// Every byte before the body and after the last frame is in one field, in order, and says what stands there.
fn check_fields(fields: &[Field], message: &[u8], from: u64, to: u64) {
    let mut at = from;
    for field in fields {
        assert_eq!(field.offset, at, "{}", field.name);
        at += field.length;
        let bytes = &message[field.offset as usize..at as usize];
        match &field.value {
            Some(FieldValue::Number(number)) => {
                let found = bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
                assert_eq!(*number, found, "{}", field.name);
            }
            Some(FieldValue::Text(text)) => assert_eq!(text.as_bytes(), bytes, "{}", field.name),
            Some(FieldValue::Bytes(text)) => assert_eq!(*text, hex::encode(bytes), "{}", field.name),
            None => assert!(["encryptedContent", "authenticationTag"].contains(&field.name.as_ref())),
        }
    }
    assert_eq!(at, to);
}

fn with_tag(fields: &[Field]) -> u64 {
    fields.last().map_or(0, |field| field.offset + field.length)
}

#[test]
fn every_byte_has_a_name() {
    for (suite, length) in
        WRITTEN.into_iter().flat_map(|suite| [0, 1, 16, 17, 40].map(|length| (suite, length)))
    {
        let message = message_of(suite, length, FRAME as u32);
        let found = inspect(&message);
        assert_eq!(found.problem, None);
        let table = found.frames.unwrap();
        check_fields(&found.header, &message, 0, table.offset);
        let end = with_tag(&table.last);
        check_fields(&table.first, &message, table.offset, with_tag(&table.first));
        check_fields(
            &table.last,
            &message,
            end - table.last.iter().map(|field| field.length).sum::<u64>(),
            end,
        );
        let signed = suite.signature.is_some();
        check_fields(&found.footer, &message, end, message.len() as u64);
        assert_eq!((found.footer.is_empty(), found.trailing), (!signed, 0));
        assert_eq!((found.length, table.plaintext_length), (message.len() as u64, length as u64));
        assert_eq!(table.count as usize, length.div_ceil(FRAME).max(1));
        assert_eq!((table.frame_length, table.stride), (Some(16), 48));
        assert_eq!(number(&table.last, "sequenceNumber"), u64::from(table.count));
        assert_eq!(number(&table.last, "sequenceNumberEnd"), u64::from(u32::MAX));
    }
}

#[test]
fn what_it_says() {
    let mut materials =
        keyring().generate(draft(Suite::SIGNED, &context(&[("k", "\u{e9}")])), &mut rng()).unwrap();
    let arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    for (provider_id, info) in [("aws-kms", arn.as_bytes()), ("cellar", b"rsa"), ("odd", b"\xff")] {
        materials.encrypted_data_keys.push(EncryptedDataKey {
            provider_id: provider_id.into(),
            provider_info: info.to_vec(),
            ciphertext: vec![1; 7],
        });
    }
    let message = encrypt_bytes(materials, 64, b"x", &mut rng()).unwrap();
    let found = inspect(&message);
    let suite = found.suite.as_ref().unwrap();
    assert_eq!((suite.id, suite.version, suite.key_commitment), (0x0578, 2, true));
    assert_eq!(suite.encryption, "AES-256-GCM");
    assert_eq!(suite.key_derivation.as_deref(), Some("HKDF-SHA-512"));
    assert_eq!(suite.signature.as_deref(), Some("ECDSA P-384 with SHA-384"));
    assert_eq!(found.context.get("k").map(String::as_str), Some("\u{e9}"));
    assert!(found.context.contains_key("aws-crypto-public-key"));
    let keys: Vec<_> = found.encrypted_data_keys.iter().collect();
    let of =
        |n: usize| (keys[n].provider_id.as_str(), keys[n].key_arn.as_deref(), keys[n].key_name.as_deref());
    assert_eq!(of(0), ("cellar", None, Some("2026")));
    assert_eq!(of(1), ("aws-kms", Some(arn), None));
    assert_eq!(of(2), ("cellar", None, Some("rsa")));
    assert_eq!(of(3), ("odd", None, None));
    assert_eq!((keys[0].ciphertext_length, keys[1].ciphertext_length), (48, 7));
    assert_eq!(number(&found.header, "encryptedDataKeyCount"), 4);
    assert_eq!(*value(&found.header, "aadKey"), FieldValue::Text("aws-crypto-public-key".into()));
    let text = serde_json::to_string(&found).unwrap();
    assert!(text.contains(r#"{"name":"version","offset":0,"length":1,"value":{"number":2}}"#), "{text}");
    assert_eq!(serde_json::from_str::<Inspection>(&text).unwrap(), found);
}

/// All of AWS's messages, of every suite, are understood to their end.
#[test]
fn every_vector_is_understood() {
    let (mut suites, mut names) = (BTreeMap::<u16, usize>::new(), BTreeSet::new());
    vectors::each(|vector, message, _| {
        let found = inspect(message);
        assert_eq!((found.problem, found.trailing), (None, 0));
        let table = found.frames.unwrap();
        assert_eq!(table.plaintext_length, vector.plaintext_len as u64);
        check_fields(&found.header, message, 0, table.offset);
        check_fields(&found.footer, message, with_tag(&table.last), message.len() as u64);
        *suites.entry(found.suite.unwrap().id).or_default() += 1;
        let fields = [found.header, table.first, table.last, found.footer].concat();
        names.extend(fields.into_iter().map(|field| field.name));
    });
    assert_eq!(suites.len(), 11);
    assert_eq!(names, BTreeSet::from(FIELDS.map(Into::into)), "all names are known, and none is made up");
}

/// However the bytes arrive, and whether or not content is left out.
#[test]
fn the_same_in_pieces_and_with_gaps() {
    for message in
        [message_of(Suite::SIGNED, 5 * FRAME + 3, FRAME as u32), legacy(None), legacy(Some(FRAME as u32))]
    {
        let whole = inspect(&message);
        for size in 1..100 {
            let mut pieces = Inspector::default();
            message.chunks(size).for_each(|piece| pieces.feed(piece));
            assert_eq!(pieces.finish(), whole, "{size}");
            let mut gaps = Inspector::default();
            let mut rest = message.as_slice();
            while !rest.is_empty() {
                let left_out = gaps.passes().min(rest.len() as u64);
                gaps.pass(left_out);
                rest = &rest[left_out as usize..];
                let (piece, following) = rest.split_at(size.min(rest.len()));
                gaps.feed(piece);
                rest = following;
            }
            assert_eq!(gaps.finish(), whole, "{size}");
        }
    }
}

fn legacy(frame_length: Option<u32>) -> Vec<u8> {
    let key = EncryptedDataKey { provider_id: "p".into(), provider_info: b"i".to_vec(), ciphertext: vec![1] };
    Legacy { id: 0x0014, data_key: vec![7; 16], message_id: [1; 16], key, frame_length }
        .write(&plaintext(2 * FRAME + 1))
}

#[track_caller]
fn check_problem(message: &[u8], code: LocalErrorCode, offset: u64) -> Inspection {
    let found = inspect(message);
    let problem = found.problem.clone().unwrap();
    assert_eq!((problem.error.code, problem.offset), (code, offset), "{problem:?}");
    assert_eq!(found.length, message.len() as u64);
    found
}

/// What can be read is told even so.
#[test]
fn what_is_wrong_and_where() {
    let message = message_of(Suite::SIGNED, 2 * FRAME + 3, FRAME as u32);
    let whole = inspect(&message);
    let table = whole.frames.as_ref().unwrap();
    let (body, end) = (table.offset as usize, with_tag(&table.last));

    check_problem(b"", LocalErrorCode::NotAMessage, 0);
    check_problem(b"%PDF-1.7", LocalErrorCode::NotAMessage, 0);
    let half = check_problem(&message[..40], LocalErrorCode::Truncated, 0);
    assert_eq!(
        half.header.iter().map(|field| field.name.as_ref()).collect::<Vec<_>>(),
        ["version", "algorithmSuiteId", "messageId", "aadLength"]
    );
    let mut bad = message.clone();
    bad[body + 48] ^= 1;
    let found = check_problem(&bad, LocalErrorCode::Tampered, body as u64 + 48);
    assert_eq!(found.frames.unwrap().count, 1);
    for (length, understood) in [(100, 96), (125, 125)] {
        let cut =
            check_problem(&message[..body + length], LocalErrorCode::Truncated, (body + understood) as u64);
        assert_eq!((cut.frames.as_ref().unwrap().count, cut.problem.unwrap().error.frame), (2, Some(3)));
    }
    check_problem(&message[..message.len() - 1], LocalErrorCode::Truncated, end);
    let mut bad = message.clone();
    bad[end as usize] = 0xff;
    check_problem(&bad, LocalErrorCode::Tampered, end);
    let found = inspect(&[&message[..], b"more"].concat());
    assert_eq!((found.problem, found.trailing), (None, 4));
    let mut bad = message;
    bad[body - 16 - 32 - 4 - 1] = 3;
    let found = check_problem(&bad, LocalErrorCode::Tampered, (body - 16 - 32) as u64);
    assert!(found.suite.is_none() && !found.header.is_empty());
}
