use proptest::{collection::vec, prelude::*};

use super::*;

fn key() -> impl Strategy<Value = EncryptedDataKey> {
    (".{0,20}", vec(any::<u8>(), 0..40), vec(any::<u8>(), 0..200)).prop_map(
        |(provider_id, provider_info, ciphertext)| EncryptedDataKey {
            provider_id,
            provider_info,
            ciphertext,
        },
    )
}

fn suite_and_context() -> impl Strategy<Value = (Suite, EncryptionContext)> {
    let context = proptest::collection::btree_map("[^a].{0,12}", ".{0,12}", 0..6);
    (any::<bool>(), context).prop_map(|(signed, mut context)| {
        if signed {
            context.insert(context::PUBLIC_KEY.into(), "A".repeat(68));
        }
        (if signed { Suite::SIGNED } else { Suite::COMMITTING }, context)
    })
}

fn header() -> impl Strategy<Value = Header> {
    let content = prop_oneof![
        Just(Content::NonFramed),
        (1..=u32::MAX).prop_map(|frame_length| Content::Framed { frame_length })
    ];
    (
        suite_and_context(),
        any::<[u8; 32]>(),
        vec(key(), 1..5),
        content,
        any::<Commitment>(),
        any::<[u8; 16]>(),
    )
        .prop_map(|((suite, context), message_id, encrypted_data_keys, content, commitment, tag)| {
            let (message_id, suite_data) = (message_id.to_vec(), commitment.to_vec());
            let body = HeaderBody { suite, message_id, context, encrypted_data_keys, content, suite_data };
            Header { raw: body.write().unwrap(), body, authentication: tag.to_vec() }
        })
}

/// Of any suite.
fn parse(bytes: &[u8]) -> Result<Parse, Error> {
    let commitment_policy = CommitmentPolicy::RequireEncryptAllowDecrypt;
    Header::parse(bytes, &DecryptOptions { commitment_policy, ..DecryptOptions::default() })
}

fn bytes(header: &Header) -> Vec<u8> {
    [header.raw.as_slice(), &header.authentication].concat()
}

/// However the bytes arrive, they are either not enough, or already say what all of them say.
fn check_in_pieces(bytes: &[u8]) -> Result<(), TestCaseError> {
    let whole = parse(bytes);
    for length in 1..bytes.len() {
        match parse(&bytes[..length]) {
            Ok(Parse::More(needed)) => prop_assert!(needed > length && needed <= MAX_HEADER_LENGTH),
            other => prop_assert_eq!(&other, &whole, "after {} bytes", length),
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_is_written_is_read(header in header(), following in vec(any::<u8>(), 0..20)) {
        let mut bytes = bytes(&header);
        let length = bytes.len();
        bytes.extend(following);
        prop_assert_eq!(parse(&bytes), Ok(Parse::Done(Box::new(header), length)));
    }

    #[test]
    fn it_can_arrive_in_pieces(header in header()) {
        let bytes = bytes(&header);
        check_in_pieces(&bytes)?;
        for length in 1..bytes.len() {
            prop_assert!(matches!(parse(&bytes[..length]), Ok(Parse::More(_))));
        }
    }

    #[test]
    fn damaged_bytes_in_pieces(header in header(), place in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = bytes(&header);
        let place = place.index(bytes.len());
        bytes[place] = byte;
        check_in_pieces(&bytes)?;
    }

    #[test]
    fn any_bytes(
        start in prop::sample::select(vec!["", "02", "020478", "020578", "01800178", "01800378", "41"]),
        rest in vec(any::<u8>(), 0..300),
    ) {
        check_in_pieces(&[hex::decode(start).unwrap(), rest].concat())?;
    }
}

fn sample() -> HeaderBody {
    let key =
        EncryptedDataKey { provider_id: "p".into(), provider_info: b"i".to_vec(), ciphertext: b"c".to_vec() };
    HeaderBody {
        suite: Suite::COMMITTING,
        message_id: vec![0; 32],
        context: EncryptionContext::new(),
        encrypted_data_keys: vec![key],
        content: Content::Framed { frame_length: 1 },
        suite_data: vec![0; 32],
    }
}

#[track_caller]
fn check_refused(bytes: &[u8], error: Error) {
    assert_eq!(parse(bytes), Err(error));
}

#[test]
fn what_is_no_message() {
    check_refused(b"", Error::NotAMessage);
    check_refused(b"%PDF-1.7", Error::NotAMessage);
    check_refused(&[0], Error::NotAMessage);
    check_refused(&[1, 0x81], Error::NotAMessage);
    check_refused(b"Again and again", Error::NotAMessage);
    check_refused(&[2, 0, 0x70], Error::UnknownSuite { id: 0x70, version: 2 });
    check_refused(&[2, 1, 0x78], Error::UnknownSuite { id: 0x178, version: 2 });
    check_refused(&[1, 0x80, 4, 0x78], Error::UnknownSuite { id: 0x478, version: 1 });
}

#[test]
fn base64_text_of_a_message() {
    for start in ["020478ab", "020578ab", "01800178"] {
        let text = Base64::encode_string(&hex::decode(start).unwrap());
        check_refused(text.as_bytes(), Error::Base64);
    }
    assert_eq!(parse(b"Ag"), Ok(Parse::More(4)));
}

/// Where the fields of [`sample`] lie.
const CONTEXT: usize = 35;
const COUNT: usize = 37;
const CONTENT_TYPE: usize = 48;

#[test]
fn what_no_header_may_say() {
    let good = [sample().write().unwrap(), vec![0; TAG_LENGTH]].concat();
    assert!(matches!(parse(&good), Ok(Parse::Done(..))));
    for (place, byte) in [
        (CONTEXT + 1, 1),
        (COUNT + 1, 0),
        (CONTENT_TYPE, 0),
        (CONTENT_TYPE, 1),
        (CONTENT_TYPE, 3),
        (CONTENT_TYPE + 4, 0),
        (COUNT + 4, 0xff),
    ] {
        let mut bad = good.clone();
        bad[place] = byte;
        let parsed = parse(&bad);
        assert!(matches!(parsed, Err(Error::Malformed { .. })), "{place} {byte}: {parsed:?}");
    }
}

#[test]
fn signed_or_not_has_to_fit_the_context() {
    let mut body = sample();
    body.context.insert(context::PUBLIC_KEY.into(), "A".into());
    assert!(matches!(parse(&body.write().unwrap()), Err(Error::Malformed { .. })));
    let body = HeaderBody { suite: Suite::SIGNED, ..sample() };
    assert!(matches!(parse(&body.write().unwrap()), Err(Error::Malformed { .. })));
}

#[test]
fn limits_hold_for_reading_and_writing() {
    let mut body = sample();
    let key = body.encrypted_data_keys[0].clone();
    body.encrypted_data_keys = vec![key.clone(); MAX_ENCRYPTED_DATA_KEYS];
    assert!(body.write().is_ok());
    body.encrypted_data_keys.push(key.clone());
    assert_eq!(body.write(), Err(Error::TooManyKeys { count: 51, most: 50 }));
    body.encrypted_data_keys = vec![key; 70_000];
    assert_eq!(body.write(), Err(Error::TooManyKeys { count: u16::MAX, most: 50 }));
    body.encrypted_data_keys.clear();
    assert_eq!(body.write(), Err(Error::NoKeys));

    // Refused as soon as the count is there, before room is made for the keys.
    let mut bytes = sample().write().unwrap()[..COUNT].to_vec();
    bytes.extend(51_u16.to_be_bytes());
    check_refused(&bytes, Error::TooManyKeys { count: 51, most: 50 });
}

#[test]
fn a_header_has_a_longest_length() {
    let mut body = sample();
    let long = EncryptedDataKey { ciphertext: vec![0; 65_535], ..body.encrypted_data_keys[0].clone() };
    body.encrypted_data_keys = vec![long.clone(); 16];
    assert_eq!(body.write(), Err(Error::HeaderTooLarge));
    body.encrypted_data_keys.pop();
    let mut bytes = body.write().unwrap();
    assert!(matches!(parse(&bytes), Ok(Parse::More(_))));
    bytes[COUNT + 1] = 20;
    bytes.resize(2 * MAX_HEADER_LENGTH, b'0');
    check_refused(&bytes, Error::HeaderTooLarge);

    body.encrypted_data_keys = vec![EncryptedDataKey { ciphertext: vec![0; 65_536], ..long }];
    assert_eq!(body.write(), Err(Error::FieldTooLong { length: 65_536 }));
}

#[test]
fn the_most_encrypted_data_keys_are_chosen_by_who_reads() {
    let mut body = sample();
    body.encrypted_data_keys = vec![body.encrypted_data_keys[0].clone(); 4];
    let bytes = [body.write().unwrap(), vec![0; TAG_LENGTH]].concat();
    let parse = |most, length| {
        let options = DecryptOptions { max_encrypted_data_keys: most, ..DecryptOptions::default() };
        Header::parse(&bytes[..length], &options)
    };
    assert!(matches!(parse(4, bytes.len()), Ok(Parse::Done(..))));
    assert_eq!(parse(3, bytes.len()), Err(Error::TooManyKeys { count: 4, most: 3 }));
    // While it is parsed: as soon as the count has been read.
    assert_eq!(parse(3, COUNT + 2), Err(Error::TooManyKeys { count: 4, most: 3 }));
    assert!(matches!(parse(3, COUNT + 1), Ok(Parse::More(_))));
}

#[test]
fn suites_that_do_not_commit_are_refused_by_their_number() {
    for id in [0x0378, 0x0346, 0x0214, 0x0178, 0x0146, 0x0114, 0x0078, 0x0046, 0x0014_u16] {
        let start = [&[1, MESSAGE_TYPE][..], &id.to_be_bytes()].concat();
        let refused = Error::NotCommitting { suite: Suite::find(id).unwrap() };
        assert!(refused.to_string().contains("REQUIRE_ENCRYPT_ALLOW_DECRYPT"));
        assert_eq!(Header::parse(&start, &DecryptOptions::default()), Err(refused));
        assert!(matches!(parse(&start), Ok(Parse::More(_))));
    }
}
