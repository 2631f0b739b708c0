//! Tables.

use serde_json::{Value, json};
use waxseal_api::Service::{DynamoDb, Kms};

use crate::world::World;

const CONTEXT: &str = r#"{"aws:dynamodb:subscriberId":"111122223333","aws:dynamodb:tableName":"people"}"#;

fn create(sse: Value) -> Value {
    json!({
        "TableName": "people", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST", "SSESpecification": sse,
    })
}

fn item() -> Value {
    json!({"TableName": "people", "Item": {"id": {"S": "ann"}, "secret": {"S": "hunter2 hunter2"}}})
}

fn get() -> Value {
    json!({"TableName": "people", "Key": {"id": {"S": "ann"}}})
}

#[test]
fn a_table_key_and_a_grant() {
    let mut world = World::new();
    let key = world.key();
    let made = world.ok(
        DynamoDb,
        "CreateTable",
        create(json!({"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": key})),
    );
    let description = &made["TableDescription"];
    assert_eq!(
        description["SSEDescription"],
        json!({"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": key})
    );
    let dynamodb = "dynamodb.amazonaws.com root";
    assert_eq!(
        world.asked(),
        [
            format!("DescribeKey null {dynamodb}"),
            format!("CreateGrant null {dynamodb}"),
            format!("GenerateDataKey {CONTEXT} {dynamodb}"),
        ]
    );
    let grant = world.ok(Kms, "ListGrants", json!({"KeyId": key}))["Grants"][0].clone();
    assert_eq!(grant["GranteeServicePrincipal"], "dynamodb.amazonaws.com");
    world.ok(DynamoDb, "PutItem", item());
    assert_eq!(world.ok(DynamoDb, "GetItem", get())["Item"], item()["Item"]);
    assert_eq!(world.ok(DynamoDb, "Scan", json!({"TableName": "people"}))["Items"], json!([item()["Item"]]));
    assert_eq!(world.asked(), [""; 0], "the table key is still open");
    world.later(300);
    world.ok(DynamoDb, "GetItem", get());
    world.ok(DynamoDb, "GetItem", get());
    assert_eq!(world.asked(), [format!("Decrypt {CONTEXT} {dynamodb}")]);
    assert!(world.store.values().all(|stored| !stored.body.contains("hunter2")));
    world.ok(DynamoDb, "DeleteTable", json!({"TableName": "people"}));
    assert_eq!(world.ok(Kms, "ListGrants", json!({"KeyId": key}))["Grants"], json!([]));
    assert_eq!(world.state.resources("dynamodb/").count(), 0);
}

/// A disabled key is noticed when DynamoDB has to open the table key again.
#[test]
fn a_key_that_is_disabled() {
    let mut world = World::new();
    let key = world.key();
    world.ok(DynamoDb, "CreateTable", create(json!({"Enabled": true, "KMSMasterKeyId": key})));
    world.ok(DynamoDb, "PutItem", item());
    world.ok(Kms, "DisableKey", json!({"KeyId": key}));
    world.ok(DynamoDb, "GetItem", get());
    world.later(300);
    let (name, message) = world.refused(DynamoDb, "GetItem", get());
    assert_eq!(name, "ValidationException");
    assert!(message.starts_with("KMS validation error") && message.ends_with("is disabled."), "{message}");
}

#[test]
fn each_caller_needs_leave_of_kms() {
    let mut world = World::new();
    let key = world.key();
    world.ok(DynamoDb, "CreateTable", create(json!({"Enabled": true, "KMSMasterKeyId": key})));
    world.ok(DynamoDb, "PutItem", item());
    world.become_user("ann", json!("dynamodb:*"));
    assert_eq!(world.refused(DynamoDb, "GetItem", get()).0, "AccessDeniedException");
    world.become_user("bob", json!(["dynamodb:*", "kms:Decrypt"]));
    assert_eq!(world.ok(DynamoDb, "GetItem", get())["Item"], item()["Item"]);
}

#[test]
fn keys_of_dynamodbs_own_and_aws_managed_ones() {
    let mut world = World::new();
    world.ok(DynamoDb, "CreateTable", create(Value::Null));
    world.ok(DynamoDb, "PutItem", item());
    assert_eq!(world.asked(), [""; 0]);
    let told = world.ok(DynamoDb, "DescribeTable", json!({"TableName": "people"}))["Table"].clone();
    assert_eq!(told["SSEDescription"], Value::Null);
    assert!(world.store.values().all(|stored| !stored.body.contains("hunter2")));
    world.ok(DynamoDb, "DeleteItem", get());
    assert_eq!(world.ok(DynamoDb, "GetItem", get()), json!({}));
    assert_eq!(world.refused(DynamoDb, "CreateTable", create(Value::Null)).0, "ResourceInUseException");
    world.ok(DynamoDb, "DeleteTable", json!({"TableName": "people"}));
    world.ok(DynamoDb, "CreateTable", create(json!({"Enabled": true})));
    world.become_user("ann", json!("dynamodb:*"));
    world.ok(DynamoDb, "PutItem", item());
    assert_eq!(world.ok(DynamoDb, "GetItem", get())["Item"], item()["Item"]);
    let long = json!({"TableName": "people", "Item": {"id": {"S": "x".repeat(409_601)}}});
    assert_eq!(world.refused(DynamoDb, "PutItem", long).0, "ValidationException");
    let wrong = json!({"TableName": "people", "Key": {"name": {"S": "ann"}}});
    assert_eq!(world.refused(DynamoDb, "GetItem", wrong).0, "ValidationException");
}
