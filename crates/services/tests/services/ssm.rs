//! Parameters.

use serde_json::{Value, json};
use waxseal_api::Service::{Kms, Ssm};

use crate::world::World;

fn put(value: &str, more: Value) -> Value {
    let mut input = json!({"Name": "/db/password", "Value": value, "Type": "SecureString"});
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    input
}

fn get(with_decryption: bool) -> Value {
    json!({"Name": "/db/password", "WithDecryption": with_decryption})
}

const CONTEXT: &str = r#"{"PARAMETER_ARN":"arn:aws:ssm:eu-central-1:111122223333:parameter/db/password"} ssm.amazonaws.com root"#;

#[test]
fn standard_is_encrypted_by_kms_and_advanced_under_a_data_key() {
    for (tier, operation) in [("Standard", "Encrypt"), ("Advanced", "GenerateDataKey")] {
        let mut world = World::new();
        let key = world.key();
        let output =
            world.ok(Ssm, "PutParameter", put("hunter2 hunter2", json!({"Tier": tier, "KeyId": key})));
        assert_eq!(output, json!({"Version": 1, "Tier": tier}));
        assert_eq!(world.asked(), [format!("{operation} {CONTEXT}")]);
        let closed = world.ok(Ssm, "GetParameter", get(false));
        assert_eq!(world.asked(), [""; 0], "without decryption nobody asks KMS");
        assert_ne!(closed["Parameter"]["Value"], "hunter2 hunter2");
        let open = world.ok(Ssm, "GetParameter", get(true));
        assert_eq!(open["Parameter"]["Value"], "hunter2 hunter2");
        assert_eq!(world.asked(), [format!("Decrypt {CONTEXT}")]);
        assert!(world.store.values().all(|stored| !stored.body.contains("hunter2")));
    }
}

#[test]
fn plain_ones_have_no_key() {
    let mut world = World::new();
    world.ok(Ssm, "PutParameter", put("blue", json!({"Type": "String"})));
    assert_eq!(world.ok(Ssm, "GetParameter", get(true))["Parameter"]["Value"], "blue");
    assert_eq!(world.asked(), [""; 0]);
    assert_eq!(world.refused(Ssm, "PutParameter", put("x", json!({}))).0, "ParameterAlreadyExists");
    let again = world.ok(Ssm, "PutParameter", put("green", json!({"Overwrite": true, "Type": null})));
    assert_eq!(again["Version"], 2);
    world.ok(Ssm, "DeleteParameter", json!({"Name": "/db/password"}));
    assert_eq!(world.refused(Ssm, "GetParameter", get(true)).0, "ParameterNotFound");
}

#[test]
fn limits() {
    let mut world = World::new();
    let long = "x".repeat(4097);
    assert_eq!(world.refused(Ssm, "PutParameter", put(&long, json!({}))).0, "ValidationException");
    let kind = put("x", json!({"Type": "Secret"}));
    assert_eq!(world.refused(Ssm, "PutParameter", kind).0, "UnsupportedParameterType");
    world.ok(Ssm, "PutParameter", put(&long, json!({"Tier": "Advanced"})));
    world.ok(Ssm, "PutParameter", put(&"x".repeat(4096), json!({"Overwrite": true})));
}

#[test]
fn the_services_words() {
    let mut world = World::new();
    let key = world.key();
    world.ok(Ssm, "PutParameter", put("secret", json!({"KeyId": key})));
    world.become_user("ann", json!("ssm:*"));
    assert_eq!(world.refused(Ssm, "GetParameter", get(true)).0, "AccessDeniedException");
    world.ok(Ssm, "GetParameter", get(false));
    world.become_root();
    world.ok(Kms, "DisableKey", json!({"KeyId": key}));
    let (name, message) = world.refused(Ssm, "GetParameter", get(true));
    assert_eq!(name, "InvalidKeyId");
    assert!(message.contains("is disabled"), "{message}");
}
