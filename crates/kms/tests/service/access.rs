//! Who gets at which key.

use serde_json::json;

use crate::world::{ACCOUNT, OTHER_ACCOUNT, REGION, World, arn, b64, caller};

const MISSING: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

/// What another account's root user hears of a key that only the ciphertext names, or this account's where there is none.
pub(crate) fn hidden(account: &str, action: &str) -> String {
    format!(
        "AccessDeniedException: User: arn:aws:iam::{account}:root is not authorized to perform: kms:{action} on the \
         resource associated with this ciphertext because the resource does not exist in this Region, no \
         resource-based policies allow access, or a resource-based policy explicitly denies access"
    )
}

/// A world whose caller is of another account than the key with `alias/docs` in it; the key, and a ciphertext of it.
fn foreign() -> (World, String, String) {
    let mut world = World::new();
    let id = world.key();
    world.alias("alias/docs", &id);
    let blob = world.encrypted(&id, json!({}));
    world.caller = caller(OTHER_ACCOUNT, REGION);
    (world, id, blob)
}

fn denied(action: &str, id: &str) -> String {
    format!(
        "AccessDeniedException: User: arn:aws:iam::{OTHER_ACCOUNT}:root is not authorized to perform: \
         kms:{action} on resource: {} because no resource-based policy allows the kms:{action} action",
        arn(id)
    )
}

#[test]
fn another_account_cannot_use_a_key() {
    let (mut world, id, blob) = foreign();
    for name in [arn(&id), format!("arn:aws:kms:{REGION}:{ACCOUNT}:alias/docs")] {
        let wish = json!({"KeyId": name, "KeySpec": "AES_256"});
        for (operation, body) in [
            ("DescribeKey", json!({"KeyId": name})),
            ("Encrypt", json!({"KeyId": name, "Plaintext": "AA=="})),
            ("GenerateDataKey", wish.clone()),
            ("GenerateDataKeyWithoutPlaintext", wish),
            ("Decrypt", json!({"KeyId": name, "CiphertextBlob": blob})),
        ] {
            world.refused(operation, body, &denied(operation, &id));
        }
    }
}

#[test]
fn another_account_cannot_manage_a_key() {
    let (mut world, id, _) = foreign();
    let own = world.key();
    world.alias("alias/own", &own);
    for (operation, body) in [
        ("EnableKey", json!({"KeyId": arn(&id)})),
        ("DisableKey", json!({"KeyId": arn(&id)})),
        ("ScheduleKeyDeletion", json!({"KeyId": arn(&id)})),
        ("CancelKeyDeletion", json!({"KeyId": arn(&id)})),
        ("GetKeyPolicy", json!({"KeyId": arn(&id)})),
        ("ListAliases", json!({"KeyId": arn(&id)})),
        ("UpdateKeyDescription", json!({"KeyId": arn(&id), "Description": "mine"})),
        ("CreateAlias", json!({"AliasName": "alias/new", "TargetKeyId": arn(&id)})),
        ("UpdateAlias", json!({"AliasName": "alias/own", "TargetKeyId": arn(&id)})),
    ] {
        world.refused(operation, body, &denied(operation, &id));
    }
    assert_eq!(world.ok("ListKeys", json!({}))["Keys"].as_array().unwrap().len(), 1);
}

#[test]
fn a_ciphertext_does_not_tell_whether_its_key_is_there() {
    let (mut world, id, blob) = foreign();
    let own = world.key();
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), &hidden(OTHER_ACCOUNT, "Decrypt"));
    let body = json!({"CiphertextBlob": blob, "DestinationKeyId": own});
    world.refused("ReEncrypt", body, &hidden(OTHER_ACCOUNT, "ReEncryptFrom"));
    let mine = world.encrypted(&own, json!({}));
    let body = json!({"CiphertextBlob": mine, "DestinationKeyId": arn(&id)});
    world.refused("ReEncrypt", body, &denied("ReEncryptTo", &id));
    world.caller = caller(ACCOUNT, "us-east-1");
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), &hidden(ACCOUNT, "Decrypt"));
    World::new().refused("Decrypt", json!({"CiphertextBlob": blob}), &hidden(ACCOUNT, "Decrypt"));
}

#[test]
fn a_denial_by_ciphertext_says_what_an_identity_based_policy_lacks_or_denies() {
    let mut world = World::new();
    let id = world.key();
    let blob = world.encrypted(&id, json!({}));
    world.become_user("ann");
    let start = format!(
        "AccessDeniedException: User: arn:aws:iam::{ACCOUNT}:user/ann is not authorized to perform: kms:Decrypt on the \
         resource associated with this ciphertext"
    );
    let lacks = format!("{start} because no identity-based policy allows the kms:Decrypt action");
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), &lacks);
    world.let_user("ann", "Deny", "kms:*", "*");
    let denies = format!("{start} with an explicit deny in an identity-based policy");
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), &denies);
    world.refused(
        "Decrypt",
        json!({"CiphertextBlob": blob, "KeyId": id}),
        &format!(
            "{} with an explicit deny in an identity-based policy",
            start.replace("the resource associated with this ciphertext", &format!("resource: {}", arn(&id))),
        ),
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
fn there_are_no_grants_and_so_no_grant_tokens() {
    let tokens = json!(["AQpAM2RhZTk1MGMyNTk2ZmZmMzEy"]);
    let mut world = World::new();
    let id = world.key();
    let blob = world.encrypted(&id, json!({}));
    for (operation, body) in [
        ("DescribeKey", json!({"KeyId": id, "GrantTokens": tokens})),
        ("Encrypt", json!({"KeyId": id, "Plaintext": "AA==", "GrantTokens": tokens})),
        ("GenerateDataKey", json!({"KeyId": id, "KeySpec": "AES_256", "GrantTokens": tokens})),
        ("Decrypt", json!({"CiphertextBlob": blob, "GrantTokens": tokens})),
        ("ReEncrypt", json!({"CiphertextBlob": blob, "DestinationKeyId": id, "GrantTokens": tokens})),
    ] {
        world.refused(operation, body, "InvalidGrantTokenException");
    }
    world.ok("Encrypt", json!({"KeyId": id, "Plaintext": "AA==", "GrantTokens": []}));
}
