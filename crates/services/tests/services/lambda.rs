//! Functions and their environment.

use serde_json::{Value, json};
use waxseal_api::Service::{Iam, Kms, Lambda};

use crate::world::World;

const ARN: &str = "arn:aws:lambda:eu-central-1:111122223333:function:f";
const CONTEXT: &str = r#"{"aws:lambda:FunctionArn":"arn:aws:lambda:eu-central-1:111122223333:function:f"}"#;

fn world() -> (World, String) {
    let mut world = World::new();
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    world.ok(Iam, "CreateRole", json!({"RoleName": "f", "AssumeRolePolicyDocument": trust}));
    let key = world.key();
    (world, key)
}

fn create(more: Value) -> Value {
    let mut input = json!({
        "FunctionName": "f", "Role": "arn:aws:iam::111122223333:role/f", "Runtime": "python3.14", "Handler": "f.main",
        "Code": {"ZipFile": "UEs="}, "Environment": {"Variables": {"PASSWORD": "hunter2 hunter2"}},
    });
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    input
}

#[test]
fn the_environment_is_under_the_key() {
    let (mut world, key) = world();
    let made = world.ok(Lambda, "CreateFunction", create(json!({"KMSKeyArn": key})));
    assert_eq!(
        (&made["FunctionArn"], &made["KMSKeyArn"], &made["CodeSize"]),
        (&json!(ARN), &json!(key), &json!(2))
    );
    assert_eq!(
        world.asked(),
        [
            "CreateGrant null lambda.amazonaws.com root".to_owned(),
            format!("Encrypt {CONTEXT} lambda.amazonaws.com root")
        ]
    );
    let grant = world.ok(Kms, "ListGrants", json!({"KeyId": key}))["Grants"][0].clone();
    assert_eq!(grant["GranteePrincipal"], "arn:aws:iam::111122223333:role/f");
    assert_eq!(grant["Constraints"], json!({"EncryptionContextEquals": {"aws:lambda:FunctionArn": ARN}}));
    let got = world.ok(Lambda, "GetFunctionConfiguration", json!({"FunctionName": "f"}));
    assert_eq!(got["Environment"], json!({"Variables": {"PASSWORD": "hunter2 hunter2"}}));
    assert_eq!(world.asked(), [format!("Decrypt {CONTEXT} lambda.amazonaws.com root")]);
    assert!(world.store.values().all(|stored| !stored.body.contains("hunter2")));
}

#[test]
fn under_another_key() {
    let (mut world, old) = world();
    let new = world.key();
    world.ok(Lambda, "CreateFunction", create(json!({"KMSKeyArn": old})));
    world.log.clear();
    world.ok(Lambda, "UpdateFunctionConfiguration", json!({"FunctionName": "f", "KMSKeyArn": new}));
    let lambda = "lambda.amazonaws.com root";
    assert_eq!(
        world.asked(),
        [
            format!("Decrypt {CONTEXT} {lambda}"),
            "RetireGrant null  lambda.amazonaws.com".to_owned(),
            format!("CreateGrant null {lambda}"),
            format!("Encrypt {CONTEXT} {lambda}"),
        ]
    );
    assert_eq!(world.ok(Kms, "ListGrants", json!({"KeyId": old}))["Grants"], json!([]));
    world.ok(Kms, "DisableKey", json!({"KeyId": old}));
    let got = world.ok(Lambda, "GetFunctionConfiguration", json!({"FunctionName": "f"}));
    assert_eq!(got["Environment"]["Variables"]["PASSWORD"], "hunter2 hunter2");
    world.ok(Lambda, "DeleteFunction", json!({"FunctionName": "f"}));
    assert_eq!(world.ok(Kms, "ListGrants", json!({"KeyId": new}))["Grants"], json!([]));
}

/// Who may see a function is told everything but the environment.
#[test]
fn what_cannot_be_opened_is_told_inside() {
    let (mut world, key) = world();
    world.ok(Lambda, "CreateFunction", create(json!({"KMSKeyArn": key})));
    let get = json!({"FunctionName": "f"});
    world.become_user("ann", json!("lambda:*"));
    let got = world.ok(Lambda, "GetFunctionConfiguration", get.clone());
    assert_eq!((&got["Runtime"], &got["Environment"]["Variables"]), (&json!("python3.14"), &Value::Null));
    assert_eq!(got["Environment"]["Error"]["ErrorCode"], "AccessDeniedException");
    world.become_root();
    world.ok(Kms, "DisableKey", json!({"KeyId": key}));
    let got = world.ok(Lambda, "GetFunctionConfiguration", get);
    assert_eq!(got["Environment"]["Error"]["ErrorCode"], "KMSDisabledException");
    let again =
        world.refused(Lambda, "CreateFunction", create(json!({"FunctionName": "g", "KMSKeyArn": key})));
    assert_eq!(again.0, "InvalidParameterValueException");
    assert!(again.1.contains("KMS Exception: DisabledException"), "{}", again.1);
}

#[test]
fn the_managed_key() {
    let (mut world, _) = world();
    world.ok(Lambda, "CreateFunction", create(json!({})));
    assert_eq!(world.asked(), [format!("Encrypt {CONTEXT} lambda.amazonaws.com root")]);
    let long = json!({"Variables": {"LONG": "x".repeat(4096)}});
    let too_long =
        world.refused(Lambda, "CreateFunction", create(json!({"FunctionName": "g", "Environment": long})));
    assert!(too_long.1.ends_with("exceeded the 4KB limit."), "{too_long:?}");
    world.become_user("ann", json!("lambda:*"));
    let got = world.ok(Lambda, "GetFunctionConfiguration", json!({"FunctionName": ARN}));
    assert_eq!(got["Environment"]["Variables"]["PASSWORD"], "hunter2 hunter2");
    assert_eq!(got["KMSKeyArn"], Value::Null);
    assert_eq!(world.refused(Lambda, "CreateFunction", create(json!({}))).0, "ResourceConflictException");
}
