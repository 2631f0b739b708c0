//! Keys of every spec.

use serde_json::{Value, json};

use crate::world::{World, arn, b64, bytes, text};

/// Every spec but RSA with every usage, and the algorithms that such a key has.
const KINDS: [(&str, &str, &str, &[&str]); 22] = [
    ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "EncryptionAlgorithms", &["SYMMETRIC_DEFAULT"]),
    ("ECC_NIST_P256", "SIGN_VERIFY", "SigningAlgorithms", &["ECDSA_SHA_256"]),
    ("ECC_NIST_P384", "SIGN_VERIFY", "SigningAlgorithms", &["ECDSA_SHA_384"]),
    ("ECC_NIST_P521", "SIGN_VERIFY", "SigningAlgorithms", &["ECDSA_SHA_512"]),
    ("ECC_NIST_P256", "KEY_AGREEMENT", "KeyAgreementAlgorithms", &["ECDH"]),
    ("ECC_NIST_P384", "KEY_AGREEMENT", "KeyAgreementAlgorithms", &["ECDH"]),
    ("ECC_NIST_P521", "KEY_AGREEMENT", "KeyAgreementAlgorithms", &["ECDH"]),
    ("ECC_SECG_P256K1", "SIGN_VERIFY", "SigningAlgorithms", &["ECDSA_SHA_256"]),
    ("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", "SigningAlgorithms", &["ED25519_SHA_512", "ED25519_PH_SHA_512"]),
    ("SM2", "ENCRYPT_DECRYPT", "EncryptionAlgorithms", &["SM2PKE"]),
    ("SM2", "SIGN_VERIFY", "SigningAlgorithms", &["SM2DSA"]),
    ("SM2", "KEY_AGREEMENT", "KeyAgreementAlgorithms", &["ECDH"]),
    ("HMAC_224", "GENERATE_VERIFY_MAC", "MacAlgorithms", &["HMAC_SHA_224"]),
    ("HMAC_256", "GENERATE_VERIFY_MAC", "MacAlgorithms", &["HMAC_SHA_256"]),
    ("HMAC_384", "GENERATE_VERIFY_MAC", "MacAlgorithms", &["HMAC_SHA_384"]),
    ("HMAC_512", "GENERATE_VERIFY_MAC", "MacAlgorithms", &["HMAC_SHA_512"]),
    ("ML_DSA_44", "SIGN_VERIFY", "SigningAlgorithms", &["ML_DSA_SHAKE_256"]),
    ("ML_DSA_65", "SIGN_VERIFY", "SigningAlgorithms", &["ML_DSA_SHAKE_256"]),
    ("ML_DSA_87", "SIGN_VERIFY", "SigningAlgorithms", &["ML_DSA_SHAKE_256"]),
    ("ML_KEM_512", "ENCAPSULATE_DECAPSULATE", "EncapsulationAlgorithms", &["ML_KEM"]),
    ("ML_KEM_768", "ENCAPSULATE_DECAPSULATE", "EncapsulationAlgorithms", &["ML_KEM"]),
    ("ML_KEM_1024", "ENCAPSULATE_DECAPSULATE", "EncapsulationAlgorithms", &["ML_KEM"]),
];

const ALGORITHMS: [&str; 5] = [
    "EncryptionAlgorithms",
    "SigningAlgorithms",
    "MacAlgorithms",
    "KeyAgreementAlgorithms",
    "EncapsulationAlgorithms",
];

const USAGES: [&str; 5] =
    ["SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT", "ENCAPSULATE_DECAPSULATE"];

#[test]
fn a_key_tells_its_algorithms_and_its_public_half() {
    let mut world = World::new();
    for (spec, usage, list, algorithms) in KINDS {
        let key = world.key_of(spec, usage);
        let metadata = world.ok("DescribeKey", json!({"KeyId": key}))["KeyMetadata"].clone();
        assert_eq!((&metadata["KeySpec"], &metadata["KeyUsage"]), (&json!(spec), &json!(usage)));
        assert_eq!(metadata["CustomerMasterKeySpec"], spec);
        assert_eq!(metadata.get("CurrentKeyMaterialId").is_some(), spec == "SYMMETRIC_DEFAULT");
        for name in ALGORITHMS {
            let expect = (name == list).then(|| json!(algorithms));
            assert_eq!(metadata.get(name), expect.as_ref(), "{name} of {spec}");
        }
        let request = json!({"KeyId": key});
        if spec == "SYMMETRIC_DEFAULT" || spec.starts_with("HMAC") {
            let expect = format!(
                "UnsupportedOperationException: {} key spec is {spec} which is not valid for this operation.",
                arn(&key)
            );
            world.refused("GetPublicKey", request, &expect);
        } else {
            let public = world.ok("GetPublicKey", request);
            assert_eq!((&public["KeyId"], &public["KeySpec"]), (&json!(arn(&key)), &json!(spec)));
            assert_eq!((&public["KeyUsage"], &public[list]), (&json!(usage), &json!(algorithms)));
            assert_eq!(bytes(&text(&public["PublicKey"]))[0], 0x30, "a DER sequence");
        }
    }
}

#[test]
fn a_key_is_made_for_what_its_spec_allows() {
    let mut world = World::new();
    for spec in KINDS.map(|kind| kind.0).into_iter().chain(["RSA_2048", "RSA_3072", "RSA_4096"]) {
        for usage in USAGES {
            let allowed = KINDS.iter().any(|kind| (kind.0, kind.1) == (spec, usage));
            let rsa = spec.starts_with("RSA") && ["SIGN_VERIFY", "ENCRYPT_DECRYPT"].contains(&usage);
            if allowed || rsa {
                continue;
            }
            let expect =
                format!("ValidationException: KeyUsage {usage} is not compatible with KeySpec {spec}");
            world.refused("CreateKey", json!({"KeySpec": spec, "KeyUsage": usage}), &expect);
        }
        if spec != "SYMMETRIC_DEFAULT" {
            let expect = "ValidationException: You must specify a KeyUsage value for all KMS keys except for \
                          symmetric encryption keys.";
            world.refused("CreateKey", json!({"KeySpec": spec}), expect);
        }
    }
}

#[test]
fn the_older_name_of_the_spec_does_as_well() {
    let mut world = World::new();
    let body = json!({"CustomerMasterKeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"});
    assert_eq!(world.ok("CreateKey", body)["KeyMetadata"]["KeySpec"], "HMAC_256");
    let error = world.send(
        "CreateKey",
        &json!({"CustomerMasterKeySpec": "ML_DSA_44", "KeyUsage": "SIGN_VERIFY"}).to_string(),
    );
    assert!(error.result.unwrap_err().message.contains("Value 'ML_DSA_44' at 'customerMasterKeySpec'"));
}

#[test]
fn keys_do_what_they_are_for_and_nothing_else() {
    let mut world = World::new();
    let blob = b64(&[7; 40]);
    let operations = [
        ("Encrypt", "ENCRYPT_DECRYPT", json!({"Plaintext": blob})),
        ("GenerateDataKey", "ENCRYPT_DECRYPT", json!({"KeySpec": "AES_256"})),
        ("GenerateDataKeyWithoutPlaintext", "ENCRYPT_DECRYPT", json!({"KeySpec": "AES_256"})),
        ("GenerateDataKeyPair", "ENCRYPT_DECRYPT", json!({"KeyPairSpec": "ECC_NIST_P256"})),
        ("GenerateDataKeyPairWithoutPlaintext", "ENCRYPT_DECRYPT", json!({"KeyPairSpec": "ECC_NIST_P256"})),
        ("Decrypt", "ENCRYPT_DECRYPT", json!({"CiphertextBlob": blob})),
        ("Sign", "SIGN_VERIFY", json!({"Message": blob, "SigningAlgorithm": "ECDSA_SHA_256"})),
        (
            "Verify",
            "SIGN_VERIFY",
            json!({"Message": blob, "SigningAlgorithm": "ECDSA_SHA_256", "Signature": blob}),
        ),
        ("GenerateMac", "GENERATE_VERIFY_MAC", json!({"Message": blob, "MacAlgorithm": "HMAC_SHA_256"})),
        (
            "VerifyMac",
            "GENERATE_VERIFY_MAC",
            json!({"Message": blob, "MacAlgorithm": "HMAC_SHA_256", "Mac": blob}),
        ),
        ("DeriveSharedSecret", "KEY_AGREEMENT", json!({"PublicKey": blob, "KeyAgreementAlgorithm": "ECDH"})),
        ("Encapsulate", "ENCAPSULATE_DECAPSULATE", json!({"EncapsulationAlgorithm": "ML_KEM"})),
        (
            "Decapsulate",
            "ENCAPSULATE_DECAPSULATE",
            json!({"EncapsulationAlgorithm": "ML_KEM", "SharedSecretCiphertextBlob": blob}),
        ),
    ];
    for (spec, usage, _, _) in KINDS {
        let key = world.key_of(spec, usage);
        for (operation, needed, body) in &operations {
            let mut body: Value = body.clone();
            body["KeyId"] = json!(key);
            if *needed != usage {
                let expect = format!(
                    "InvalidKeyUsageException: {} key usage is {usage} which is not valid for {operation}.",
                    arn(&key)
                );
                world.refused(operation, body, &expect);
            }
        }
    }
}

#[test]
fn an_algorithm_of_another_spec_is_refused() {
    let mut world = World::new();
    let message = b64(b"m");
    let check = |world: &mut World, operation: &str, kind: (&str, &str), body: Value, algorithm: &str| {
        let mut body = body;
        body["KeyId"] = json!(world.key_of(kind.0, kind.1));
        let expect = format!(
            "InvalidKeyUsageException: Algorithm {algorithm} is incompatible with key spec {}.",
            kind.0
        );
        world.refused(operation, body, &expect);
    };
    let sign = json!({"Message": message, "SigningAlgorithm": "ECDSA_SHA_256"});
    check(&mut world, "Sign", ("ECC_NIST_P384", "SIGN_VERIFY"), sign, "ECDSA_SHA_256");
    let mac = json!({"Message": message, "MacAlgorithm": "HMAC_SHA_256"});
    check(&mut world, "GenerateMac", ("HMAC_224", "GENERATE_VERIFY_MAC"), mac, "HMAC_SHA_256");
    let sm2 = ("SM2", "ENCRYPT_DECRYPT");
    check(&mut world, "Encrypt", sm2, json!({"Plaintext": message}), "SYMMETRIC_DEFAULT");
    check(&mut world, "GenerateDataKey", sm2, json!({"NumberOfBytes": 5}), "SYMMETRIC_DEFAULT");
    check(&mut world, "GenerateDataKeyPair", sm2, json!({"KeyPairSpec": "SM2"}), "SYMMETRIC_DEFAULT");
    check(&mut world, "Decrypt", sm2, json!({"CiphertextBlob": message}), "SYMMETRIC_DEFAULT");
    let body = json!({"Plaintext": message, "EncryptionAlgorithm": "RSAES_OAEP_SHA_1"});
    check(&mut world, "Encrypt", ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"), body, "RSAES_OAEP_SHA_1");
}

#[test]
fn keys_of_every_spec_come_back_from_the_store() {
    let mut world = World::new();
    let message = b64(b"kept");
    let curve = world.key_of("ECC_NIST_P521", "SIGN_VERIFY");
    let mac = world.key_of("HMAC_384", "GENERATE_VERIFY_MAC");
    let body = json!({"KeyId": curve, "Message": message, "SigningAlgorithm": "ECDSA_SHA_512"});
    let signature = world.ok("Sign", body.clone())["Signature"].clone();
    let tag_request = json!({"KeyId": mac, "Message": message, "MacAlgorithm": "HMAC_SHA_384"});
    let tag = world.ok("GenerateMac", tag_request.clone())["Mac"].clone();
    world.state = world.restored();
    let mut verify = body;
    verify["Signature"] = signature;
    assert_eq!(world.ok("Verify", verify)["SignatureValid"], true);
    assert_eq!(world.ok("GenerateMac", tag_request)["Mac"], tag);
}
