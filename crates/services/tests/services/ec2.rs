//! Volumes.

use serde_json::{Value, json};
use waxseal_api::Service::{Ec2, Kms};

use crate::world::{World, text};

fn volume(world: &mut World, more: Value) -> String {
    let mut input = json!({"AvailabilityZone": "eu-central-1a", "Size": 8});
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    text(&world.ok(Ec2, "CreateVolume", input)["VolumeId"])
}

fn attach(volume: &str) -> Value {
    json!({"VolumeId": volume, "InstanceId": "i-0123456789abcdef0", "Device": "/dev/sdf"})
}

#[test]
fn the_host_opens_a_volume_by_a_grant() {
    let mut world = World::new();
    let key = world.key();
    let id = volume(&mut world, json!({"Encrypted": true, "KmsKeyId": key}));
    let context = format!(r#"{{"aws:ebs:id":"{id}"}}"#);
    assert_eq!(world.asked(), [format!("GenerateDataKeyWithoutPlaintext {context} ec2.amazonaws.com root")]);
    let attachment = world.ok(Ec2, "AttachVolume", attach(&id));
    assert_eq!(attachment["State"], "attaching");
    assert_eq!(
        world.asked(),
        [
            "CreateGrant null ec2.amazonaws.com root".to_owned(),
            format!(
                "Decrypt {context} ec2.amazonaws.com assumed-role/aws:ec2-infrastructure/i-0123456789abcdef0"
            ),
        ]
    );
    let grants = world.ok(Kms, "ListGrants", json!({"KeyId": key}))["Grants"].clone();
    assert_eq!(grants[0]["Constraints"], json!({"EncryptionContextSubset": {"aws:ebs:id": id}}));
    assert_eq!(grants[0]["Operations"], json!(["Decrypt"]));
    let told = world.ok(Ec2, "DescribeVolumes", json!({}))["Volumes"][0].clone();
    assert_eq!(
        (&told["State"], &told["KmsKeyId"], &told["Encrypted"]),
        (&json!("in-use"), &json!(key), &json!(true))
    );
    assert_eq!(world.refused(Ec2, "AttachVolume", attach(&id)).0, "VolumeInUse");
    assert_eq!(world.refused(Ec2, "DeleteVolume", json!({"VolumeId": id})).0, "VolumeInUse");

    // A key that is disabled now does nothing to a volume in use; only the next attachment needs it.
    world.ok(Kms, "DisableKey", json!({"KeyId": key}));
    world.ok(Ec2, "DetachVolume", json!({"VolumeId": id}));
    let (name, message) = world.refused(Ec2, "AttachVolume", attach(&id));
    assert_eq!(name, "InvalidKMSKey.InvalidState");
    assert!(message.ends_with("is disabled."), "{message}");
    world.ok(Kms, "EnableKey", json!({"KeyId": key}));
    let grants = world.ok(Kms, "ListGrants", json!({"KeyId": key}))["Grants"].clone();
    assert_eq!(grants, json!([]), "none is left over");
    world.ok(Ec2, "DeleteVolume", json!({"VolumeId": id}));
    assert_eq!(world.refused(Ec2, "DeleteVolume", json!({"VolumeId": id})).0, "InvalidVolume.NotFound");
}

#[test]
fn the_managed_key_and_none() {
    let mut world = World::new();
    let plain = volume(&mut world, json!({}));
    world.ok(Ec2, "AttachVolume", attach(&plain));
    assert_eq!(world.asked(), [""; 0]);
    let id = volume(&mut world, json!({"Encrypted": true}));
    world.become_user("ann", json!("ec2:*"));
    world.ok(Ec2, "AttachVolume", attach(&id));
    world.become_root();
    let managed = world.ok(Kms, "DescribeKey", json!({"KeyId": "alias/aws/ebs"}));
    assert_eq!(managed["KeyMetadata"]["KeyManager"], "AWS");
}

#[test]
fn who_may_not() {
    let mut world = World::new();
    let key = world.key();
    let id = volume(&mut world, json!({"Encrypted": true, "KmsKeyId": key}));
    world.become_user("ann", json!("ec2:*"));
    let input = json!({"AvailabilityZone": "eu-central-1a", "Size": 8, "Encrypted": true, "KmsKeyId": key});
    for (operation, input, action) in [
        ("CreateVolume", input, "kms:GenerateDataKeyWithoutPlaintext"),
        ("AttachVolume", attach(&id), "kms:CreateGrant"),
    ] {
        let (name, message) = world.refused(Ec2, operation, input);
        assert_eq!(name, "UnauthorizedOperation");
        assert!(message.contains(action), "{message}");
    }
    world.become_user("bob", json!("kms:*"));
    assert_eq!(world.refused(Ec2, "DescribeVolumes", json!({})).0, "UnauthorizedOperation");
}

#[test]
fn inputs_that_do_not_fit() {
    let mut world = World::new();
    for (input, expect) in [
        (json!({"Size": 8}), "MissingParameter"),
        (json!({"AvailabilityZone": "eu-central-1a"}), "MissingParameter"),
        (json!({"AvailabilityZone": "us-east-1a", "Size": 8}), "InvalidZone.NotFound"),
        (
            json!({"AvailabilityZone": "eu-central-1a", "Size": 8, "KmsKeyId": "x"}),
            "InvalidParameterDependency",
        ),
    ] {
        assert_eq!(world.refused(Ec2, "CreateVolume", input.clone()).0, expect, "{input}");
    }
    let id = volume(&mut world, json!({}));
    let input = json!({"VolumeId": id, "InstanceId": "mine", "Device": "/dev/sdf"});
    assert_eq!(world.refused(Ec2, "AttachVolume", input).0, "InvalidInstanceID.Malformed");
    assert_eq!(world.refused(Ec2, "DetachVolume", json!({"VolumeId": id})).0, "IncorrectState");
}
