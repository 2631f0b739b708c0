//! Secrets.

use serde_json::{Value, json};
use waxseal_api::Service::{Kms, SecretsManager};

use crate::world::{World, b64, text};

fn create(world: &mut World, more: Value) -> Value {
    let mut input = json!({"Name": "db/password", "SecretString": "hunter2 hunter2"});
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    world.ok(SecretsManager, "CreateSecret", input)
}

const ID: &str = "db/password";

#[test]
fn each_version_has_a_data_key() {
    let mut world = World::new();
    let key = world.key();
    let made = create(&mut world, json!({"KmsKeyId": key}));
    let (arn, first) = (text(&made["ARN"]), text(&made["VersionId"]));
    let context = |version: &str| {
        format!(r#"{{"SecretARN":"{arn}","SecretVersionId":"{version}"}} secretsmanager.amazonaws.com root"#)
    };
    assert_eq!(world.asked(), [format!("GenerateDataKey {}", context(&first))]);
    let got = world.ok(SecretsManager, "GetSecretValue", json!({"SecretId": arn}));
    assert_eq!(
        (&got["SecretString"], &got["VersionStages"]),
        (&json!("hunter2 hunter2"), &json!(["AWSCURRENT"]))
    );
    assert_eq!(world.asked(), [format!("Decrypt {}", context(&first))]);

    let input = json!({"SecretId": ID, "SecretBinary": b64(&[0, 159, 146, 150])});
    let second = text(&world.ok(SecretsManager, "PutSecretValue", input)["VersionId"]);
    assert_eq!(world.asked(), [format!("GenerateDataKey {}", context(&second))]);
    let got = world.ok(SecretsManager, "GetSecretValue", json!({"SecretId": ID}));
    assert_eq!(
        (&got["SecretBinary"], &got["SecretString"]),
        (&json!(b64(&[0, 159, 146, 150])), &Value::Null)
    );
    let old = json!({"SecretId": ID, "VersionStage": "AWSPREVIOUS"});
    assert_eq!(world.ok(SecretsManager, "GetSecretValue", old)["VersionId"], json!(first));
    assert!(world.store.values().all(|stored| !stored.body.contains("hunter2")));
    let list = world.ok(SecretsManager, "ListSecrets", json!({}))["SecretList"].clone();
    assert_eq!(list[0]["SecretVersionsToStages"][&second], json!(["AWSCURRENT"]));
}

#[test]
fn the_services_words() {
    let mut world = World::new();
    let key = world.key();
    create(&mut world, json!({"KmsKeyId": key}));
    let get = json!({"SecretId": ID});
    let put = json!({"SecretId": ID, "SecretString": "new"});
    world.become_user("ann", json!("secretsmanager:*"));
    let denied = ("AccessDeniedException".to_owned(), "Access to KMS is not allowed".to_owned());
    assert_eq!(world.refused(SecretsManager, "GetSecretValue", get.clone()), denied);
    assert_eq!(world.refused(SecretsManager, "PutSecretValue", put.clone()), denied);
    world.become_root();
    world.ok(Kms, "DisableKey", json!({"KeyId": key}));
    assert_eq!(world.refused(SecretsManager, "GetSecretValue", get.clone()).0, "DecryptionFailure");
    assert_eq!(world.refused(SecretsManager, "PutSecretValue", put).0, "EncryptionFailure");
    let again = json!({"Name": ID, "SecretString": "x"});
    assert_eq!(world.refused(SecretsManager, "CreateSecret", again).0, "ResourceExistsException");
    let long = json!({"Name": "long", "SecretString": "x".repeat(65_537)});
    assert_eq!(world.refused(SecretsManager, "CreateSecret", long).0, "InvalidParameterException");
    let delete = json!({"SecretId": ID, "ForceDeleteWithoutRecovery": true});
    world.ok(SecretsManager, "DeleteSecret", delete);
    assert_eq!(world.refused(SecretsManager, "GetSecretValue", get).0, "ResourceNotFoundException");
}

#[test]
fn the_managed_key_needs_no_leave_of_kms() {
    let mut world = World::new();
    create(&mut world, json!({}));
    world.become_user("ann", json!("secretsmanager:GetSecretValue"));
    let got = world.ok(SecretsManager, "GetSecretValue", json!({"SecretId": ID}));
    assert_eq!(got["SecretString"], "hunter2 hunter2");
    assert_eq!(
        world.refused(SecretsManager, "PutSecretValue", json!({"SecretId": ID, "SecretString": "x"})).0,
        "AccessDeniedException"
    );
}
