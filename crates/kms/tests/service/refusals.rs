//! Refusals, in the exact words.

use serde_json::{Value, json};

use crate::world::{World, arn, b64, text};

/// A world with one key, whose ID is put for `<KEY>` in the body.
#[track_caller]
fn check(operation: &str, body: Value, expect: &str) {
    let mut world = World::new();
    let id = world.key();
    let filled: Value = serde_json::from_str(&body.to_string().replace("<KEY>", &id)).unwrap();
    world.refused(operation, filled, &expect.replace("<KEY>", &id));
}

/// The wording of constraint violations.
#[track_caller]
fn check_constraint(operation: &str, body: Value, violation: &str) {
    let text = format!("ValidationException: 1 validation error detected: {violation}");
    check(operation, body, &text);
}

#[test]
fn what_is_not_an_operation() {
    let mut world = World::new();
    for name in ["", "encrypt", "Encrypt ", "PutRecord", "TrentService.Encrypt"] {
        let expect = format!("UnknownOperationException: {name} is not an operation of this service.");
        world.refused(name, json!({}), &expect);
    }
}

#[test]
fn what_is_not_a_body() {
    let mut world = World::new();
    for body in
        ["", "{", "[]", "null", "1", "\"x\"", "{}{}", "{\"Limit\":}", "{\"Limit\":\"5\"}", "{\"Limit\":1.5}"]
    {
        let error = world.send("ListKeys", body).result.expect_err(body);
        assert_eq!(error.code.to_string(), "SerializationException", "{body}");
        assert!(!error.message.is_empty());
    }
    let id = world.key();
    for body in [
        json!({"KeyId": id, "Plaintext": "not base64"}),
        json!({"KeyId": id, "Plaintext": [1, 2]}),
        json!({"KeyId": 7, "Plaintext": "AA=="}),
        json!({"KeyId": id, "Plaintext": "AA==", "EncryptionContext": {"a": 1}}),
        json!({"KeyId": id, "Plaintext": "AA==", "EncryptionContext": ["a"]}),
        json!({"KeyId": id, "Plaintext": "AA==", "EncryptionAlgorithm": 1}),
    ] {
        let error = world.send("Encrypt", &body.to_string()).result.expect_err("not an input");
        assert_eq!(error.code.to_string(), "SerializationException", "{body}");
    }
    let deep = format!("{{\"Recipient\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(world.send("Decrypt", &deep).result.is_err());
}

#[test]
fn members_of_no_operation_are_passed_over() {
    let mut world = World::new();
    world.ok("ListKeys", json!({"Nonsense": {"a": [1]}}));
}

#[test]
fn members_that_are_missing() {
    let null = |member| format!("Value at '{member}' failed to satisfy constraint: Member must not be null");
    for operation in ["DescribeKey", "EnableKey", "DisableKey", "CancelKeyDeletion", "ScheduleKeyDeletion"] {
        check_constraint(operation, json!({}), &null("keyId"));
        check_constraint(operation, json!({"KeyId": null}), &null("keyId"));
    }
    check_constraint("Encrypt", json!({"KeyId": "<KEY>"}), &null("plaintext"));
    check_constraint("Decrypt", json!({}), &null("ciphertextBlob"));
    check_constraint("ReEncrypt", json!({"DestinationKeyId": "<KEY>"}), &null("ciphertextBlob"));
    check_constraint("ReEncrypt", json!({"CiphertextBlob": "AA=="}), &null("destinationKeyId"));
    check_constraint("UpdateKeyDescription", json!({"KeyId": "<KEY>"}), &null("description"));
    let two = |a, b| format!("ValidationException: 2 validation errors detected: {}; {}", null(a), null(b));
    check("Encrypt", json!({}), &two("keyId", "plaintext"));
    check("CreateAlias", json!({}), &two("aliasName", "targetKeyId"));
    check("UpdateAlias", json!({}), &two("aliasName", "targetKeyId"));
}

#[test]
fn members_of_the_wrong_length() {
    let length = |value: &str, member: &str, rule: &str| {
        format!("Value '{value}' at '{member}' failed to satisfy constraint: Member must have length {rule}")
    };
    let long = "x".repeat(2049);
    let too_long = length(&long, "keyId", "less than or equal to 2048");
    check_constraint("DescribeKey", json!({"KeyId": ""}), &length("", "keyId", "greater than or equal to 1"));
    check_constraint("DescribeKey", json!({"KeyId": long}), &too_long);
    check_constraint("Encrypt", json!({"KeyId": long, "Plaintext": "AA=="}), &too_long);
    let text = "é".repeat(8193);
    let too_long = length(&text, "description", "less than or equal to 8192");
    check_constraint("CreateKey", json!({"Description": text}), &too_long);
    check_constraint("UpdateKeyDescription", json!({"KeyId": "<KEY>", "Description": text}), &too_long);
    World::new().ok("CreateKey", json!({"Description": "é".repeat(8192)}));
    let empty = length("", "policy", "greater than or equal to 1");
    check_constraint("CreateKey", json!({"Policy": ""}), &empty);
    let empty = length("", "tags.2.member.tagKey", "greater than or equal to 1");
    let tag = |key: &str, value: &str| json!({"TagKey": key, "TagValue": value});
    check_constraint("CreateKey", json!({"Tags": [tag("a", ""), tag("", "b")]}), &empty);
    let value = "v".repeat(257);
    let too_long = length(&value, "tags.1.member.tagValue", "less than or equal to 256");
    check_constraint("CreateKey", json!({"Tags": [tag("a", &value)]}), &too_long);
}

#[test]
fn grant_tokens_of_the_wrong_length() {
    check_constraint(
        "DescribeKey",
        json!({"KeyId": "<KEY>", "GrantTokens": [""]}),
        "Value '' at 'grantTokens.1.member' failed to satisfy constraint: Member must have length greater than or \
         equal to 1",
    );
}

#[test]
fn bytes_of_the_wrong_length() {
    let rule = "failed to satisfy constraint: Member must have length";
    for (length, bound) in [(0, "greater than or equal to 1"), (4097, "less than or equal to 4096")] {
        let violation = format!("Value at 'plaintext' {rule} {bound}");
        check_constraint(
            "Encrypt",
            json!({"KeyId": "<KEY>", "Plaintext": b64(&vec![0; length])}),
            &violation,
        );
    }
    for (length, bound) in [(0, "greater than or equal to 1"), (6145, "less than or equal to 6144")] {
        let violation = format!("Value at 'ciphertextBlob' {rule} {bound}");
        let blob = b64(&vec![0; length]);
        check_constraint("Decrypt", json!({"CiphertextBlob": blob}), &violation);
        check_constraint(
            "ReEncrypt",
            json!({"CiphertextBlob": blob, "DestinationKeyId": "<KEY>"}),
            &violation,
        );
    }
}

#[test]
fn numbers_out_of_range() {
    let range = |n: i64, member: &str, rule: &str| {
        format!("Value '{n}' at '{member}' failed to satisfy constraint: Member must have value {rule}")
    };
    for (n, rule) in [
        (0, "greater than or equal to 1"),
        (-1, "greater than or equal to 1"),
        (1025, "less than or equal to 1024"),
        (i64::MAX, "less than or equal to 1024"),
    ] {
        let violation = range(n, "numberOfBytes", rule);
        check_constraint("GenerateRandom", json!({"NumberOfBytes": n}), &violation);
        check_constraint("GenerateDataKey", json!({"KeyId": "<KEY>", "NumberOfBytes": n}), &violation);
    }
    for (n, rule) in [(6, "greater than or equal to 7"), (31, "less than or equal to 30")] {
        let violation = range(n, "pendingWindowInDays", rule);
        check_constraint(
            "ScheduleKeyDeletion",
            json!({"KeyId": "<KEY>", "PendingWindowInDays": n}),
            &violation,
        );
    }
    let limit = |n, rule| range(n, "limit", rule);
    check_constraint("ListKeys", json!({"Limit": 0}), &limit(0, "greater than or equal to 1"));
    check_constraint("ListKeys", json!({"Limit": 1001}), &limit(1001, "less than or equal to 1000"));
    check_constraint("ListAliases", json!({"Limit": 101}), &limit(101, "less than or equal to 100"));
}

/// The violation of an enumeration.
fn set(value: &str, member: &str, set: &str) -> String {
    format!(
        "Value '{value}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{set}]"
    )
}

const USAGES: &str =
    "SIGN_VERIFY, ENCRYPT_DECRYPT, GENERATE_VERIFY_MAC, KEY_AGREEMENT, ENCAPSULATE_DECAPSULATE";
const ALGORITHMS: &str = "SYMMETRIC_DEFAULT, RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256, SM2PKE";

#[test]
fn values_of_no_enumeration() {
    check_constraint(
        "GenerateDataKey",
        json!({"KeyId": "<KEY>", "KeySpec": "AES_512"}),
        &set("AES_512", "keySpec", "AES_256, AES_128"),
    );
    check_constraint("CreateKey", json!({"KeyUsage": "X"}), &set("X", "keyUsage", USAGES));
    check_constraint(
        "CreateKey",
        json!({"Origin": "X"}),
        &set("X", "origin", "AWS_KMS, EXTERNAL, AWS_CLOUDHSM, EXTERNAL_KEY_STORE"),
    );
}

#[test]
fn algorithms_of_no_enumeration() {
    let algorithm = |member| set("AES", member, ALGORITHMS);
    check_constraint(
        "Encrypt",
        json!({"KeyId": "<KEY>", "Plaintext": "AA==", "EncryptionAlgorithm": "AES"}),
        &algorithm("encryptionAlgorithm"),
    );
    check_constraint(
        "Decrypt",
        json!({"CiphertextBlob": "AA==", "EncryptionAlgorithm": "AES"}),
        &algorithm("encryptionAlgorithm"),
    );
    check_constraint(
        "ReEncrypt",
        json!({"CiphertextBlob": "AA==", "DestinationKeyId": "<KEY>", "SourceEncryptionAlgorithm": "AES"}),
        &algorithm("sourceEncryptionAlgorithm"),
    );
    check_constraint(
        "Decrypt",
        json!({"CiphertextBlob": "AA==", "DryRun": true, "DryRunModifiers": ["IGNORE"]}),
        "Value '[IGNORE]' at 'dryRunModifiers' failed to satisfy constraint: Member must satisfy constraint: \
         [Member must satisfy enum value set: [IGNORE_CIPHERTEXT]]",
    );
}

#[test]
fn all_violations_are_told_at_once() {
    check(
        "GenerateDataKey",
        json!({"KeyId": "", "NumberOfBytes": 0, "KeySpec": "X"}),
        "ValidationException: 3 validation errors detected: \
         Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1; \
         Value '0' at 'numberOfBytes' failed to satisfy constraint: Member must have value greater than or equal to 1; \
         Value 'X' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]",
    );
}

#[test]
fn sizes_of_data_keys() {
    let either = "ValidationException: Please specify either number of bytes or key spec.";
    for operation in ["GenerateDataKey", "GenerateDataKeyWithoutPlaintext"] {
        check(operation, json!({"KeyId": "<KEY>"}), either);
        check(operation, json!({"KeyId": "<KEY>", "KeySpec": "AES_256", "NumberOfBytes": 32}), either);
    }
    check("GenerateRandom", json!({}), "ValidationException: NumberOfBytes is required.");
}

#[test]
fn what_is_not_built() {
    let unsupported = |what| format!("UnsupportedOperationException: {what} is not supported here.");
    let recipient = json!({"AttestationDocument": "AA=="});
    check("GenerateRandom", json!({"NumberOfBytes": 1, "Recipient": recipient}), &unsupported("Recipient"));
    check("Decrypt", json!({"CiphertextBlob": "AA==", "Recipient": recipient}), &unsupported("Recipient"));
    let wish = json!({"KeyId": "<KEY>", "KeySpec": "AES_256", "Recipient": recipient});
    check("GenerateDataKey", wish, &unsupported("Recipient"));
    World::new()
        .ok("CreateKey", json!({"MultiRegion": false, "Origin": "AWS_KMS", "KeySpec": "SYMMETRIC_DEFAULT"}));
    World::new().ok("CreateKey", json!({"CustomerMasterKeySpec": "SYMMETRIC_DEFAULT"}));
    check(
        "CreateKey",
        json!({"CustomerMasterKeySpec": "SYMMETRIC_DEFAULT", "KeySpec": "SYMMETRIC_DEFAULT"}),
        "ValidationException: KeySpec and CustomerMasterKeySpec mean the same and cannot be given together; use \
         KeySpec.",
    );
}

#[test]
fn modifiers_are_for_dry_runs() {
    let modifiers = json!(["IGNORE_CIPHERTEXT"]);
    check(
        "Decrypt",
        json!({"KeyId": "<KEY>", "DryRunModifiers": modifiers}),
        "ValidationException: DryRunModifiers can only be given together with DryRun.",
    );
    check(
        "Decrypt",
        json!({"DryRun": true, "DryRunModifiers": modifiers}),
        "ValidationException: IGNORE_CIPHERTEXT needs a key ID, as there is no ciphertext to name the key.",
    );
}

#[test]
fn material_that_the_store_has_lost() {
    let mut world = World::new();
    let id = world.key();
    let blob = world.encrypted(&id, json!({}));
    world.store.retain(|(table, _), _| *table != waxseal_kms::Table::Materials);
    world.state = world.restored();
    let expect = format!("KMSInternalException: The key material of {} is missing from the store.", arn(&id));
    world.refused("Encrypt", json!({"KeyId": id, "Plaintext": "AA=="}), &expect);
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), &expect);
    assert_eq!(text(&world.ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"]["KeyId"]), id);
}
