//! Secrets that two sides share: agreement, encapsulation, encryption under a public key, data key pairs.

use serde_json::{Value, json};

use crate::world::{World, arn, b64, bytes, text};

#[test]
fn two_keys_agree_on_the_same_secret() {
    let mut world = World::new();
    for (spec, length) in [("ECC_NIST_P256", 32), ("ECC_NIST_P384", 48), ("ECC_NIST_P521", 66), ("SM2", 32)] {
        let [ours, theirs] = [(); 2].map(|()| world.key_of(spec, "KEY_AGREEMENT"));
        let [a, b] = [(&ours, &theirs), (&theirs, &ours)].map(|(key, peer)| {
            let public = world.ok("GetPublicKey", json!({"KeyId": peer}))["PublicKey"].clone();
            let body = json!({"KeyId": key, "KeyAgreementAlgorithm": "ECDH", "PublicKey": public});
            world.ok("DeriveSharedSecret", body)
        });
        assert_eq!((&a["KeyId"], &a["KeyOrigin"]), (&json!(arn(&ours)), &json!("AWS_KMS")));
        assert_eq!(a["SharedSecret"], b["SharedSecret"]);
        assert_eq!(bytes(&text(&a["SharedSecret"])).len(), length);
    }
}

#[test]
fn a_public_key_of_another_curve_is_refused_without_words() {
    let mut world = World::new();
    let key = world.key_of("ECC_NIST_P256", "KEY_AGREEMENT");
    let other = world.key_of("ECC_NIST_P384", "KEY_AGREEMENT");
    let other = text(&world.ok("GetPublicKey", json!({"KeyId": other}))["PublicKey"]);
    for public in [other, b64(b"not a key"), b64(&[0x30; 91])] {
        let body =
            json!({"KeyId": key, "KeyAgreementAlgorithm": "ECDH", "PublicKey": public, "DryRun": true});
        world.refused("DeriveSharedSecret", body, "ValidationException");
    }
}

#[test]
fn an_encapsulated_secret_comes_out_again() {
    let mut world = World::new();
    for (spec, length) in [("ML_KEM_512", 768), ("ML_KEM_768", 1088), ("ML_KEM_1024", 1568)] {
        let key = world.key_of(spec, "ENCAPSULATE_DECAPSULATE");
        let made = world.ok("Encapsulate", json!({"KeyId": key, "EncapsulationAlgorithm": "ML_KEM"}));
        let secret = bytes(&text(&made["SharedSecret"]));
        let mut blob = bytes(&text(&made["SharedSecretCiphertextBlob"]));
        assert_eq!((secret.len(), blob.len()), (32, length));
        let mut open = |blob: &[u8]| {
            let body = json!({
                "KeyId": key, "EncapsulationAlgorithm": "ML_KEM", "SharedSecretCiphertextBlob": b64(blob),
            });
            world.send("Decapsulate", &body.to_string()).result.map(|it| {
                let opened: Value = serde_json::from_str(&it).unwrap();
                bytes(&text(&opened["SharedSecret"]))
            })
        };
        assert_eq!(open(&blob).unwrap(), secret);
        assert_eq!(open(&blob[1..]).unwrap_err().to_string(), "InvalidCiphertextException");
        blob[0] ^= 1;
        assert_ne!(open(&blob).unwrap(), secret, "a damaged one gives another secret and no refusal");
    }
}

#[test]
fn a_key_pair_of_sm2_encrypts_and_decrypts() {
    let mut world = World::new();
    let key = world.key_of("SM2", "ENCRYPT_DECRYPT");
    check_key_pair(&mut world, &key, "SM2", "SM2PKE", 1024);
}

/// What RSA keys do, all with one, as primes take a while to find.
#[test]
fn an_rsa_key_encrypts_and_another_one_signs() {
    let mut world = World::new();
    let key = world.key_of("RSA_2048", "ENCRYPT_DECRYPT");
    check_key_pair(&mut world, &key, "RSA_2048", "RSAES_OAEP_SHA_1", 214);
    check_key_pair(&mut world, &key, "RSA_2048", "RSAES_OAEP_SHA_256", 190);
    let key = world.key_of("RSA_2048", "SIGN_VERIFY");
    for padding in ["RSASSA_PSS", "RSASSA_PKCS1_V1_5"] {
        for (hash, length) in [("SHA_256", 32), ("SHA_384", 48), ("SHA_512", 64)] {
            let algorithm = format!("{padding}_{hash}");
            let mut body = json!({
                "KeyId": key, "Message": b64(&vec![3; length]), "MessageType": "DIGEST",
                "SigningAlgorithm": algorithm,
            });
            body["Signature"] = world.ok("Sign", body.clone())["Signature"].clone();
            world.ok("Verify", body.clone());
            body["Message"] = json!(b64(&vec![3; length - 1]));
            let expect = format!("ValidationException: Digest is invalid length for algorithm {algorithm}.");
            world.refused("Verify", body, &expect);
        }
    }
}

fn check_key_pair(world: &mut World, key: &str, spec: &str, algorithm: &str, longest: usize) {
    for length in [1, longest] {
        let plaintext = b64(&vec![9; length]);
        let body = json!({"KeyId": key, "Plaintext": plaintext, "EncryptionAlgorithm": algorithm});
        let sealed = world.ok("Encrypt", body);
        assert_eq!((&sealed["KeyId"], &sealed["EncryptionAlgorithm"]), (&json!(arn(key)), &json!(algorithm)));
        let blob = &sealed["CiphertextBlob"];
        let opened = world
            .ok("Decrypt", json!({"KeyId": key, "CiphertextBlob": blob, "EncryptionAlgorithm": algorithm}));
        let expect = json!({"KeyId": arn(key), "Plaintext": plaintext, "EncryptionAlgorithm": algorithm});
        assert_eq!(opened, expect);
        check_refusals(world, key, algorithm, &text(blob));
    }
    let body =
        json!({"KeyId": key, "Plaintext": b64(&vec![9; longest + 1]), "EncryptionAlgorithm": algorithm});
    let expect = format!(
        "ValidationException: Algorithm {algorithm} and key spec {spec} cannot encrypt data larger than {longest} \
         bytes."
    );
    world.refused("Encrypt", body, &expect);
}

fn check_refusals(world: &mut World, key: &str, algorithm: &str, blob: &str) {
    let mut damaged = bytes(blob);
    *damaged.last_mut().unwrap() ^= 1;
    let decrypt = json!({"KeyId": key, "CiphertextBlob": b64(&damaged), "EncryptionAlgorithm": algorithm});
    world.refused("Decrypt", decrypt, "InvalidCiphertextException");
    let nameless = json!({"CiphertextBlob": blob, "EncryptionAlgorithm": algorithm});
    let expect = "ValidationException: A ciphertext of an asymmetric KMS key does not name its key: KeyId is required (SourceKeyId in ReEncrypt).";
    world.refused("Decrypt", nameless, expect);
    let context = json!({
        "KeyId": key, "CiphertextBlob": blob, "EncryptionAlgorithm": algorithm, "EncryptionContext": {"a": "b"},
    });
    let expect = "ValidationException: An encryption context can only be used with a symmetric KMS key.";
    world.refused("Decrypt", context, expect);
}

#[test]
fn a_ciphertext_moves_between_a_key_pair_and_a_symmetric_key() {
    let mut world = World::new();
    let pair = world.key_of("SM2", "ENCRYPT_DECRYPT");
    let symmetric = world.key();
    let blob = world.encrypted(&symmetric, json!({"a": "b"}));
    let moved = world.ok(
        "ReEncrypt",
        json!({
            "CiphertextBlob": blob, "SourceEncryptionContext": {"a": "b"}, "DestinationKeyId": pair,
            "DestinationEncryptionAlgorithm": "SM2PKE",
        }),
    );
    assert_eq!(moved["DestinationEncryptionAlgorithm"], "SM2PKE");
    assert!(moved.get("SourceKeyMaterialId").is_some() && moved.get("DestinationKeyMaterialId").is_none());
    let back = world.ok(
        "ReEncrypt",
        json!({
            "CiphertextBlob": moved["CiphertextBlob"], "SourceKeyId": pair, "SourceEncryptionAlgorithm": "SM2PKE",
            "DestinationKeyId": symmetric,
        }),
    );
    let opened = world.ok("Decrypt", json!({"CiphertextBlob": back["CiphertextBlob"]}));
    assert_eq!(opened["Plaintext"], b64(b"hello"));
    let signer = world.key_of("ECC_NIST_P256", "SIGN_VERIFY");
    let expect = format!(
        "InvalidKeyUsageException: {} key usage is SIGN_VERIFY which is not valid for ReEncryptTo.",
        arn(&signer)
    );
    world.refused(
        "ReEncrypt",
        json!({"CiphertextBlob": back["CiphertextBlob"], "DestinationKeyId": signer}),
        &expect,
    );
}

#[test]
fn a_blob_of_another_key_is_told_before_the_usage() {
    let mut world = World::new();
    let symmetric = world.key();
    let blob = world.encrypted(&symmetric, json!({}));
    let mac = world.key_of("HMAC_256", "GENERATE_VERIFY_MAC");
    let expect = "IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this \
                  operation.";
    world.refused("Decrypt", json!({"KeyId": mac, "CiphertextBlob": blob}), expect);
    let body = json!({"SourceKeyId": mac, "CiphertextBlob": blob, "DestinationKeyId": symmetric});
    world.refused("ReEncrypt", body, expect);
}

#[test]
fn a_data_key_pair_comes_in_both_forms() {
    let mut world = World::new();
    let key = world.key();
    let material =
        text(&world.ok("DescribeKey", json!({"KeyId": key}))["KeyMetadata"]["CurrentKeyMaterialId"]);
    for spec in [
        "ECC_NIST_P256",
        "ECC_NIST_P384",
        "ECC_NIST_P521",
        "ECC_SECG_P256K1",
        "SM2",
        "ECC_NIST_EDWARDS25519",
        "ML_KEM_512",
        "ML_KEM_768",
        "ML_KEM_1024",
    ] {
        let body = json!({"KeyId": key, "KeyPairSpec": spec, "EncryptionContext": {"a": "b"}});
        let pair = world.ok("GenerateDataKeyPair", body.clone());
        assert_eq!((&pair["KeyId"], &pair["KeyPairSpec"]), (&json!(arn(&key)), &json!(spec)));
        assert_eq!(pair["KeyMaterialId"], material);
        let blob = &pair["PrivateKeyCiphertextBlob"];
        let open = json!({"CiphertextBlob": blob, "EncryptionContext": {"a": "b"}});
        assert_eq!(world.ok("Decrypt", open)["Plaintext"], pair["PrivateKeyPlaintext"]);
        world.refused("Decrypt", json!({"CiphertextBlob": blob}), "InvalidCiphertextException");
        for der in ["PrivateKeyPlaintext", "PublicKey"] {
            assert_eq!(bytes(&text(&pair[der]))[0], 0x30, "a DER sequence");
        }
        let sealed = world.ok("GenerateDataKeyPairWithoutPlaintext", body.clone());
        assert!(sealed.get("PrivateKeyPlaintext").is_none());
        assert_ne!(sealed["PublicKey"], pair["PublicKey"]);
        let mut dry = body;
        dry["DryRun"] = json!(true);
        let expect =
            "DryRunOperationException: The request would have succeeded, but the DryRun option is set.";
        world.refused("GenerateDataKeyPair", dry, expect);
    }
}
