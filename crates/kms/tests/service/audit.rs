//! What the audit log says.

use expect_test::{Expect, expect};
use serde_json::{Value, json};
use waxseal_api::Service;
use waxseal_kms::due;

use crate::world::{ACCOUNT, World, b64, statement};

#[track_caller]
fn check(operation: &str, body: impl Fn(&mut World, &str) -> Value, expect: Expect) {
    let mut world = World::new();
    let id = world.key();
    let body = body(&mut world, &id).to_string();
    let record = world.send(operation, &body).audit;
    expect.assert_eq(&serde_json::to_string_pretty(&record).unwrap());
}

#[test]
fn a_use_of_a_key() {
    let body = |_: &mut World, id: &str| json!({"KeyId": id, "Plaintext": b64(b"hello"), "EncryptionContext": {"Purpose": "Test"}});
    check(
        "Encrypt",
        body,
        expect![[r#"
            {
              "eventVersion": "1.11",
              "userIdentity": {
                "type": "Root",
                "arn": "arn:aws:iam::111122223333:root",
                "accountId": "111122223333"
              },
              "eventTime": "2026-11-24T12:00:00Z",
              "eventSource": "kms.amazonaws.com",
              "eventName": "Encrypt",
              "awsRegion": "eu-central-1",
              "requestParameters": {
                "encryptionAlgorithm": "SYMMETRIC_DEFAULT",
                "encryptionContext": {
                  "Purpose": "Test"
                },
                "keyId": "b10da48c-ea4c-4967-ab8e-0efcd8069414"
              },
              "requestID": "5efac393-238e-4bd5-a52d-7619a1e1e9f9",
              "eventID": "0b1a9043-e2fb-4672-bfef-15741d679173",
              "readOnly": true,
              "resources": [
                {
                  "accountId": "111122223333",
                  "type": "AWS::KMS::Key",
                  "ARN": "arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414"
                }
              ],
              "eventType": "AwsApiCall",
              "recipientAccountId": "111122223333"
            }"#]],
    );
}

#[test]
fn a_new_key() {
    let tags = json!([{"TagKey": "a", "TagValue": "b"}]);
    check(
        "CreateKey",
        |_, _| json!({"Description": "x", "Tags": tags}),
        expect![[r#"
            {
              "eventVersion": "1.11",
              "userIdentity": {
                "type": "Root",
                "arn": "arn:aws:iam::111122223333:root",
                "accountId": "111122223333"
              },
              "eventTime": "2026-11-24T12:00:00Z",
              "eventSource": "kms.amazonaws.com",
              "eventName": "CreateKey",
              "awsRegion": "eu-central-1",
              "requestParameters": {
                "description": "x",
                "keySpec": "SYMMETRIC_DEFAULT",
                "keyUsage": "ENCRYPT_DECRYPT",
                "origin": "AWS_KMS",
                "tags": [
                  {
                    "tagKey": "a",
                    "tagValue": "b"
                  }
                ]
              },
              "responseElements": {
                "keyMetadata": {
                  "aWSAccountId": "111122223333",
                  "arn": "arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393",
                  "creationDate": 1795521600,
                  "currentKeyMaterialId": "baf6628da79990aa2fe96ffe7f119f7b33a9dff418d2257d42880ef36aa0637e",
                  "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
                  "description": "x",
                  "enabled": true,
                  "encryptionAlgorithms": [
                    "SYMMETRIC_DEFAULT"
                  ],
                  "keyId": "71430c07-b2bd-467b-a349-10f15efac393",
                  "keyManager": "CUSTOMER",
                  "keySpec": "SYMMETRIC_DEFAULT",
                  "keyState": "Enabled",
                  "keyUsage": "ENCRYPT_DECRYPT",
                  "multiRegion": false,
                  "origin": "AWS_KMS"
                }
              },
              "requestID": "dd376409-314c-44fd-8b32-21b6b21790e9",
              "eventID": "79f015c9-7c4a-46f2-9d43-fe41e6451c22",
              "readOnly": false,
              "resources": [
                {
                  "accountId": "111122223333",
                  "type": "AWS::KMS::Key",
                  "ARN": "arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393"
                }
              ],
              "eventType": "AwsApiCall",
              "recipientAccountId": "111122223333"
            }"#]],
    );
}

#[test]
fn a_refusal() {
    let body = |world: &mut World, id: &str| {
        let blob = world.encrypted(id, json!({}));
        json!({"CiphertextBlob": blob, "KeyId": id, "EncryptionContext": {"a": "b"}})
    };
    check(
        "Decrypt",
        body,
        expect![[r#"
            {
              "eventVersion": "1.11",
              "userIdentity": {
                "type": "Root",
                "arn": "arn:aws:iam::111122223333:root",
                "accountId": "111122223333"
              },
              "eventTime": "2026-11-24T12:00:00Z",
              "eventSource": "kms.amazonaws.com",
              "eventName": "Decrypt",
              "awsRegion": "eu-central-1",
              "errorCode": "InvalidCiphertextException",
              "requestParameters": {
                "encryptionAlgorithm": "SYMMETRIC_DEFAULT",
                "encryptionContext": {
                  "a": "b"
                },
                "keyId": "b10da48c-ea4c-4967-ab8e-0efcd8069414"
              },
              "requestID": "da11bd47-dd37-4409-b14c-b4fd0b3221b6",
              "eventID": "b21790e9-79f0-45c9-bc4a-76f2dd43fe41",
              "readOnly": true,
              "resources": [
                {
                  "accountId": "111122223333",
                  "type": "AWS::KMS::Key",
                  "ARN": "arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414"
                }
              ],
              "eventType": "AwsApiCall",
              "recipientAccountId": "111122223333"
            }"#]],
    );
}

/// CloudTrail's code for a denial is not the exception's name.
#[test]
fn a_denial() {
    let mut world = World::new();
    let id = world.key();
    world.become_user("ann");
    for (operation, body) in [("DescribeKey", json!({"KeyId": id})), ("ListKeys", json!({}))] {
        let reply = world.send(operation, &body.to_string());
        let refusal = reply.result.unwrap_err();
        assert_eq!(refusal.code.to_string(), "AccessDeniedException");
        assert_eq!(reply.audit.error_code.as_deref(), Some("AccessDenied"));
        assert_eq!(reply.audit.error_message, Some(refusal.message));
    }
}

#[test]
fn nothing_that_can_be_read_as_a_request() {
    let mut world = World::new();
    let record = world.send("Nonsense", "{").audit;
    assert_eq!((record.event_name.as_str(), record.read_only), ("Nonsense", true));
    assert_eq!(record.error_code.as_deref(), Some("UnknownOperationException"));
    assert_eq!((record.request_parameters, record.response_elements), (None, None));
}

#[test]
fn a_move_names_both_keys() {
    let mut world = World::new();
    let (one, two) = (world.key(), world.key());
    let blob = world.encrypted(&one, json!({}));
    let body = json!({"CiphertextBlob": blob, "DestinationKeyId": two});
    let record = world.send("ReEncrypt", &body.to_string()).audit;
    let arns: Vec<&str> = record.resources.iter().map(|resource| resource.arn.as_str()).collect();
    assert_eq!(arns, [crate::world::arn(&one), crate::world::arn(&two)]);
    assert!(record.read_only);
}

#[test]
fn records_are_told_apart() {
    let mut world = World::new();
    let (one, two) = (world.send("ListKeys", "{}").audit, world.send("ListKeys", "{}").audit);
    let ids = [one.request_id, one.event_id, two.request_id, two.event_id];
    assert!(ids.iter().enumerate().all(|(n, id)| !ids[..n].contains(id)));
}

#[test]
fn a_destroyed_key() {
    let mut world = World::new();
    let id = world.key();
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id, "PendingWindowInDays": 7}));
    world.later(7);
    let records = due(&world.state, &mut world.rng, world.now).records;
    let again = due(&world.state, &mut world.rng, world.now).records;
    assert_eq!(again, records, "the same for whoever asks");
    expect![[r#"
        [
          {
            "eventVersion": "1.11",
            "userIdentity": {
              "type": "AWSService",
              "accountId": "111122223333"
            },
            "eventTime": "2026-12-01T12:00:00Z",
            "eventSource": "kms.amazonaws.com",
            "eventName": "DeleteKey",
            "awsRegion": "eu-central-1",
            "requestID": "98038233-8289-8a3e-829c-1c5befe9937b",
            "eventID": "b02806f0-f867-899c-8aff-f77cb599032c",
            "readOnly": false,
            "resources": [
              {
                "accountId": "111122223333",
                "type": "AWS::KMS::Key",
                "ARN": "arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414"
              }
            ],
            "eventType": "AwsServiceEvent",
            "recipientAccountId": "111122223333"
          }
        ]"#]]
    .assert_eq(&serde_json::to_string_pretty(&records).unwrap());
}

#[test]
fn a_grant_that_was_retired_by_its_token() {
    let mut world = World::new();
    let id = world.key();
    let me = "arn:aws:iam::111122223333:root";
    let terms =
        json!({"KeyId": id, "GranteePrincipal": me, "RetiringPrincipal": me, "Operations": ["Decrypt"]});
    let grant = world.ok("CreateGrant", terms);
    let audit = world.send("RetireGrant", &json!({"GrantToken": grant["GrantToken"]}).to_string()).audit;
    assert_eq!(audit.additional_event_data, Some(json!({"grantId": grant["GrantId"]})));
    assert_eq!((audit.request_parameters, audit.response_elements), (None, None));
}

#[test]
fn a_credential_is_named_and_its_secret_is_not() {
    let mut world = World::new();
    let trust = json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ACCOUNT}});
    world.iam("CreateRole", json!({"RoleName": "clerk", "AssumeRolePolicyDocument": statement(trust)}));
    world.become_user("ann");
    world.let_user("ann", "Allow", "*", "*");
    let made = world.ask(Service::Iam, "CreateAccessKey", json!({})).unwrap()["AccessKey"].take();
    let told = world.log.last().unwrap().response_elements.clone().unwrap();
    let expect = json!({
        "userName": "ann", "accessKeyId": made["AccessKeyId"], "status": "Active", "createDate": made["CreateDate"],
    });
    assert_eq!(told, json!({ "accessKey": expect }));
    let role = json!({"RoleArn": "arn:aws:iam::111122223333:role/clerk", "RoleSessionName": "night"});
    let made = world.ask(Service::Sts, "AssumeRole", role).unwrap();
    let told = world.log.last().unwrap().response_elements.clone().unwrap();
    let made = &made["Credentials"];
    let expect = json!({"accessKeyId": made["AccessKeyId"], "expiration": made["Expiration"]});
    assert_eq!(told["credentials"], expect);
}
