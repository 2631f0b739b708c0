//! Making, describing, switching and deleting keys.

use expect_test::expect;
use serde_json::{Value, json};

use crate::{
    access::hidden,
    world::{ACCOUNT, World, arn, text},
};

#[test]
fn a_new_key_is_described_like_this() {
    let mut world = World::new();
    let made = world.ok("CreateKey", json!({}));
    expect![[r#"
        {
          "KeyMetadata": {
            "AWSAccountId": "111122223333",
            "Arn": "arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414",
            "CreationDate": 1795521600,
            "CurrentKeyMaterialId": "b1ba9424b8361ede686599e4d8ffe854a97ce2d15f1ee1080e25a5e1597c1c60",
            "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "Description": "",
            "Enabled": true,
            "EncryptionAlgorithms": [
              "SYMMETRIC_DEFAULT"
            ],
            "KeyId": "b10da48c-ea4c-4967-ab8e-0efcd8069414",
            "KeyManager": "CUSTOMER",
            "KeySpec": "SYMMETRIC_DEFAULT",
            "KeyState": "Enabled",
            "KeyUsage": "ENCRYPT_DECRYPT",
            "MultiRegion": false,
            "Origin": "AWS_KMS"
          }
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&made).unwrap());
    let id = text(&made["KeyMetadata"]["KeyId"]);
    assert_eq!(world.ok("DescribeKey", json!({"KeyId": id})), made);
}

#[test]
fn a_key_has_four_names() {
    let mut world = World::new();
    let id = world.key();
    world.alias("alias/docs", &id);
    let alias_arn = "arn:aws:kms:eu-central-1:111122223333:alias/docs";
    for name in [&id, &arn(&id), "alias/docs", alias_arn] {
        let found = world.ok("DescribeKey", json!({"KeyId": name}));
        assert_eq!(found["KeyMetadata"]["KeyId"], id.as_str());
    }
}

#[test]
fn no_two_keys_are_the_same() {
    let mut world = World::new();
    assert_ne!(world.key(), world.key());
    let [one, two] = world.materials.as_slice() else { panic!("two materials") };
    assert_ne!(one, two);
}

#[test]
fn a_description_is_replaced() {
    let mut world = World::new();
    let id = text(&world.ok("CreateKey", json!({"Description": "one"}))["KeyMetadata"]["KeyId"]);
    world.ok("UpdateKeyDescription", json!({"KeyId": id, "Description": "two"}));
    assert_eq!(world.ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"]["Description"], "two");
}

#[test]
fn a_key_without_a_policy_has_the_default_one() {
    let mut world = World::new();
    let id = world.key();
    let answer = world.ok("GetKeyPolicy", json!({"KeyId": id}));
    assert_eq!(answer["PolicyName"], "default");
    let policy: Value = serde_json::from_str(answer["Policy"].as_str().unwrap()).unwrap();
    let expect = json!({
        "Version": "2012-10-17",
        "Id": "key-default-1",
        "Statement": [{
            "Sid": "Enable IAM User Permissions",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
            "Action": "kms:*",
            "Resource": "*",
        }],
    });
    assert_eq!(policy, expect);
    assert!(answer["Policy"].as_str().unwrap().contains('\n'));
}

#[test]
fn a_given_policy_is_kept_as_it_is() {
    let mut world = World::new();
    let policy = r#"{ "Version":"2012-10-17",  "Statement":{"Effect":"Allow","Principal":"*","Action":["kms:*"],"Resource":"*"}}"#;
    let made = world.ok("CreateKey", json!({"Policy": policy}));
    let answer = world.ok("GetKeyPolicy", json!({"KeyId": made["KeyMetadata"]["KeyId"]}));
    assert_eq!(answer["Policy"], policy);
}

#[test]
fn tags_are_accepted() {
    let mut world = World::new();
    let tags: Vec<Value> = (0..50).map(|n| json!({"TagKey": format!("k{n}"), "TagValue": ""})).collect();
    world.ok("CreateKey", json!({"Tags": tags}));
}

#[test]
fn a_key_is_switched_off_and_on() {
    let mut world = World::new();
    let id = world.key();
    for (operation, state, enabled) in
        [("DisableKey", "Disabled", false), ("DisableKey", "Disabled", false), ("EnableKey", "Enabled", true)]
    {
        world.ok(operation, json!({"KeyId": id}));
        let metadata = &world.ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"];
        assert_eq!(
            (metadata["KeyState"].as_str(), metadata["Enabled"].as_bool()),
            (Some(state), Some(enabled))
        );
    }
}

#[test]
fn deletion_is_scheduled_and_cancelled() {
    let mut world = World::new();
    let id = world.key();
    let answer = world.ok("ScheduleKeyDeletion", json!({"KeyId": id, "PendingWindowInDays": 7}));
    let date = world.now.plus_days(7).as_millis() / 1000;
    let expect = json!({
        "KeyId": arn(&id), "DeletionDate": date, "KeyState": "PendingDeletion", "PendingWindowInDays": 7,
    });
    assert_eq!(answer, expect);
    let metadata = &world.ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"];
    assert_eq!((&metadata["DeletionDate"], &metadata["Enabled"]), (&json!(date), &json!(false)));
    assert_eq!(world.ok("CancelKeyDeletion", json!({"KeyId": id})), json!({"KeyId": arn(&id)}));
    let metadata = &world.ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"];
    assert_eq!((&metadata["DeletionDate"], &metadata["KeyState"]), (&Value::Null, &json!("Disabled")));
}

#[test]
fn the_longest_window_is_the_default() {
    let mut world = World::new();
    let id = world.key();
    assert_eq!(world.ok("ScheduleKeyDeletion", json!({"KeyId": id}))["PendingWindowInDays"], 30);
}

/// A world on the date of a key's deletion; the key, another key, and a ciphertext of the first.
fn on_the_date() -> (World, String, String, String) {
    let mut world = World::new();
    let (id, other) = (world.key(), world.key());
    world.alias("alias/docs", &id);
    let blob = world.encrypted(&id, json!({}));
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id, "PendingWindowInDays": 7}));
    world.later(6);
    assert_eq!((world.tick().len(), world.state_of(&id).as_str()), (0, "PendingDeletion"));
    world.later(1);
    (world, id, other, blob)
}

/// From its date on a key is gone.
fn check_gone(world: &mut World, id: &str, other: &str, blob: &str) {
    let no_key = format!("NotFoundException: Key '{}' does not exist", arn(id));
    for operation in ["DescribeKey", "EnableKey", "CancelKeyDeletion", "ScheduleKeyDeletion", "GetKeyPolicy"]
    {
        world.refused(operation, json!({"KeyId": id}), &no_key);
    }
    let no_alias = "NotFoundException: Alias arn:aws:kms:eu-central-1:111122223333:alias/docs is not found.";
    world.refused("DescribeKey", json!({"KeyId": "alias/docs"}), no_alias);
    world.refused("DeleteAlias", json!({"AliasName": "alias/docs"}), no_alias);
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), &hidden(ACCOUNT, "Decrypt"));
    assert_eq!(world.ok("ListAliases", json!({}))["Aliases"], json!([]));
    assert_eq!(world.ok("ListKeys", json!({}))["Keys"][0]["KeyId"], other);
}

#[test]
fn a_key_is_gone_on_its_date() {
    let (mut world, id, other, blob) = on_the_date();
    check_gone(&mut world, &id, &other, &blob);
    assert_eq!(world.tick(), ["DeleteKey"]);
    check_gone(&mut world, &id, &other, &blob);
    assert!(world.tick().is_empty());
}

#[test]
fn a_name_can_be_taken_over_from_a_key_that_is_gone() {
    let (mut world, _, other, _) = on_the_date();
    world.alias("alias/docs", &other);
    world.tick();
    assert_eq!(
        world.ok("DescribeKey", json!({"KeyId": "alias/docs"}))["KeyMetadata"]["KeyId"],
        other.as_str()
    );
}

#[test]
fn what_is_gone_is_gone_from_the_store() {
    let mut world = World::new();
    let kept = world.key();
    let id = world.key();
    world.alias("alias/one", &id);
    world.alias("alias/two", &id);
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id, "PendingWindowInDays": 7}));
    world.later(7);
    world.tick();
    assert!(world.store.keys().all(|(_, name)| name.starts_with(&arn(&kept))), "{:?}", world.store.keys());
    assert_eq!(world.store.len(), 2);
}
