//! What S3 asks of KMS.

use serde_json::{Value, json};
use waxseal_api::Service::{Iam, Kms, S3};

use crate::{
    s3::{get, put},
    world::{World, b64, bytes, text},
};

fn kms(key: &str) -> Value {
    json!({"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key})
}

fn default(world: &mut World, algorithm: &str, key: Option<&str>, bucket_key: bool) {
    let rules = json!([{
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm, "KMSMasterKeyID": key},
        "BucketKeyEnabled": bucket_key,
    }]);
    let input = json!({"Bucket": "docs", "ServerSideEncryptionConfiguration": {"Rules": rules}});
    world.ok(S3, "PutBucketEncryption", input);
}

#[test]
fn each_object_has_a_data_key() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    let output = world.ok(S3, "PutObject", put("a/b.txt", b"hello", kms(&key)));
    assert_eq!((&output["ServerSideEncryption"], text(&output["SSEKMSKeyId"])), (&json!("aws:kms"), key));
    assert_eq!(
        world.asked(),
        [r#"GenerateDataKey {"aws:s3:arn":"arn:aws:s3:::docs/a/b.txt"} s3.amazonaws.com root"#]
    );
    assert_eq!(bytes(&world.ok(S3, "GetObject", get("a/b.txt"))["Body"]), b"hello");
    assert_eq!(
        world.asked(),
        [r#"Decrypt {"aws:s3:arn":"arn:aws:s3:::docs/a/b.txt"} s3.amazonaws.com root"#]
    );
    world.ok(S3, "HeadObject", get("a/b.txt"));
    assert_eq!(world.asked(), [""; 0], "HeadObject opens nothing");
}

#[test]
fn a_context_of_the_callers_own() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    let mut more = kms(&key);
    more["SSEKMSEncryptionContext"] = b64(br#"{"team":"blue"}"#).into();
    world.ok(S3, "PutObject", put("a", b"hello", more.clone()));
    let expect = r#"{"aws:s3:arn":"arn:aws:s3:::docs/a","team":"blue"} s3.amazonaws.com root"#;
    assert_eq!(world.asked(), [format!("GenerateDataKey {expect}")]);
    world.ok(S3, "GetObject", get("a"));
    assert_eq!(world.asked(), [format!("Decrypt {expect}")]);
    for bad in ["{}x", "[]", r#"{"n":1}"#, r#"{"aws:s3:arn":"arn:aws:s3:::docs/other"}"#] {
        more["SSEKMSEncryptionContext"] = b64(bad.as_bytes()).into();
        assert_eq!(
            world.refused(S3, "PutObject", put("a", b"hello", more.clone())).0,
            "InvalidArgument",
            "{bad}"
        );
    }
}

/// A hundred uploads and a hundred downloads cost one call of KMS each: 99 % less.
#[test]
fn a_bucket_key_saves_calls() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    let hundred = |world: &mut World| {
        for n in 0..100 {
            world.ok(S3, "PutObject", put(&format!("{n}"), format!("object {n}").as_bytes(), json!({})));
        }
        for n in 0..100 {
            let body = bytes(&world.ok(S3, "GetObject", get(&format!("{n}")))["Body"]);
            assert_eq!(body, format!("object {n}").as_bytes());
        }
        world.asked()
    };
    default(&mut world, "aws:kms", Some(&key), false);
    let without = hundred(&mut world);
    default(&mut world, "aws:kms", Some(&key), true);
    let with = hundred(&mut world);
    assert_eq!((without.len(), with.len()), (200, 2));
    let context = r#"{"aws:s3:arn":"arn:aws:s3:::docs"} s3.amazonaws.com root"#;
    assert_eq!(with, [format!("GenerateDataKey {context}"), format!("Decrypt {context}")]);
    let head = world.ok(S3, "HeadObject", get("7"));
    assert_eq!((&head["BucketKeyEnabled"], &head["SSEKMSKeyId"]), (&json!(true), &json!(key)));
}

#[test]
fn a_bucket_key_does_not_last_and_is_each_requesters_own() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    default(&mut world, "aws:kms", Some(&key), true);
    let upload = |world: &mut World| {
        world.ok(S3, "PutObject", put("a", b"hello", json!({})));
        world.asked().len()
    };
    assert_eq!((upload(&mut world), upload(&mut world)), (1, 0));
    world.become_user("ann", json!(["s3:*", "kms:*"]));
    assert_eq!((upload(&mut world), upload(&mut world)), (1, 0));
    world.become_root();
    assert_eq!(upload(&mut world), 0);
    world.later(299);
    assert_eq!(upload(&mut world), 0);
    world.later(1);
    assert_eq!(upload(&mut world), 1);
    let kept = world.state.resources("s3/key/").count();
    assert_eq!(kept, 2, "what is past is dropped with the next of the same requester");
}

/// Who may write is not one who may read, whatever S3 still has.
#[test]
fn writing_is_not_reading() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    default(&mut world, "aws:kms", Some(&key), true);
    world.become_user("writer", json!(["s3:*", "kms:GenerateDataKey"]));
    world.ok(S3, "PutObject", put("a", b"hello", json!({})));
    let (name, message) = world.refused(S3, "GetObject", get("a"));
    assert_eq!(name, "AccessDenied");
    let text = "on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action";
    assert!(message.ends_with(text), "{message}");
    let asked = world.asked();
    assert!(asked[1].ends_with("user/writer AccessDenied") && asked[1].starts_with("Decrypt"), "{asked:?}");
}

#[test]
fn two_layers() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    default(&mut world, "aws:kms:dsse", Some(&key), true);
    let output = world.ok(S3, "PutObject", put("a", b"hello", json!({})));
    assert_eq!(
        (&output["ServerSideEncryption"], &output["BucketKeyEnabled"]),
        (&json!("aws:kms:dsse"), &Value::Null)
    );
    assert_eq!(bytes(&world.ok(S3, "GetObject", get("a"))["Body"]), b"hello");
    let context = r#"{"aws:s3:arn":"arn:aws:s3:::docs/a"} s3.amazonaws.com root"#;
    assert_eq!(world.asked(), [format!("GenerateDataKey {context}"), format!("Decrypt {context}")]);
    let record = world.state.resource("s3/object/docs/a").unwrap();
    let object: Value = serde_json::from_str(&record.value).unwrap();
    assert_eq!(bytes(&object["data"]).len(), 5 + 2 * (12 + 16), "two nonces and two tags");
}

#[test]
fn the_aws_managed_key_appears_with_its_first_use() {
    let mut world = World::with_bucket("docs");
    let keys = |world: &mut World| world.ok(Kms, "ListKeys", json!({}))["Keys"].as_array().unwrap().len();
    let no_bucket = json!({"Bucket": "none", "Key": "a", "ServerSideEncryption": "aws:kms"});
    assert_eq!(world.refused(S3, "PutObject", no_bucket).0, "NoSuchBucket");
    assert_eq!(keys(&mut world), 0);
    world.ok(S3, "PutObject", put("a", b"hello", json!({"ServerSideEncryption": "aws:kms"})));
    let there = world.ok(Kms, "DescribeKey", json!({"KeyId": "alias/aws/s3"}));
    assert_eq!(there["KeyMetadata"]["KeyManager"], "AWS");
    assert_eq!(world.asked().len(), 1);
    world.ok(S3, "PutObject", put("b", b"hello", kms("alias/aws/s3")));
    assert_eq!(world.asked().len(), 1);
    // Whoever may use the bucket needs no leave of KMS for it, but only through S3.
    world.become_user("ann", json!(["s3:*"]));
    assert_eq!(bytes(&world.ok(S3, "GetObject", get("a"))["Body"]), b"hello");
    let direct = json!({"KeyId": "alias/aws/s3", "Plaintext": b64(b"hello")});
    assert_eq!(world.refused(Kms, "Encrypt", direct).0, "AccessDeniedException");
}

#[test]
fn s3_uses_the_key_that_describe_key_has_associated() {
    let mut world = World::with_bucket("docs");
    let described = world.ok(Kms, "DescribeKey", json!({"KeyId": "alias/aws/s3"}));
    let put = world.ok(S3, "PutObject", put("a", b"hello", json!({"ServerSideEncryption": "aws:kms"})));
    assert_eq!(put["SSEKMSKeyId"], described["KeyMetadata"]["Arn"]);
    world.become_user("ann", json!(["s3:*"]));
    assert_eq!(bytes(&world.ok(S3, "GetObject", get("a"))["Body"]), b"hello");
}

#[test]
fn what_kms_refuses_leaves_nothing_but_a_record() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    world.ok(S3, "PutObject", put("a", b"hello", kms(&key)));
    let before = world.store.len();
    for (operation, body, expect, message) in [
        ("DisableKey", json!({"KeyId": key}), "KMS.DisabledException", "is disabled"),
        ("ScheduleKeyDeletion", json!({"KeyId": key}), "KMS.KMSInvalidStateException", "is pending deletion"),
    ] {
        world.ok(Kms, operation, body);
        world.log.clear();
        for (name, text) in [
            world.refused(S3, "GetObject", get("a")),
            world.refused(S3, "PutObject", put("b", b"hello", kms(&key))),
            world.refused(S3, "CopyObject", json!({"Bucket": "docs", "Key": "c", "CopySource": "docs/a"})),
        ] {
            assert_eq!(name, expect);
            assert!(text.contains(message), "{text}");
        }
        let code = expect.trim_start_matches("KMS.");
        let asked = world.asked();
        assert!(asked.len() == 3 && asked.iter().all(|line| line.ends_with(code)), "{asked:?}");
    }
    assert_eq!(world.store.len(), before);
    let missing = kms("arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000");
    assert_eq!(world.refused(S3, "PutObject", put("b", b"hello", missing)).0, "KMS.NotFoundException");
}

#[test]
fn the_caller_needs_leave_of_kms() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    world.ok(S3, "PutObject", put("a", b"hello", kms(&key)));
    world.become_user("ann", json!(["s3:*"]));
    world.log.clear();
    let denied =
        "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: kms:GenerateDataKey on";
    let hidden = "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: kms:Decrypt on the resource \
         associated with this ciphertext because no identity-based policy allows the kms:Decrypt action";
    for (operation, input, expect) in
        [("PutObject", put("b", b"hello", kms(&key)), denied), ("GetObject", get("a"), hidden)]
    {
        let (name, message) = world.refused(S3, operation, input);
        assert_eq!(name, "AccessDenied");
        assert!(message.starts_with(expect), "{message}");
    }
    let asked = world.asked();
    assert!(asked.iter().all(|line| line.ends_with("s3.amazonaws.com user/ann AccessDenied")), "{asked:?}");
}

/// A policy that lets a user come through S3 only.
#[test]
fn via_service_tells_the_ways_apart() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    world.become_user("ann", json!(["s3:*"]));
    world.become_root();
    let statement = json!({
        "Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": "*",
        "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}},
    });
    let document = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let body = json!({"UserName": "ann", "PolicyName": "through-s3", "PolicyDocument": document});
    world.ok(Iam, "PutUserPolicy", body);
    let account = world.caller.place.account.clone();
    world.caller.principal =
        waxseal_kms::Principal::User { account, path: "/".to_owned(), name: "ann".to_owned() };
    world.ok(S3, "PutObject", put("a", b"hello", kms(&key)));
    world.ok(S3, "GetObject", get("a"));
    let direct = json!({"KeyId": key, "KeySpec": "AES_256"});
    assert_eq!(world.refused(Kms, "GenerateDataKey", direct).0, "AccessDeniedException");
}

#[test]
fn a_copy_is_encrypted_anew() {
    let mut world = World::with_bucket("docs");
    let (old, new) = (world.key(), world.key());
    world.ok(S3, "PutObject", put("a", b"hello", kms(&old)));
    world.log.clear();
    let mut input = json!({"Bucket": "docs", "Key": "b", "CopySource": "docs/a"});
    input.as_object_mut().unwrap().extend(kms(&new).as_object().cloned().unwrap());
    let output = world.ok(S3, "CopyObject", input);
    assert_eq!(text(&output["SSEKMSKeyId"]), new);
    assert_eq!(
        world.asked(),
        [
            r#"Decrypt {"aws:s3:arn":"arn:aws:s3:::docs/a"} s3.amazonaws.com root"#,
            r#"GenerateDataKey {"aws:s3:arn":"arn:aws:s3:::docs/b"} s3.amazonaws.com root"#,
        ]
    );
    world.ok(Kms, "DisableKey", json!({"KeyId": old}));
    assert_eq!(bytes(&world.ok(S3, "GetObject", get("b"))["Body"]), b"hello");
}

#[test]
fn the_buckets_default() {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    let rule = |world: &mut World| {
        let output = world.ok(S3, "GetBucketEncryption", json!({"Bucket": "docs"}));
        output["ServerSideEncryptionConfiguration"]["Rules"][0].clone()
    };
    assert_eq!(
        rule(&mut world),
        json!({
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256", "KMSMasterKeyID": null},
            "BucketKeyEnabled": false, "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]},
        })
    );
    default(&mut world, "aws:kms", Some(&key), true);
    assert_eq!(rule(&mut world)["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"], json!(key));
    // What the upload says goes before.
    let output = world.ok(S3, "PutObject", put("a", b"hello", json!({"ServerSideEncryption": "AES256"})));
    assert_eq!((&output["ServerSideEncryption"], &output["SSEKMSKeyId"]), (&json!("AES256"), &Value::Null));
    let output = world.ok(S3, "PutObject", put("b", b"hello", json!({"BucketKeyEnabled": false})));
    assert_eq!((&output["BucketKeyEnabled"], text(&output["SSEKMSKeyId"])), (&Value::Null, key.clone()));
    for bad in [
        json!({"SSEAlgorithm": "AES256", "KMSMasterKeyID": key}),
        json!({"SSEAlgorithm": "rot13"}),
        json!({}),
    ] {
        let rules = json!([{"ApplyServerSideEncryptionByDefault": bad}]);
        let input = json!({"Bucket": "docs", "ServerSideEncryptionConfiguration": {"Rules": rules}});
        world.refused(S3, "PutBucketEncryption", input);
    }
    let alone = json!({"SSEKMSKeyId": key});
    assert_eq!(world.refused(S3, "PutObject", put("c", b"hello", alone)).0, "InvalidArgument");
}
