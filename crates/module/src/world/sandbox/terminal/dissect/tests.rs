use waxseal_crypto::{KeyMaterial, Spec};

use super::*;

fn names(found: &Dissection) -> Vec<&str> {
    found.fields.iter().map(|field| &*field.name).collect()
}

/// Parts come one after the other, within the bytes.
#[track_caller]
fn in_order(found: &Dissection, length: usize) {
    let mut at = 0;
    for field in &found.fields {
        assert!(field.offset >= at, "{field:?} after {at}");
        at = field.offset + field.length;
    }
    assert!(at <= length as u64, "{at} of {length}");
}

fn random() -> rand_core::UnwrapErr<getrandom::SysRng> {
    rand_core::UnwrapErr(getrandom::SysRng)
}

#[test]
fn texts_are_told_apart() {
    for (text, kind, problem) in [
        ("hello, world\n", BlobKind::Text, false),
        ("AQICAHgAAAAAAAAAAAAAAA==", BlobKind::Encoded, false),
        ("00ff00ff00ff00ff00ff\n00ff\n", BlobKind::Encoded, false),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", BlobKind::Encoded, false),
        ("{\"a\": [1]}", BlobKind::Json, false),
        ("{\"a\": [1}", BlobKind::Text, true),
        ("{\"Statement\": []}", BlobKind::Policy, true),
        ("\u{1}\u{2}", BlobKind::Unknown, false),
        ("", BlobKind::Unknown, false),
    ] {
        let found = dissect(text.as_bytes());
        assert_eq!((found.kind, found.problem.is_some()), (kind, problem), "{text:?}: {found:?}");
    }
    assert_eq!(dissect(&[0xff; 9]).kind, BlobKind::Unknown);
    assert!(dissect(&vec![b'a'; MOST + 1]).problem.is_some());
}

#[test]
fn the_statements_of_a_policy_are_found() {
    let one = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}"#;
    for (text, count) in [
        (format!("{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [ {one} ,\n {one}]}}\n"), 2),
        (format!("{{\"Statement\":{one},\"Version\":\"2012-10-17\"}}"), 1),
    ] {
        let found = dissect(text.as_bytes());
        assert_eq!((found.kind, &found.problem), (BlobKind::Policy, &None), "{text}");
        in_order(&found, text.len());
        assert_eq!(found.fields.iter().map(|field| field.length).sum::<u64>(), text.len() as u64);
        let statements: Vec<_> = found.fields.iter().filter(|field| field.name == "statement").collect();
        assert_eq!(statements.len(), count);
        for field in statements {
            assert_eq!(&text[field.offset as usize..][..field.length as usize], one);
        }
    }
}

#[test]
fn a_public_key_has_its_parts() {
    let pair = KeyMaterial::generate(Spec::P256, &mut random()).unwrap();
    let der = pair.public_key().unwrap().der().to_vec();
    let found = dissect(&der);
    assert_eq!((found.kind, &found.problem), (BlobKind::PublicKey, &None));
    assert_eq!(names(&found)[2..4], ["algorithmIdentifier", "namedCurve"]);
    let mut changed = der.clone();
    changed[40] ^= 1;
    assert!(dissect(&changed).problem.is_some(), "no point of the curve");
}

#[test]
fn every_frame_of_a_message_is_told() {
    let (message, frames) = small_message();
    let found = dissect(&message);
    assert_eq!((found.kind, &found.problem), (BlobKind::Message, &None));
    in_order(&found, message.len());
    assert_eq!(found.fields.iter().map(|field| field.length).sum::<u64>(), message.len() as u64);
    assert_eq!(names(&found).iter().filter(|name| **name == "encryptedContent").count(), frames);
    for at in 0..message.len() {
        let mut changed = message.clone();
        changed[at] ^= 0x80;
        in_order(&dissect(&changed), message.len());
        in_order(&dissect(&message[..at]), at);
    }
}

/// A signed message of five frames under a raw key.
fn small_message() -> (Vec<u8>, usize) {
    use waxseal_crypto::WrappingKey;
    use waxseal_envelope::{Draft, EncryptionContext, RawAesKeyring, Suite, encrypt_bytes};
    let keyring = RawAesKeyring::new("tests", "one", WrappingKey::from_bytes(&[7; 32]).unwrap()).unwrap();
    let draft = Draft::new(Suite::SIGNED, EncryptionContext::new(), &mut random()).unwrap();
    let materials = keyring.generate(draft, &mut random()).unwrap();
    (encrypt_bytes(materials, 16, &[b'x'; 70], &mut random()).unwrap(), 5)
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), start in 0..5_usize) {
        let starts: [&[u8]; 5] = [b"", &[1, 2, 2, 0, 0x78, 1, 1], b"waxseal import 1", &[0x30, 0x59, 0x30, 0x13], &[2, 4, 0x78]];
        let bytes = [starts[start], &bytes].concat();
        in_order(&dissect(&bytes), bytes.len());
    }
}
