//! Encrypting, decrypting, data keys.

use serde_json::{Value, json};

use crate::world::{World, arn, b64, bytes, text};

const INVALID: &str = "InvalidCiphertextException";

#[test]
fn what_was_encrypted_comes_back() {
    let mut world = World::new();
    let id = world.key();
    let material =
        text(&world.ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"]["CurrentKeyMaterialId"]);
    for length in [1, 2, 31, 4095, 4096] {
        let plaintext = b64(&vec![7; length]);
        let sealed = world.ok("Encrypt", json!({"KeyId": id, "Plaintext": plaintext}));
        assert_eq!(sealed["KeyId"], arn(&id));
        assert_eq!(sealed["EncryptionAlgorithm"], "SYMMETRIC_DEFAULT");
        assert_eq!(sealed.as_object().unwrap().len(), 3);
        let blob = text(&sealed["CiphertextBlob"]);
        assert!(blob.starts_with("AQICAH") && bytes(&blob).len() <= 6144);
        let expect = json!({
            "KeyId": arn(&id),
            "Plaintext": plaintext,
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "KeyMaterialId": material,
        });
        assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": blob})), expect);
        assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": blob, "KeyId": id})), expect);
    }
}

#[test]
fn the_same_plaintext_never_looks_the_same() {
    let mut world = World::new();
    let id = world.key();
    assert_ne!(world.encrypted(&id, json!({})), world.encrypted(&id, json!({})));
}

/// What becomes of a ciphertext made with one context and opened with another.
#[track_caller]
fn check_context(made_with: Value, opened_with: &str, opens: bool) {
    let mut world = World::new();
    let id = world.key();
    let blob = world.encrypted(&id, made_with);
    let body = format!(r#"{{"CiphertextBlob":"{blob}"{opened_with}}}"#);
    let result = world.send("Decrypt", &body).result.map_err(|error| error.to_string());
    assert_eq!(result.is_ok(), opens, "{opened_with}");
    assert!(result.is_ok() || result == Err(INVALID.to_owned()));
}

#[test]
fn a_context_has_to_be_given_again() {
    let two = || json!({"a": "1", "b": "2"});
    check_context(two(), r#","EncryptionContext":{"a":"1","b":"2"}"#, true);
    check_context(two(), r#","EncryptionContext":{"b":"2","a":"1"}"#, true);
    check_context(two(), r#","EncryptionContext":{"a":"1"}"#, false);
    check_context(two(), r#","EncryptionContext":{"a":"1","b":"2","c":"3"}"#, false);
    check_context(two(), r#","EncryptionContext":{"A":"1","b":"2"}"#, false);
    check_context(two(), r#","EncryptionContext":{"a":"2","b":"1"}"#, false);
    check_context(two(), r#","EncryptionContext":{"a1":"","b2":""}"#, false);
    check_context(two(), r#","EncryptionContext":{"a":"1b2"}"#, false);
    check_context(two(), r#","EncryptionContext":{}"#, false);
    check_context(two(), "", false);
    check_context(json!({"Purpose": "Test"}), r#","EncryptionContext":{"Purpose":"test"}"#, false);
    check_context(json!({"": ""}), r#","EncryptionContext":{"":""}"#, true);
    check_context(json!({"": ""}), "", false);
    check_context(json!({}), "", true);
    check_context(json!({}), r#","EncryptionContext":{}"#, true);
    check_context(json!({}), r#","EncryptionContext":{"a":"1"}"#, false);
}

#[test]
fn every_flipped_bit_is_noticed() {
    let mut world = World::new();
    let id = world.key();
    let blob = bytes(&world.encrypted(&id, json!({"a": "1"})));
    for bit in 0..blob.len() * 8 {
        let mut damaged = blob.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let body = json!({"CiphertextBlob": b64(&damaged), "EncryptionContext": {"a": "1"}});
        world.refused("Decrypt", body, INVALID);
    }
}

#[test]
fn every_cut_and_every_addition_is_noticed() {
    let mut world = World::new();
    let id = world.key();
    let blob = bytes(&world.encrypted(&id, json!({})));
    for length in 1..blob.len() {
        world.refused("Decrypt", json!({"CiphertextBlob": b64(&blob[..length])}), INVALID);
        world.refused("Decrypt", json!({"CiphertextBlob": b64(&blob[..length]), "KeyId": id}), INVALID);
    }
    for extra in [&[0][..], &[0; 16], &blob] {
        world.refused("Decrypt", json!({"CiphertextBlob": b64(&[&blob, extra].concat())}), INVALID);
    }
}

#[test]
fn a_ciphertext_of_another_key() {
    let mut world = World::new();
    let (one, two) = (world.key(), world.key());
    let blob = world.encrypted(&one, json!({}));
    let incorrect = "IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.";
    world.refused("Decrypt", json!({"CiphertextBlob": blob, "KeyId": two}), incorrect);
    let body = json!({"CiphertextBlob": blob, "SourceKeyId": two, "DestinationKeyId": one});
    world.refused("ReEncrypt", body, incorrect);
}

#[test]
fn a_data_key_comes_twice() {
    let mut world = World::new();
    let id = world.key();
    for (wish, length) in [
        (json!({"KeyId": id, "KeySpec": "AES_256"}), 32),
        (json!({"KeyId": id, "KeySpec": "AES_128"}), 16),
        (json!({"KeyId": id, "NumberOfBytes": 1}), 1),
        (json!({"KeyId": id, "NumberOfBytes": 1024}), 1024),
    ] {
        let pair = world.ok("GenerateDataKey", wish.clone());
        let plaintext = text(&pair["Plaintext"]);
        assert_eq!(bytes(&plaintext).len(), length);
        let opened = world.ok("Decrypt", json!({"CiphertextBlob": pair["CiphertextBlob"]}));
        assert_eq!(
            (&opened["Plaintext"], &opened["KeyMaterialId"]),
            (&pair["Plaintext"], &pair["KeyMaterialId"])
        );
        assert_ne!(world.ok("GenerateDataKey", wish.clone())["Plaintext"], plaintext.as_str());
        let alone = world.ok("GenerateDataKeyWithoutPlaintext", wish);
        assert!(alone.get("Plaintext").is_none());
        let opened = world.ok("Decrypt", json!({"CiphertextBlob": alone["CiphertextBlob"]}));
        assert_eq!(bytes(&text(&opened["Plaintext"])).len(), length);
    }
}

#[test]
fn a_data_key_is_bound_to_its_context() {
    let mut world = World::new();
    let id = world.key();
    let wish = json!({"KeyId": id, "KeySpec": "AES_256", "EncryptionContext": {"file": "a.txt"}});
    for operation in ["GenerateDataKey", "GenerateDataKeyWithoutPlaintext"] {
        let blob = world.ok(operation, wish.clone())["CiphertextBlob"].clone();
        world.refused("Decrypt", json!({"CiphertextBlob": blob}), INVALID);
        world.ok("Decrypt", json!({"CiphertextBlob": blob, "EncryptionContext": {"file": "a.txt"}}));
    }
}

#[test]
fn a_ciphertext_moves_to_another_key_and_context() {
    let mut world = World::new();
    let (one, two) = (world.key(), world.key());
    let blob = world.encrypted(&one, json!({"a": "1"}));
    let moved = world.ok(
        "ReEncrypt",
        json!({
            "CiphertextBlob": blob,
            "SourceEncryptionContext": {"a": "1"},
            "DestinationKeyId": two,
            "DestinationEncryptionContext": {"b": "2"},
        }),
    );
    assert_eq!((&moved["SourceKeyId"], &moved["KeyId"]), (&json!(arn(&one)), &json!(arn(&two))));
    assert_ne!(moved["SourceKeyMaterialId"], moved["DestinationKeyMaterialId"]);
    assert_eq!(moved["SourceEncryptionAlgorithm"], "SYMMETRIC_DEFAULT");
    assert_eq!(moved["DestinationEncryptionAlgorithm"], "SYMMETRIC_DEFAULT");
    let blob = &moved["CiphertextBlob"];
    world.refused("Decrypt", json!({"CiphertextBlob": blob, "EncryptionContext": {"a": "1"}}), INVALID);
    let opened = world.ok("Decrypt", json!({"CiphertextBlob": blob, "EncryptionContext": {"b": "2"}}));
    assert_eq!((&opened["Plaintext"], &opened["KeyId"]), (&json!(b64(b"hello")), &json!(arn(&two))));
}

#[test]
fn a_ciphertext_moves_within_its_key() {
    let mut world = World::new();
    let id = world.key();
    let blob = world.encrypted(&id, json!({"a": "1"}));
    let body = json!({"CiphertextBlob": blob, "SourceEncryptionContext": {"a": "1"}, "DestinationKeyId": id});
    let moved = world.ok("ReEncrypt", body);
    world.ok("Decrypt", json!({"CiphertextBlob": moved["CiphertextBlob"]}));
    world.refused("ReEncrypt", json!({"CiphertextBlob": blob, "DestinationKeyId": id}), INVALID);
}

#[test]
fn random_bytes_are_as_many_as_asked_for() {
    let mut world = World::new();
    for length in [1, 32, 1024] {
        let answer = world.ok("GenerateRandom", json!({"NumberOfBytes": length}));
        assert_eq!(bytes(&text(&answer["Plaintext"])).len(), length);
    }
}

#[test]
fn a_dry_run_checks_everything_and_does_nothing() {
    let mut world = World::new();
    let id = world.key();
    let blob = world.encrypted(&id, json!({"a": "1"}));
    let passed = "DryRunOperationException: The request would have succeeded, but the DryRun option is set.";
    let context = json!({"a": "1"});
    let runs = [
        ("Encrypt", json!({"KeyId": id, "Plaintext": "AA==", "DryRun": true})),
        ("GenerateDataKey", json!({"KeyId": id, "KeySpec": "AES_256", "DryRun": true})),
        ("GenerateDataKeyWithoutPlaintext", json!({"KeyId": id, "KeySpec": "AES_256", "DryRun": true})),
        ("Decrypt", json!({"CiphertextBlob": blob, "EncryptionContext": context, "DryRun": true})),
        ("Decrypt", json!({"KeyId": id, "DryRun": true, "DryRunModifiers": ["IGNORE_CIPHERTEXT"]})),
        (
            "ReEncrypt",
            json!({"CiphertextBlob": blob, "SourceEncryptionContext": context, "DestinationKeyId": id, "DryRun": true}),
        ),
    ];
    for (operation, body) in &runs {
        world.refused(operation, body.clone(), passed);
    }
    world.refused("Decrypt", json!({"CiphertextBlob": blob, "DryRun": true}), INVALID);
    world.ok("DisableKey", json!({"KeyId": id}));
    for (operation, body) in runs {
        world.refused(operation, body, &format!("DisabledException: {} is disabled.", arn(&id)));
    }
}
