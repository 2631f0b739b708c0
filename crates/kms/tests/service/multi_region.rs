//! Keys of several Regions.

use serde_json::{Value, json};

use crate::world::{ACCOUNT, REGION, START, World, arn, text};

const OTHER: &str = "us-east-1";
const THIRD: &str = "ap-south-1";

fn arn_in(region: &str, key: &str) -> String {
    format!("arn:aws:kms:{region}:{ACCOUNT}:key/{key}")
}

fn primary(world: &mut World) -> String {
    text(&world.ok("CreateKey", json!({"MultiRegion": true}))["KeyMetadata"]["KeyId"])
}

/// A primary key with a replica in each of the Regions, ready for use.
fn replicated(regions: &[&str]) -> (World, String) {
    let mut world = World::new();
    let id = primary(&mut world);
    for region in regions {
        world.ok("ReplicateKey", json!({"KeyId": id, "ReplicaRegion": region}));
    }
    world.soon();
    (world, id)
}

#[test]
fn a_primary_key_is_known_by_its_name() {
    let mut world = World::new();
    let id = primary(&mut world);
    assert!(id.starts_with("mrk-") && id.len() == 36);
    let metadata = world.describe(&id);
    assert_eq!(metadata["MultiRegion"], true);
    let expect = json!({
        "MultiRegionKeyType": "PRIMARY", "PrimaryKey": {"Arn": arn(&id), "Region": REGION}, "ReplicaKeys": [],
    });
    assert_eq!(metadata["MultiRegionConfiguration"], expect);
    let single = world.key();
    assert_eq!(world.describe(&single).get("MultiRegionConfiguration"), None);
}

#[test]
fn a_replica_is_being_made() {
    let mut world = World::new();
    let id = primary(&mut world);
    let made = world.ok("ReplicateKey", json!({"KeyId": id, "ReplicaRegion": OTHER}));
    let metadata = &made["ReplicaKeyMetadata"];
    assert_eq!(
        (&metadata["KeyState"], &metadata["Enabled"], &metadata["Description"]),
        (&json!("Creating"), &json!(false), &json!(""))
    );
    assert_eq!(metadata.get("CurrentKeyMaterialId"), None);
    assert_eq!(metadata["Arn"], arn_in(OTHER, &id));
    let expect = json!({
        "MultiRegionKeyType": "REPLICA",
        "PrimaryKey": {"Arn": arn(&id), "Region": REGION},
        "ReplicaKeys": [{"Arn": arn_in(OTHER, &id), "Region": OTHER}],
    });
    assert_eq!(metadata["MultiRegionConfiguration"], expect);
    assert!(text(&made["ReplicaPolicy"]).contains("Enable IAM User Permissions"));
    assert_eq!(made["ReplicaTags"], json!([]));
    let creating = format!("KMSInvalidStateException: {} is creating.", arn_in(OTHER, &id));
    world.in_region(OTHER, |world| {
        world.refused("Encrypt", json!({"KeyId": id, "Plaintext": "AA=="}), &creating)
    });
    world.soon();
    world.in_region(OTHER, |world| {
        let metadata = world.describe(&id);
        assert_eq!(metadata["KeyState"], "Enabled");
        assert!(metadata.get("CurrentKeyMaterialId").is_some());
    });
    assert_eq!(
        world.describe(&id)["MultiRegionConfiguration"]["ReplicaKeys"],
        json!([{"Arn": arn_in(OTHER, &id), "Region": OTHER}])
    );
}

#[test]
fn a_replica_has_what_is_its_own() {
    let mut world = World::new();
    let id = primary(&mut world);
    let policy = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}]}"#;
    let tags = json!([{"TagKey": "team", "TagValue": "blue"}]);
    let body = json!({
        "KeyId": id, "ReplicaRegion": OTHER, "Description": "over there", "Policy": policy, "Tags": tags,
    });
    let made = world.ok("ReplicateKey", body);
    assert_eq!((&made["ReplicaPolicy"], &made["ReplicaTags"]), (&json!(policy), &tags));
    world.soon();
    world.ok("UpdateKeyDescription", json!({"KeyId": id, "Description": "here"}));
    world.ok("DisableKey", json!({"KeyId": id}));
    world.in_region(OTHER, |world| {
        let metadata = world.describe(&id);
        assert_eq!(
            (&metadata["Description"], &metadata["KeyState"]),
            (&json!("over there"), &json!("Enabled"))
        );
    });
}

#[test]
fn what_is_encrypted_here_opens_there() {
    let (mut world, id) = replicated(&[OTHER, THIRD]);
    let here = world.encrypted(&id, json!({"a": "b"}));
    let context = json!({"a": "b"});
    for region in [OTHER, THIRD] {
        let opened = world.in_region(region, |world| {
            world.ok("Decrypt", json!({"CiphertextBlob": here, "EncryptionContext": context}))
        });
        assert_eq!(opened["KeyId"], arn_in(region, &id));
        let named = json!({"CiphertextBlob": here, "EncryptionContext": context, "KeyId": id});
        world.in_region(region, |world| world.ok("Decrypt", named));
    }
    let there = world.in_region(THIRD, |world| world.encrypted(&id, json!({})));
    world.ok("Decrypt", json!({"CiphertextBlob": there}));
    world.in_region("us-west-2", |world| {
        let error = world.send("Decrypt", &json!({"CiphertextBlob": there}).to_string()).result.unwrap_err();
        let text = "on the resource associated with this ciphertext because the resource does not exist in this Region";
        assert!(error.message.contains(text), "{error}");
    });
}

#[test]
fn a_rotation_reaches_every_region() {
    let (mut world, id) = replicated(&[OTHER, THIRD]);
    world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    let status = world.in_region(OTHER, |world| world.ok("GetKeyRotationStatus", json!({"KeyId": id})));
    assert_eq!(status["RotationPeriodInDays"], 90);
    let old = world.encrypted(&id, json!({}));
    world.later(90);
    let synchronised = ["SynchronizeMultiRegionKey"; 2];
    assert_eq!(world.tick(), [&["RotateKey"][..], &synchronised].concat());
    world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    let names: Vec<&str> = world.log.iter().rev().take(3).map(|record| &*record.event_name).collect();
    assert_eq!(names, [&synchronised[..], &["RotateKey"]].concat(), "the newest first");
    let new = world.encrypted(&id, json!({}));
    let all = |world: &mut World| {
        let body = json!({"KeyId": id, "IncludeKeyMaterial": "ALL_KEY_MATERIAL"});
        world.ok("ListKeyRotations", body)["Rotations"].clone()
    };
    let expect = all(&mut world);
    assert_eq!(expect.as_array().unwrap().len(), 3);
    for region in [OTHER, THIRD] {
        world.in_region(region, |world| {
            assert_eq!(all(world), expect);
            world.ok("Decrypt", json!({"CiphertextBlob": old}));
            world.ok("Decrypt", json!({"CiphertextBlob": new}));
        });
    }
}

#[test]
fn a_replica_is_ruled_by_its_primary() {
    let (mut world, id) = replicated(&[OTHER]);
    let not_primary =
        format!("UnsupportedOperationException: {} is not a multi-region primary key.", arn_in(OTHER, &id));
    world.in_region(OTHER, |world| {
        for (operation, more) in [
            ("ReplicateKey", json!({"ReplicaRegion": THIRD})),
            ("UpdatePrimaryRegion", json!({"PrimaryRegion": THIRD})),
            ("RotateKeyOnDemand", json!({})),
            ("EnableKeyRotation", json!({})),
            ("DisableKeyRotation", json!({})),
        ] {
            let mut body = more;
            body["KeyId"] = json!(id);
            world.refused(operation, body, &not_primary);
        }
    });
    let single = world.key();
    let expect =
        format!("UnsupportedOperationException: {} is not a multi-region primary key.", arn(&single));
    world.refused("ReplicateKey", json!({"KeyId": single, "ReplicaRegion": OTHER}), &expect);
}

#[test]
fn one_replica_a_region() {
    let (mut world, id) = replicated(&[OTHER]);
    for region in [OTHER, REGION] {
        let expect = format!("AlreadyExistsException: A key {} already exists.", arn_in(region, &id));
        world.refused("ReplicateKey", json!({"KeyId": id, "ReplicaRegion": region}), &expect);
    }
    for region in ["", "moon", "eu-central", "EU-central-1", "a-b-c-d-1"] {
        let body = json!({"KeyId": id, "ReplicaRegion": region});
        let error = world.send("ReplicateKey", &body.to_string()).result.unwrap_err();
        assert!(error.message.contains("'replicaRegion' failed to satisfy constraint"), "{error}");
    }
}

#[test]
fn the_primary_region_moves() {
    let (mut world, id) = replicated(&[OTHER, THIRD]);
    world.ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    world.ok("UpdatePrimaryRegion", json!({"KeyId": id, "PrimaryRegion": OTHER}));
    let states = |world: &mut World| {
        [REGION, OTHER, THIRD].map(|region| world.in_region(region, |world| world.state_of(&id)))
    };
    assert_eq!(states(&mut world), ["Updating", "Updating", "Enabled"]);
    let blob = world.encrypted(&id, json!({}));
    world.soon();
    assert_eq!(states(&mut world), ["Enabled"; 3]);
    for region in [REGION, OTHER, THIRD] {
        let configuration =
            world.in_region(region, |world| world.describe(&id)["MultiRegionConfiguration"].take());
        let kind = if region == OTHER { "PRIMARY" } else { "REPLICA" };
        assert_eq!(configuration["MultiRegionKeyType"], kind);
        assert_eq!(configuration["PrimaryKey"]["Region"], OTHER);
        let replicas: Vec<&Value> =
            configuration["ReplicaKeys"].as_array().unwrap().iter().map(|key| &key["Region"]).collect();
        assert_eq!(replicas, [THIRD, REGION]);
    }
    world.in_region(OTHER, |world| world.ok("RotateKeyOnDemand", json!({"KeyId": id})));
    world.later(90);
    assert_eq!(world.tick().len(), 3, "the new primary rotates");
    world.ok("Decrypt", json!({"CiphertextBlob": blob}));
}

#[test]
fn it_moves_to_a_replica_that_can_be_used() {
    let (mut world, id) = replicated(&[OTHER]);
    let no_key = format!("NotFoundException: Key '{}' does not exist", arn_in(THIRD, &id));
    world.refused("UpdatePrimaryRegion", json!({"KeyId": id, "PrimaryRegion": THIRD}), &no_key);
    let already = format!("UnsupportedOperationException: {} is already the primary key.", arn(&id));
    world.refused("UpdatePrimaryRegion", json!({"KeyId": id, "PrimaryRegion": REGION}), &already);
    world.in_region(OTHER, |world| world.ok("DisableKey", json!({"KeyId": id})));
    let disabled = format!("DisabledException: {} is disabled.", arn_in(OTHER, &id));
    world.refused("UpdatePrimaryRegion", json!({"KeyId": id, "PrimaryRegion": OTHER}), &disabled);
}

#[test]
fn a_primary_goes_after_its_replicas() {
    let (mut world, id) = replicated(&[OTHER, THIRD]);
    let scheduled = world.ok("ScheduleKeyDeletion", json!({"KeyId": id, "PendingWindowInDays": 10}));
    let expect = json!({"KeyId": arn(&id), "KeyState": "PendingReplicaDeletion", "PendingWindowInDays": 10});
    assert_eq!(scheduled, expect);
    let metadata = world.describe(&id);
    assert_eq!(metadata["PendingDeletionWindowInDays"], 10);
    assert_eq!(metadata.get("DeletionDate"), None);
    world.later(100);
    assert!(world.tick().is_empty(), "replicas are still there");
    for (region, days) in [(OTHER, 7), (THIRD, 20)] {
        let body = json!({"KeyId": id, "PendingWindowInDays": days});
        world.in_region(region, |world| world.ok("ScheduleKeyDeletion", body));
    }
    world.later(7);
    assert_eq!(world.tick(), ["DeleteKey"]);
    assert_eq!(world.state_of(&id), "PendingReplicaDeletion");
    world.later(13);
    assert_eq!(world.tick(), ["DeleteKey"]);
    let metadata = world.describe(&id);
    assert_eq!(metadata["KeyState"], "PendingDeletion");
    assert_eq!(metadata["DeletionDate"], json!(START.plus_days(130).as_millis() / 1000 + 5));
    world.later(10);
    assert_eq!(world.tick(), ["DeleteKey"]);
    assert!(world.store.is_empty(), "{:?}", world.store.keys());
}

#[test]
fn a_jump_in_time_deletes_all_in_order() {
    let (mut world, id) = replicated(&[OTHER, THIRD]);
    for (region, days) in [(REGION, 7), (OTHER, 30), (THIRD, 20)] {
        let body = json!({"KeyId": id, "PendingWindowInDays": days});
        world.in_region(region, |world| world.ok("ScheduleKeyDeletion", body));
    }
    world.later(36);
    assert_eq!(world.tick(), ["DeleteKey"; 2]);
    world.later(1);
    let (_, records) = world.tick_records();
    assert_eq!(records[0].aws_region, REGION);
    assert_eq!(records[0].event_time, "2026-12-31T12:00:05Z");
    assert!(world.store.is_empty());
}

#[test]
fn a_primary_that_waits_can_be_kept() {
    let (mut world, id) = replicated(&[OTHER]);
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id}));
    world.ok("CancelKeyDeletion", json!({"KeyId": id}));
    assert_eq!(world.state_of(&id), "Disabled");
    world.in_region(OTHER, |world| world.ok("ScheduleKeyDeletion", json!({"KeyId": id})));
    world.later(30);
    assert_eq!(world.tick(), ["DeleteKey"]);
    assert_eq!(world.describe(&id)["MultiRegionConfiguration"]["ReplicaKeys"], json!([]));
    world.ok("EnableKey", json!({"KeyId": id}));
    world.ok("ReplicateKey", json!({"KeyId": id, "ReplicaRegion": OTHER}));
}
