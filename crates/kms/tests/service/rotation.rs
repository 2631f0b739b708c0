//! Rotation by the calendar and on demand.

use serde_json::{Value, json};

use crate::world::{START, World, arn, text};

fn current(world: &mut World, id: &str) -> String {
    text(&world.ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"]["CurrentKeyMaterialId"])
}

fn rotations(world: &mut World, id: &str) -> Vec<Value> {
    world.ok("ListKeyRotations", json!({"KeyId": id}))["Rotations"].as_array().unwrap().clone()
}

fn status(world: &mut World, id: &str) -> Value {
    world.ok("GetKeyRotationStatus", json!({"KeyId": id}))
}

/// Seconds since the epoch, so many days after the start.
fn day(days: i64) -> Value {
    json!(START.plus_days(days).as_millis() / 1000)
}

#[test]
fn it_is_off_until_somebody_turns_it_on() {
    let mut world = World::new();
    let id = world.key();
    assert_eq!(status(&mut world, &id), json!({"KeyId": id, "KeyRotationEnabled": false}));
    world.ok("EnableKeyRotation", json!({"KeyId": id}));
    let expect = json!({
        "KeyId": id, "KeyRotationEnabled": true, "RotationPeriodInDays": 365, "NextRotationDate": day(365),
    });
    assert_eq!(status(&mut world, &id), expect);
    world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    assert_eq!(status(&mut world, &id)["NextRotationDate"], day(90));
    world.ok("DisableKeyRotation", json!({"KeyId": id}));
    assert_eq!(status(&mut world, &id), json!({"KeyId": id, "KeyRotationEnabled": false}));
    world.later(10_000);
    assert!(world.tick().is_empty());
}

#[test]
fn the_period_has_bounds() {
    let mut world = World::new();
    let id = world.key();
    for (days, rule) in [(89, "greater than or equal to 90"), (2561, "less than or equal to 2560")] {
        let expect = format!(
            "ValidationException: 1 validation error detected: Value '{days}' at 'rotationPeriodInDays' failed to \
             satisfy constraint: Member must have value {rule}"
        );
        world.refused("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": days}), &expect);
    }
    for days in [90, 2560] {
        world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": days}));
    }
}

#[test]
fn a_key_rotates_on_its_day() {
    let mut world = World::new();
    let id = world.key();
    let old = world.encrypted(&id, json!({}));
    let first = current(&mut world, &id);
    world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    world.later(89);
    assert!(world.tick().is_empty());
    world.later(1);
    let (events, records) = world.tick_records();
    assert_eq!(events, ["RotateKey"]);
    let second = current(&mut world, &id);
    assert_ne!(first, second);
    // As https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html has it.
    let details = json!({
        "rotationType": "AUTOMATIC", "keyOrigin": "AWS_KMS", "previousKeyMaterialId": first,
        "currentKeyMaterialId": second, "keyId": id,
    });
    assert_eq!(records[0].service_event_details, Some(details));
    assert_eq!(status(&mut world, &id)["NextRotationDate"], day(180));
    assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": old}))["KeyMaterialId"], first.as_str());
    let new = world.encrypted(&id, json!({}));
    assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": new}))["KeyMaterialId"], second.as_str());
    let again = world.ok("ReEncrypt", json!({"CiphertextBlob": old, "DestinationKeyId": id}));
    assert_eq!(
        (&again["SourceKeyMaterialId"], &again["DestinationKeyMaterialId"]),
        (&json!(first), &json!(second))
    );
}

#[test]
fn a_clock_that_jumps_misses_no_rotation() {
    let mut world = World::new();
    let (one, two) = (world.key(), world.key());
    let old = world.encrypted(&one, json!({}));
    world.ok("EnableKeyRotation", json!({"KeyId": one, "RotationPeriodInDays": 90}));
    world.ok("EnableKeyRotation", json!({"KeyId": two, "RotationPeriodInDays": 365}));
    world.ok("ScheduleKeyDeletion", json!({"KeyId": two}));
    world.ok("CancelKeyDeletion", json!({"KeyId": two}));
    world.ok("EnableKey", json!({"KeyId": two}));
    world.later(3 * 365);
    let (events, records) = world.tick_records();
    assert_eq!(events.len(), 12 + 3);
    assert!(records.is_sorted_by_key(|record| &record.event_time), "in order of time");
    let dates: Vec<Value> = rotations(&mut world, &one).iter().map(|it| it["RotationDate"].clone()).collect();
    assert_eq!(dates, (1..=12).map(|n| day(90 * n)).collect::<Vec<_>>());
    let dates: Vec<Value> = rotations(&mut world, &two).iter().map(|it| it["RotationDate"].clone()).collect();
    assert_eq!(dates, [day(365), day(730), day(1095)]);
    world.ok("Decrypt", json!({"CiphertextBlob": old}));
}

#[test]
fn more_than_one_write_set_holds() {
    let mut world = World::new();
    let ids: Vec<String> = (0..30).map(|_| world.key()).collect();
    for id in &ids {
        world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    }
    world.later(90 * 50);
    let (events, records) = world.tick_records();
    assert_eq!(events.len(), 30 * 50);
    assert!(records.is_sorted_by_key(|record| &record.event_time));
    assert!(ids.iter().all(|id| rotations(&mut world, id).len() == 50));
}

#[test]
fn a_disabled_key_catches_up_when_it_is_enabled() {
    let mut world = World::new();
    let id = world.key();
    world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    world.ok("DisableKey", json!({"KeyId": id}));
    world.later(200);
    assert!(world.tick().is_empty(), "paused");
    world.ok("EnableKey", json!({"KeyId": id}));
    assert_eq!(world.tick(), ["RotateKey"]);
    assert_eq!(rotations(&mut world, &id)[0]["RotationDate"], day(200));
    assert_eq!(status(&mut world, &id)["NextRotationDate"], day(290));
}

#[test]
fn nothing_rotates_while_deletion_is_pending() {
    let mut world = World::new();
    let id = world.key();
    world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    world.later(80);
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id}));
    assert_eq!(status(&mut world, &id), json!({"KeyId": id, "KeyRotationEnabled": false}));
    world.later(20);
    assert!(world.tick().is_empty());
    world.ok("CancelKeyDeletion", json!({"KeyId": id}));
    assert_eq!(status(&mut world, &id)["KeyRotationEnabled"], true);
    world.ok("EnableKey", json!({"KeyId": id}));
    assert_eq!(world.tick(), ["RotateKey"]);
}

#[test]
fn on_demand_a_new_material_takes_over_at_once() {
    let mut world = World::new();
    let id = world.key();
    let old = world.encrypted(&id, json!({}));
    let first = current(&mut world, &id);
    assert_eq!(world.ok("RotateKeyOnDemand", json!({"KeyId": id})), json!({"KeyId": arn(&id)}));
    let second = current(&mut world, &id);
    let expect = json!([{
        "KeyId": id, "KeyMaterialId": second, "KeyMaterialState": "CURRENT", "RotationDate": day(0),
        "RotationType": "ON_DEMAND",
    }]);
    assert_eq!(json!(rotations(&mut world, &id)), expect);
    assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": old}))["KeyMaterialId"], first.as_str());
}

#[test]
fn on_demand_the_log_has_the_call_and_the_rotation() {
    let mut world = World::new();
    let id = world.key();
    let first = current(&mut world, &id);
    world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    let [.., call, rotation, _, next] = &world.log[..] else { panic!("{:?}", world.log) };
    assert_eq!((&*call.event_name, &*call.event_type), ("RotateKeyOnDemand", "AwsApiCall"));
    assert_eq!((&*rotation.event_name, &*rotation.event_type), ("RotateKey", "AwsServiceEvent"));
    assert_ne!(rotation.event_id, next.event_id);
    let details = rotation.service_event_details.clone().unwrap();
    let second = &next.service_event_details.as_ref().unwrap()["previousKeyMaterialId"];
    let expect = json!({
        "rotationType": "ON_DEMAND", "keyOrigin": "AWS_KMS", "previousKeyMaterialId": first,
        "currentKeyMaterialId": second, "keyId": id,
    });
    assert_eq!(details, expect);
}

#[test]
fn twenty_five_times_and_no_more() {
    let mut world = World::new();
    let id = world.key();
    let blobs: Vec<String> = (0..25)
        .map(|_| {
            let blob = world.encrypted(&id, json!({}));
            world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
            blob
        })
        .collect();
    let expect = format!(
        "LimitExceededException: The on-demand rotations limit has been reached for the given keyId. No more \
         on-demand rotations can be performed for this key: {}",
        arn(&id)
    );
    world.refused("RotateKeyOnDemand", json!({"KeyId": id}), &expect);
    for blob in blobs {
        world.ok("Decrypt", json!({"CiphertextBlob": blob}));
    }
}

#[test]
fn not_on_demand_when_it_is_due_anyway() {
    let mut world = World::new();
    let id = world.key();
    world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    let minutes = |n: i64| waxseal_api::Timestamp::from_millis(START.plus_days(90).as_millis() - n * 60_000);
    world.now = minutes(20);
    let error = world.send("RotateKeyOnDemand", &json!({"KeyId": id}).to_string()).result.unwrap_err();
    assert_eq!(error.code.to_string(), "ConflictException");
    world.now = minutes(21);
    world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    assert_eq!(status(&mut world, &id)["NextRotationDate"], day(90), "the calendar stays");
}

#[test]
fn rotations_are_listed_by_the_page() {
    let mut world = World::new();
    let id = world.key();
    let first = current(&mut world, &id);
    for _ in 0..5 {
        world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    }
    let mut body = json!({"KeyId": id, "Limit": 2, "IncludeKeyMaterial": "ALL_KEY_MATERIAL"});
    let mut seen = Vec::new();
    loop {
        let page = world.ok("ListKeyRotations", body.clone());
        seen.push(page["Rotations"].as_array().unwrap().clone());
        assert_eq!(page["Truncated"], page.get("NextMarker").is_some());
        let Some(marker) = page.get("NextMarker") else { break };
        body["Marker"] = marker.clone();
    }
    assert_eq!(seen.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2]);
    let expect = json!({"KeyId": id, "KeyMaterialId": first, "KeyMaterialState": "NON_CURRENT"});
    assert_eq!(seen[0][0], expect);
    assert_eq!(seen[2][1]["KeyMaterialId"], current(&mut world, &id).as_str());
    assert_eq!(rotations(&mut world, &id).len(), 5);
}
