//! When keys were last used.

use serde_json::{Value, json};

use crate::world::{START, World, arn, b64};

fn last(world: &mut World, key: &str) -> Value {
    world.ok("GetKeyLastUsage", json!({"KeyId": key}))
}

#[test]
fn a_key_that_was_never_used() {
    let mut world = World::new();
    let id = world.key();
    world.ok("DescribeKey", json!({"KeyId": id}));
    let since = START.as_millis() / 1000;
    let expect = json!({"KeyId": arn(&id), "TrackingStartDate": since, "KeyCreationDate": since});
    assert_eq!(last(&mut world, &id), expect);
}

#[test]
fn the_last_use_is_told_with_its_record() {
    let mut world = World::new();
    let id = world.key();
    world.encrypted(&id, json!({}));
    world.later(3);
    let reply = world.send("GenerateDataKey", &json!({"KeyId": id, "KeySpec": "AES_256"}).to_string());
    let expect = json!({
        "Operation": "GenerateDataKey", "Timestamp": START.plus_days(3).as_millis() / 1000,
        "CloudTrailEventId": reply.audit.event_id, "KmsRequestId": reply.audit.request_id,
    });
    assert_eq!(last(&mut world, &id)["KeyLastUsage"], expect);
}

#[test]
fn what_is_refused_is_no_use() {
    let mut world = World::new();
    let id = world.key();
    let body = json!({"KeyId": id, "Plaintext": b64(b"x"), "DryRun": true});
    world.send("Encrypt", &body.to_string()).result.unwrap_err();
    world.ok("DisableKey", json!({"KeyId": id}));
    world.send("Encrypt", &json!({"KeyId": id, "Plaintext": b64(b"x")}).to_string()).result.unwrap_err();
    assert_eq!(last(&mut world, &id).get("KeyLastUsage"), None);
}

#[test]
fn a_move_uses_both_keys() {
    let mut world = World::new();
    let (one, two) = (world.key(), world.key());
    let blob = world.encrypted(&one, json!({}));
    world.ok("ReEncrypt", json!({"CiphertextBlob": blob, "DestinationKeyId": two}));
    for id in [one, two] {
        assert_eq!(last(&mut world, &id)["KeyLastUsage"]["Operation"], "ReEncrypt");
    }
}

#[test]
fn it_is_forgotten_with_the_key() {
    let mut world = World::new();
    let id = world.key();
    world.encrypted(&id, json!({}));
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id}));
    world.later(30);
    world.tick();
    assert!(world.store.is_empty());
}
