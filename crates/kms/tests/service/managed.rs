//! AWS managed keys.

use serde_json::{Value, json};
use waxseal_kms::managed_key;

use crate::world::{World, arn, text};

fn used_by(world: &mut World, service: &str) -> usize {
    let place = world.caller.place.clone();
    let changes = managed_key(&world.state, &mut world.rng, world.now, &place, service).unwrap();
    let count = changes.len();
    world.commit(changes);
    count
}

fn key_of(world: &mut World, service: &str) -> String {
    text(&world.describe(&format!("alias/aws/{service}"))["KeyId"])
}

#[test]
fn a_service_has_one_key_in_each_account_and_region() {
    let mut world = World::new();
    assert_eq!((used_by(&mut world, "s3"), used_by(&mut world, "s3")), (3, 0));
    let here = key_of(&mut world, "s3");
    let metadata = world.describe(&here);
    assert_eq!((&metadata["KeyManager"], &metadata["KeyState"]), (&json!("AWS"), &json!("Enabled")));
    let there = world.in_region("us-east-1", |world| {
        used_by(world, "s3");
        key_of(world, "s3")
    });
    assert_ne!(here, there);
    used_by(&mut world, "ebs");
    assert_ne!(here, key_of(&mut world, "ebs"));
}

#[test]
fn its_policy_leads_through_the_service() {
    let mut world = World::new();
    used_by(&mut world, "s3");
    let id = key_of(&mut world, "s3");
    let policy = text(&world.ok("GetKeyPolicy", json!({"KeyId": id}))["Policy"]);
    let policy: Value = serde_json::from_str(&policy).unwrap();
    let expect = json!({"StringEquals": {
        "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.eu-central-1.amazonaws.com",
    }});
    assert_eq!(policy["Statement"][0]["Condition"], expect);
    used_by(&mut world, "ebs");
    let id = key_of(&mut world, "ebs");
    let policy = text(&world.ok("GetKeyPolicy", json!({"KeyId": id}))["Policy"]);
    assert!(policy.contains("ec2.eu-central-1.amazonaws.com"), "volumes are those of EC2: {policy}");
}

#[test]
fn it_rotates_every_year() {
    let mut world = World::new();
    used_by(&mut world, "s3");
    let id = key_of(&mut world, "s3");
    assert_eq!(world.ok("GetKeyRotationStatus", json!({"KeyId": id}))["RotationPeriodInDays"], 365);
    world.later(3 * 365);
    assert_eq!(world.tick(), ["RotateKey"; 3]);
}

#[test]
fn its_account_cannot_change_it() {
    let mut world = World::new();
    used_by(&mut world, "s3");
    let (id, own) = (key_of(&mut world, "s3"), world.key());
    let before = world.store.clone();
    for (operation, more) in [
        ("ScheduleKeyDeletion", json!({})),
        ("DisableKey", json!({})),
        ("EnableKeyRotation", json!({})),
        ("DisableKeyRotation", json!({})),
        ("RotateKeyOnDemand", json!({})),
        ("UpdateKeyDescription", json!({"Description": "mine"})),
        ("PutKeyPolicy", json!({"Policy": r#"{"Statement":[{"Effect":"Allow","Principal":"*"}]}"#})),
        ("TagResource", json!({"Tags": []})),
        ("CreateAlias", json!({"AliasName": "alias/mine", "TargetKeyId": id})),
        ("UpdateAlias", json!({"AliasName": "alias/aws/s3", "TargetKeyId": own})),
        ("DeleteAlias", json!({"AliasName": "alias/aws/s3"})),
    ] {
        let mut body = more;
        body["KeyId"] = json!(id);
        let error = world.send(operation, &body.to_string()).result.expect_err(operation);
        let expect = format!("{} is an AWS managed key, which its account cannot change.", arn(&id));
        assert!(error.message == expect || error.code.to_string() == "AccessDeniedException", "{error}");
    }
    assert_eq!(world.store, before);
}

#[test]
fn services_have_names() {
    let mut world = World::new();
    let place = world.caller.place.clone();
    for service in ["", "späth", "a b"] {
        let made = managed_key(&world.state, &mut world.rng, world.now, &place, service);
        assert!(made.is_err(), "{service}");
    }
}
