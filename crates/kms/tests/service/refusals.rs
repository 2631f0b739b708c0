//! Refusals, in the exact words.

use serde_json::{Value, json};

use crate::world::{ACCOUNT, OTHER_ACCOUNT, REGION, World, arn, b64, caller, text};

const MISSING: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

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

#[test]
fn values_of_no_enumeration() {
    let set = |value: &str, member: &str, set: &str| {
        format!(
            "Value '{value}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{set}]"
        )
    };
    check_constraint(
        "GenerateDataKey",
        json!({"KeyId": "<KEY>", "KeySpec": "AES_512"}),
        &set("AES_512", "keySpec", "AES_256, AES_128"),
    );
    check_constraint("CreateKey", json!({"KeySpec": "X"}), &set("X", "keySpec", "SYMMETRIC_DEFAULT"));
    check_constraint("CreateKey", json!({"KeyUsage": "X"}), &set("X", "keyUsage", "ENCRYPT_DECRYPT"));
    check_constraint(
        "CreateKey",
        json!({"Origin": "X"}),
        &set("X", "origin", "AWS_KMS, EXTERNAL, AWS_CLOUDHSM, EXTERNAL_KEY_STORE"),
    );
    let algorithm = |member| set("AES", member, "SYMMETRIC_DEFAULT");
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
fn keys_that_are_not_there() {
    let check = |name: &str, expect: &str| {
        for operation in ["DescribeKey", "EnableKey", "GetKeyPolicy", "ScheduleKeyDeletion"] {
            World::new().refused(operation, json!({"KeyId": name}), expect);
        }
        World::new().refused("Encrypt", json!({"KeyId": name, "Plaintext": "AA=="}), expect);
        World::new().refused("GenerateDataKey", json!({"KeyId": name, "KeySpec": "AES_256"}), expect);
        let alias = json!({"AliasName": "alias/a", "TargetKeyId": name});
        World::new().refused("CreateAlias", alias, expect);
    };
    check("key_id", "NotFoundException: Invalid keyId 'key_id'");
    check(
        "1234abcd12ab34cd56ef1234567890ab",
        "NotFoundException: Invalid keyId '1234abcd12ab34cd56ef1234567890ab'",
    );
    let absent = |id: &str| format!("NotFoundException: Key '{}' does not exist", arn(id));
    check(MISSING, &absent(MISSING));
    check(&arn(MISSING), &absent(MISSING));
    let replica = "mrk-1234abcd12ab34cd56ef1234567890ab";
    check(replica, &absent(replica));
    let elsewhere = format!("arn:aws:kms:us-east-1:{ACCOUNT}:key/{MISSING}");
    check(&elsewhere, "NotFoundException: Invalid arn us-east-1");
}

#[test]
fn a_key_is_found_in_its_own_region_only() {
    let mut world = World::new();
    let id = world.key();
    world.caller = caller(ACCOUNT, "us-east-1");
    let expect = format!("NotFoundException: Key 'arn:aws:kms:us-east-1:{ACCOUNT}:key/{id}' does not exist");
    world.refused("DescribeKey", json!({"KeyId": id}), &expect);
    world.refused(
        "DescribeKey",
        json!({"KeyId": arn(&id)}),
        &format!("NotFoundException: Invalid arn {REGION}"),
    );
    let alias = format!("arn:aws:kms:{REGION}:{ACCOUNT}:alias/x");
    world.refused(
        "DescribeKey",
        json!({"KeyId": alias}),
        &format!("NotFoundException: Invalid arn {REGION}"),
    );
}

#[test]
fn another_account_is_denied() {
    let mut world = World::new();
    let id = world.key();
    world.alias("alias/docs", &id);
    let blob = world.encrypted(&id, json!({}));
    world.caller = caller(OTHER_ACCOUNT, REGION);
    let denied = |action: &str| {
        format!(
            "AccessDeniedException: User: arn:aws:iam::{OTHER_ACCOUNT}:root is not authorized to perform: \
             kms:{action} on resource: {} because no resource-based policy allows the kms:{action} action",
            arn(&id)
        )
    };
    let alias_arn = format!("arn:aws:kms:{REGION}:{ACCOUNT}:alias/docs");
    for name in [arn(&id), alias_arn] {
        world.refused("DescribeKey", json!({"KeyId": name}), &denied("DescribeKey"));
        world.refused("Encrypt", json!({"KeyId": name, "Plaintext": "AA=="}), &denied("Encrypt"));
        let wish = json!({"KeyId": name, "KeySpec": "AES_256"});
        world.refused("GenerateDataKey", wish.clone(), &denied("GenerateDataKey"));
        let without = "GenerateDataKeyWithoutPlaintext";
        world.refused(without, wish, &denied(without));
        world.refused("Decrypt", json!({"KeyId": name, "CiphertextBlob": blob}), &denied("Decrypt"));
    }
    for operation in
        ["EnableKey", "DisableKey", "ScheduleKeyDeletion", "CancelKeyDeletion", "GetKeyPolicy", "ListAliases"]
    {
        world.refused(operation, json!({"KeyId": arn(&id)}), &denied(operation));
    }
    let body = json!({"KeyId": arn(&id), "Description": "mine"});
    world.refused("UpdateKeyDescription", body, &denied("UpdateKeyDescription"));
    let body = json!({"AliasName": "alias/docs", "TargetKeyId": arn(&id)});
    world.refused("CreateAlias", body.clone(), &denied("CreateAlias"));
    let own = world.key();
    world.alias("alias/docs", &own);
    world.refused("UpdateAlias", body, &denied("UpdateAlias"));
    let foreign = "AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does \
                   not exist in this region, or you are not allowed to access.";
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), foreign);
    let body = json!({"CiphertextBlob": blob, "DestinationKeyId": own});
    world.refused("ReEncrypt", body, foreign);
    let mine = world.encrypted(&own, json!({}));
    let body = json!({"CiphertextBlob": mine, "DestinationKeyId": arn(&id)});
    world.refused("ReEncrypt", body, &denied("ReEncryptTo"));
    assert_eq!(world.ok("ListKeys", json!({}))["Keys"].as_array().unwrap().len(), 1);
    world.caller = caller(ACCOUNT, "us-east-1");
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), foreign);
}

#[test]
fn constraints_come_before_lookup_and_lookup_before_state() {
    let mut world = World::new();
    let id = world.key();
    world.ok("DisableKey", json!({"KeyId": id}));
    let long = b64(&[0; 4097]);
    let too_long = "ValidationException: 1 validation error detected: Value at 'plaintext' failed to satisfy \
                    constraint: Member must have length less than or equal to 4096";
    world.refused("Encrypt", json!({"KeyId": "alias/none", "Plaintext": long}), too_long);
    world.refused("Encrypt", json!({"KeyId": id, "Plaintext": long}), too_long);
    let disabled = format!("DisabledException: {} is disabled.", arn(&id));
    world.refused("Encrypt", json!({"KeyId": id, "Plaintext": "AA=="}), &disabled);
    world.caller = caller(OTHER_ACCOUNT, REGION);
    let error = world.send("Encrypt", &json!({"KeyId": arn(&id), "Plaintext": "AA=="}).to_string());
    assert_eq!(error.result.unwrap_err().code.to_string(), "AccessDeniedException");
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
    check("CreateKey", json!({"MultiRegion": true}), &unsupported("A multi-Region key"));
    check("CreateKey", json!({"Origin": "EXTERNAL"}), &unsupported("Imported key material"));
    check("CreateKey", json!({"Origin": "AWS_CLOUDHSM"}), &unsupported("A custom key store"));
    check("CreateKey", json!({"CustomKeyStoreId": "cks-1"}), &unsupported("A custom key store"));
    check("CreateKey", json!({"XksKeyId": "1"}), &unsupported("A custom key store"));
    let store = json!({"NumberOfBytes": 1, "CustomKeyStoreId": "cks-1"});
    check("GenerateRandom", store, &unsupported("A custom key store"));
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
fn there_are_no_grants_and_so_no_grant_tokens() {
    let expect = "InvalidGrantTokenException";
    let tokens = json!([
        "AQpAM2RhZTk1MGMyNTk2ZmZmMzEyYWVhOWViN2I1MWM4Mzc0MWFiYjc0ZDE1ODkyNGFlNTIzODZhMzgyZjBlNGY3NiKI"
    ]);
    check("DescribeKey", json!({"KeyId": "<KEY>", "GrantTokens": tokens}), expect);
    check("Encrypt", json!({"KeyId": "<KEY>", "Plaintext": "AA==", "GrantTokens": tokens}), expect);
    check("GenerateDataKey", json!({"KeyId": "<KEY>", "KeySpec": "AES_256", "GrantTokens": tokens}), expect);
    let mut world = World::new();
    let id = world.key();
    let blob = world.encrypted(&id, json!({}));
    world.refused("Decrypt", json!({"CiphertextBlob": blob, "GrantTokens": tokens}), expect);
    let body = json!({"CiphertextBlob": blob, "DestinationKeyId": id, "GrantTokens": tokens});
    world.refused("ReEncrypt", body, expect);
    world.ok("Encrypt", json!({"KeyId": id, "Plaintext": "AA==", "GrantTokens": []}));
    check_constraint(
        "DescribeKey",
        json!({"KeyId": "<KEY>", "GrantTokens": [""]}),
        "Value '' at 'grantTokens.1.member' failed to satisfy constraint: Member must have length greater than or \
         equal to 1",
    );
}

#[test]
fn tags_that_a_key_cannot_have() {
    let tag = |key: &str| json!({"TagKey": key, "TagValue": "v"});
    let tags: Vec<Value> = (0..51).map(|n| tag(&n.to_string())).collect();
    check("CreateKey", json!({"Tags": tags}), "TagException: Too many tags");
    check("CreateKey", json!({"Tags": [tag("a"), tag("b"), tag("a")]}), "TagException: Duplicate tag keys");
    for key in ["aws:x", "AWS:x", "aWs:"] {
        let expect = "TagException: Tags beginning with aws: are reserved";
        check("CreateKey", json!({"Tags": [tag(key)]}), expect);
    }
    World::new().ok("CreateKey", json!({"Tags": [tag("a"), tag("A"), tag("äws"), tag("aws")]}));
}

#[test]
fn policies_that_a_key_cannot_have() {
    let mut world = World::new();
    let mut check = |policy: &str, fits: bool| {
        let result = world.send("CreateKey", &json!({"Policy": policy}).to_string()).result;
        let code = result.map_err(|error| error.code.to_string()).map(|_| ());
        let expect = if fits { Ok(()) } else { Err("MalformedPolicyDocumentException".to_owned()) };
        assert_eq!(code, expect, "{policy}");
    };
    let statement =
        r#"{"Effect":"Allow","Principal":{"AWS":["111122223333"]},"Action":"kms:*","Resource":"*"}"#;
    check(&format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#), true);
    check(&format!(r#"{{"Version":"2008-10-17","Id":"x","Statement":{statement}}}"#), true);
    check(&format!(r#"{{"Statement":[{statement},{statement}]}}"#), true);
    check(r#"{"Statement":[{"Effect":"Allow","Principal":"*"}]}"#, true);
    let condition = r#""Condition":{"Bool":{"kms:GrantIsForAWSResource":true}}"#;
    check(&format!(r#"{{"Statement":[{{"Effect":"Deny","NotPrincipal":"*",{condition}}}]}}"#), true);
    check("{", false);
    check("[]", false);
    check("{}", false);
    check(r#"{"Statement":[]}"#, false);
    check(r#"{"Version":"2012-10-17"}"#, false);
    check(&format!(r#"{{"Version":"2020-01-01","Statement":[{statement}]}}"#), false);
    check(&format!(r#"{{"Statements":[{statement}]}}"#), false);
    check(r#"{"Statement":[{"Effect":"Maybe","Principal":"*"}]}"#, false);
    check(r#"{"Statement":[{"Effect":"Allow"}]}"#, false);
    check(r#"{"Statement":[{"Effect":"Allow","Principal":"me"}]}"#, false);
    check(r#"{"Statement":[{"Effect":"Allow","Principal":{}}]}"#, false);
    check(r#"{"Statement":[{"Effect":"Allow","Principal":{"Aws":"*"}}]}"#, false);
    check(r#"{"Statement":[{"Effect":"Allow","Principal":"*","NotPrincipal":"*"}]}"#, false);
    check(r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"a","NotAction":"b"}]}"#, false);
    check(r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":5}]}"#, false);
    check(r#"{"Statement":[{"Effect":"Allow","Principal":"*","Actions":"a"}]}"#, false);
}

#[test]
fn a_policy_has_at_most_32_kib() {
    let mut world = World::new();
    let policy = |length: usize| {
        let end = r#""Statement":[{"Effect":"Allow","Principal":"*"}]}"#;
        format!("{{{}{end}", " ".repeat(length - 1 - end.len()))
    };
    world.ok("CreateKey", json!({"Policy": policy(32_768)}));
    let expect = "LimitExceededException: The key policy is longer than 32768 bytes.";
    world.refused("CreateKey", json!({"Policy": policy(32_769)}), expect);
}

#[test]
fn there_is_one_policy() {
    check(
        "GetKeyPolicy",
        json!({"KeyId": "<KEY>", "PolicyName": "x"}),
        "NotFoundException: No such policy exists",
    );
    let mut world = World::new();
    let id = world.key();
    world.ok("GetKeyPolicy", json!({"KeyId": id, "PolicyName": "default"}));
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
