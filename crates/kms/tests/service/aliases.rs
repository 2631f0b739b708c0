//! Aliases.

use serde_json::json;

use crate::world::{World, arn, text};

const ALIAS_ARN: &str = "arn:aws:kms:eu-central-1:111122223333:alias/docs";

#[test]
fn an_alias_is_made_moved_and_deleted() {
    let mut world = World::new();
    let (one, two) = (world.key(), world.key());
    world.alias("alias/docs", &arn(&one));
    world.later(1);
    world.ok("UpdateAlias", json!({"AliasName": "alias/docs", "TargetKeyId": two}));
    let alias = &world.ok("ListAliases", json!({}))["Aliases"][0];
    assert_eq!(
        *alias,
        json!({
            "AliasName": "alias/docs",
            "AliasArn": ALIAS_ARN,
            "TargetKeyId": two,
            "CreationDate": 1_795_521_600,
            "LastUpdatedDate": 1_795_521_600 + 24 * 60 * 60,
        })
    );
    world.ok("DeleteAlias", json!({"AliasName": "alias/docs"}));
    assert_eq!(world.ok("ListAliases", json!({}))["Aliases"], json!([]));
    world.alias("alias/docs", &one);
}

#[test]
fn an_alias_is_unique_in_its_account_and_region() {
    let mut world = World::new();
    let id = world.key();
    world.alias("alias/docs", &id);
    let taken = format!("AlreadyExistsException: An alias with the name {ALIAS_ARN} already exists");
    world.refused("CreateAlias", json!({"AliasName": "alias/docs", "TargetKeyId": id}), &taken);
    world.caller = crate::world::caller(crate::world::ACCOUNT, "us-east-1");
    let id = world.key();
    world.alias("alias/docs", &id);
}

#[test]
fn names_that_an_alias_cannot_have() {
    let mut world = World::new();
    let id = world.key();
    let mut check = |name: &str, expect: &str| {
        world.refused("CreateAlias", json!({"AliasName": name, "TargetKeyId": id}), expect);
    };
    let no_prefix = "ValidationException: Alias must start with the prefix \"alias/\". Please see \
                     https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html";
    check("docs", no_prefix);
    check("Alias/docs", no_prefix);
    check("alias/", "InvalidAliasNameException: alias/ contains invalid characters for an alias");
    check(
        "alias/aws/ebs",
        "InvalidAliasNameException: alias/aws/ebs begins with alias/aws/, which is reserved for the keys of AWS \
         services",
    );
    check(
        "alias/späth",
        "ValidationException: 1 validation error detected: Value 'alias/späth' at 'aliasName' failed to satisfy \
         constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    );
    let long = format!("alias/{}", "x".repeat(251));
    let too_long = format!(
        "ValidationException: 1 validation error detected: Value '{long}' at 'aliasName' failed to satisfy \
         constraint: Member must have length less than or equal to 256"
    );
    check(&long, &too_long);
}

#[test]
fn an_alias_that_is_not_there() {
    let mut world = World::new();
    let id = world.key();
    let expect = format!("NotFoundException: Alias {ALIAS_ARN} is not found.");
    world.refused("UpdateAlias", json!({"AliasName": "alias/docs", "TargetKeyId": id}), &expect);
    world.refused("DeleteAlias", json!({"AliasName": "alias/docs"}), &expect);
    world.refused("Encrypt", json!({"KeyId": "alias/docs", "Plaintext": "AA=="}), &expect);
    world.refused("Encrypt", json!({"KeyId": ALIAS_ARN, "Plaintext": "AA=="}), &expect);
}

#[test]
fn an_alias_is_no_name_for_key_management() {
    let mut world = World::new();
    let id = world.key();
    world.alias("alias/docs", &id);
    for operation in
        ["EnableKey", "DisableKey", "ScheduleKeyDeletion", "CancelKeyDeletion", "GetKeyPolicy", "ListAliases"]
    {
        for name in ["alias/docs", ALIAS_ARN] {
            let expect = format!("NotFoundException: Invalid keyId '{name}'");
            world.refused(operation, json!({"KeyId": name}), &expect);
        }
    }
    let expect = "NotFoundException: Invalid keyId 'alias/docs'";
    world.refused("CreateAlias", json!({"AliasName": "alias/b", "TargetKeyId": "alias/docs"}), expect);
    world.refused("UpdateAlias", json!({"AliasName": "alias/docs", "TargetKeyId": "alias/docs"}), expect);
    world.refused("UpdateKeyDescription", json!({"KeyId": "alias/docs", "Description": ""}), expect);
}

#[test]
fn a_key_has_fifty_aliases_at_most() {
    let mut world = World::new();
    let (full, other) = (world.key(), world.key());
    for n in 0..50 {
        world.alias(&format!("alias/n{n}"), &full);
    }
    world.alias("alias/other", &other);
    let expect = format!(
        "LimitExceededException: {} already has 50 aliases, as many as its quota allows.",
        arn(&full)
    );
    world.refused("CreateAlias", json!({"AliasName": "alias/docs", "TargetKeyId": full}), &expect);
    world.refused("UpdateAlias", json!({"AliasName": "alias/other", "TargetKeyId": full}), &expect);
    world.ok("UpdateAlias", json!({"AliasName": "alias/n1", "TargetKeyId": full}));
    world.ok("UpdateAlias", json!({"AliasName": "alias/n1", "TargetKeyId": other}));
    world.alias("alias/docs", &full);
}

#[test]
fn moving_an_alias_moves_encryption_and_not_decryption() {
    let mut world = World::new();
    let (one, two) = (world.key(), world.key());
    world.alias("alias/docs", &one);
    let blob = world.encrypted("alias/docs", json!({}));
    world.ok("UpdateAlias", json!({"AliasName": "alias/docs", "TargetKeyId": two}));
    assert_eq!(text(&world.ok("Decrypt", json!({"CiphertextBlob": blob}))["KeyId"]), arn(&one));
    world.refused(
        "Decrypt",
        json!({"CiphertextBlob": blob, "KeyId": "alias/docs"}),
        "IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.",
    );
}

#[test]
fn an_alias_stays_with_keys_of_one_kind() {
    let mut world = World::new();
    let mac = world.key_of("HMAC_256", "GENERATE_VERIFY_MAC");
    let other_mac = world.key_of("HMAC_512", "GENERATE_VERIFY_MAC");
    let signer = world.key_of("ECC_NIST_P256", "SIGN_VERIFY");
    let pair = world.key_of("SM2", "ENCRYPT_DECRYPT");
    let symmetric = world.key();
    world.alias("alias/a", &mac);
    world.alias("alias/b", &pair);
    let expect = "ValidationException: The new KMS key of an alias must be of the same type as its current one, \
                  symmetric, asymmetric or HMAC, and have the same key usage.";
    for (alias, key) in
        [("alias/a", &signer), ("alias/a", &symmetric), ("alias/b", &symmetric), ("alias/b", &signer)]
    {
        world.refused("UpdateAlias", json!({"AliasName": alias, "TargetKeyId": key}), expect);
    }
    world.ok("UpdateAlias", json!({"AliasName": "alias/a", "TargetKeyId": other_mac}));
}
