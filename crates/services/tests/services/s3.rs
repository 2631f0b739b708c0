//! Buckets and objects, and keys that callers bring.

use serde_json::{Value, json};
use waxseal_api::{Service::S3, trace::Step};
use waxseal_crypto::md5;

use crate::world::{World, b64, bytes, text};

pub(crate) fn put(key: &str, body: &[u8], more: Value) -> Value {
    let mut input = json!({"Bucket": "docs", "Key": key, "Body": b64(body)});
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    input
}

pub(crate) fn get(key: &str) -> Value {
    json!({"Bucket": "docs", "Key": key})
}

fn with(mut input: Value, more: Value) -> Value {
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    input
}

#[test]
fn what_is_put_is_what_is_got() {
    let mut world = World::with_bucket("docs");
    let more = json!({"ContentType": "text/plain", "Metadata": {"for": "tests"}});
    let output = world.ok(S3, "PutObject", put("a.txt", b"hello", more));
    assert_eq!(
        output,
        json!({"ETag": "\"5d41402abc4b2a76b9719d911017c592\"", "ServerSideEncryption": "AES256"})
    );
    let output = world.ok(S3, "GetObject", get("a.txt"));
    assert_eq!(bytes(&output["Body"]), b"hello");
    assert_eq!(
        output,
        json!({
            "AcceptRanges": "bytes", "Body": b64(b"hello"), "ContentLength": 5, "ContentType": "text/plain",
            "ETag": "\"5d41402abc4b2a76b9719d911017c592\"", "LastModified": 1_795_521_600,
            "Metadata": {"for": "tests"}, "ServerSideEncryption": "AES256",
        })
    );
    let mut head = output;
    head.as_object_mut().unwrap().remove("Body");
    assert_eq!(world.ok(S3, "HeadObject", get("a.txt")), head);
    assert_eq!(world.asked(), [""; 0], "SSE-S3 has nothing to do with KMS");
    world.ok(S3, "DeleteObject", get("a.txt"));
    world.ok(S3, "DeleteObject", get("a.txt"));
    assert_eq!(world.refused(S3, "GetObject", get("a.txt")).0, "NoSuchKey");
    assert_eq!(world.refused(S3, "HeadObject", get("a.txt")), ("404".into(), "Not Found".into()));
}

#[test]
fn buckets() {
    let mut world = World::with_bucket("docs");
    let create = |name: &str| json!({"Bucket": name, "CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}});
    for (body, expect) in [
        (create("docs"), "BucketAlreadyOwnedByYou"),
        (create("Docs"), "InvalidBucketName"),
        (create("-ocs"), "InvalidBucketName"),
        (create("d..s"), "InvalidBucketName"),
        (create("do"), "InvalidBucketName"),
        (json!({"Bucket": "other"}), "IllegalLocationConstraintException"),
    ] {
        assert_eq!(world.refused(S3, "CreateBucket", body.clone()).0, expect, "{body}");
    }
    world.ok(S3, "PutObject", put("a", b"", json!({})));
    assert_eq!(world.refused(S3, "DeleteBucket", json!({"Bucket": "docs"})).0, "BucketNotEmpty");
    let list = world.ok(S3, "ListBuckets", json!({}));
    assert_eq!(list["Buckets"][0]["Name"], "docs");
    let mine = std::mem::replace(&mut world.caller.place.account, "444455556666".parse().unwrap());
    world.become_root();
    assert_eq!(world.refused(S3, "CreateBucket", create("docs")).0, "BucketAlreadyExists");
    assert_eq!(world.refused(S3, "GetObject", get("a")).0, "AccessDenied");
    assert_eq!(world.ok(S3, "ListBuckets", json!({}))["Buckets"], json!([]));
    world.caller.place.account = mine;
    world.become_root();
    world.ok(S3, "DeleteObject", get("a"));
    world.ok(S3, "DeleteBucket", json!({"Bucket": "docs"}));
    assert_eq!(world.refused(S3, "GetObject", get("a")).0, "NoSuchBucket");
    assert_eq!(world.refused(S3, "PutBucketTagging", get("a")).0, "UnknownOperationException");
}

/// Page by page, with and without folders, everything is listed once and in order.
#[test]
fn lists() {
    let mut world = World::with_bucket("docs");
    for key in ["b", "a/1", "a/2", "a/b/3", "c/4", "d"] {
        world.ok(S3, "PutObject", put(key, b"x", json!({})));
    }
    let mut list = |more: Value| {
        let mut all: Vec<String> = Vec::new();
        let mut token = Value::Null;
        loop {
            let input = with(json!({"Bucket": "docs", "ContinuationToken": token}), more.clone());
            let page = world.ok(S3, "ListObjectsV2", input);
            let listed = |list: &str, member: &str| {
                let items = page[list].as_array().cloned().unwrap_or_default();
                items.iter().map(|item| text(&item[member])).collect::<Vec<_>>()
            };
            all.extend(listed("Contents", "Key").into_iter().chain(listed("CommonPrefixes", "Prefix")));
            token = page["NextContinuationToken"].clone();
            assert_eq!(page["IsTruncated"], json!(!token.is_null()));
            if token.is_null() {
                return all;
            }
        }
    };
    for size in 1..7 {
        let keys = list(json!({"MaxKeys": size}));
        assert_eq!(keys, ["a/1", "a/2", "a/b/3", "b", "c/4", "d"], "{size}");
        assert_eq!(list(json!({"MaxKeys": size, "Prefix": "a/"})), ["a/1", "a/2", "a/b/3"], "{size}");
        let mut top = list(json!({"MaxKeys": size, "Delimiter": "/"}));
        top.sort();
        assert_eq!(top, ["a/", "b", "c/", "d"], "{size}");
    }
    let below = list(json!({"Prefix": "a/", "Delimiter": "/"}));
    assert_eq!(below, ["a/1", "a/2", "a/b/"]);
    assert_eq!(list(json!({"Prefix": "none"})), [""; 0]);
    assert_eq!(list(json!({"MaxKeys": 0})), [""; 0]);
}

fn customer(key: &[u8]) -> Value {
    json!({"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b64(key)})
}

fn unblock(world: &mut World) {
    let rules = json!([{"BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}}]);
    let input = json!({"Bucket": "docs", "ServerSideEncryptionConfiguration": {"Rules": rules}});
    world.ok(S3, "PutBucketEncryption", input);
}

#[test]
fn a_callers_key_opens_what_it_has_closed_and_is_not_kept() {
    let mut world = World::with_bucket("docs");
    let (key, other) = ([5; 32], [6; 32]);
    let refused = world.refused(S3, "PutObject", put("a", b"hello", customer(&key)));
    assert_eq!(refused.0, "AccessDenied", "new buckets take no keys of callers");
    unblock(&mut world);
    let output = world.ok(S3, "PutObject", put("a", b"hello", customer(&key)));
    assert_eq!(output["SSECustomerKeyMD5"], b64(&md5(&key)));
    assert_eq!(output["ServerSideEncryption"], Value::Null);
    assert_eq!(bytes(&world.ok(S3, "GetObject", with(get("a"), customer(&key)))["Body"]), b"hello");
    world.ok(S3, "HeadObject", with(get("a"), customer(&key)));

    let wrong_md5 = json!({"SSECustomerKeyMD5": b64(&md5(&other))});
    for (more, name, head) in [
        (json!({}), "InvalidRequest", "400"),
        (customer(&other), "AccessDenied", "403"),
        (customer(&[5; 31]), "InvalidArgument", "400"),
        (with(customer(&key), wrong_md5), "InvalidArgument", "400"),
        (json!({"SSECustomerAlgorithm": "AES256"}), "InvalidArgument", "400"),
        (
            with(customer(&key), json!({"SSECustomerAlgorithm": "AES128"})),
            "InvalidEncryptionAlgorithmError",
            "400",
        ),
    ] {
        assert_eq!(world.refused(S3, "GetObject", with(get("a"), more.clone())).0, name, "{more}");
        assert_eq!(world.refused(S3, "HeadObject", with(get("a"), more.clone())).0, head, "{more}");
    }
    world.ok(S3, "PutObject", put("b", b"hello", json!({})));
    assert_eq!(world.refused(S3, "GetObject", with(get("b"), customer(&key))).0, "InvalidRequest");

    let from = json!({
        "CopySource": "docs/a", "CopySourceSSECustomerAlgorithm": "AES256", "CopySourceSSECustomerKey": b64(&key),
    });
    world.ok(S3, "CopyObject", with(get("c"), from));
    assert_eq!(bytes(&world.ok(S3, "GetObject", get("c"))["Body"]), b"hello");
    assert_eq!(world.asked(), [""; 0]);
    for stored in world.store.values() {
        assert!(!stored.body.contains(&b64(&key)) && !stored.body.contains(&hex::encode(key)));
    }
}

/// A user needs leave of S3 itself; the words are those of AWS.
#[test]
fn who_may_not() {
    let mut world = World::with_bucket("docs");
    world.become_user("ann", json!("s3:GetObject"));
    let (name, message) = world.refused(S3, "PutObject", put("a", b"hello", json!({})));
    assert_eq!(name, "AccessDenied");
    assert_eq!(
        message,
        "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:PutObject on resource: \
         arn:aws:s3:::docs/a because no identity-based policy allows the s3:PutObject action"
    );
    let steps = &world.log.last().unwrap().trace.steps;
    assert!(
        matches!(steps[..], [Step::Request { .. }, Step::Denied { .. }, Step::Refused { .. }]),
        "{steps:?}"
    );
    let record = &world.log.last().unwrap().audit;
    assert_eq!(record.event_source, "s3.amazonaws.com");
    assert_eq!(record.error_code.as_deref(), Some("AccessDenied"));
    assert_eq!(record.request_parameters, Some(json!({"bucketName": "docs", "key": "a"})));
    assert_eq!(world.refused(S3, "HeadObject", get("a")), ("403".into(), "Forbidden".into()));
    let (name, message) = world.refused(S3, "GetObject", get("a"));
    assert_eq!(name, "AccessDenied", "who may not list does not hear that it is not there");
    assert!(message.contains("s3:ListBucket on resource: arn:aws:s3:::docs because"), "{message}");
    world.become_user("bob", json!(["s3:GetObject", "s3:ListBucket"]));
    assert_eq!(world.refused(S3, "GetObject", get("a")).0, "NoSuchKey");
}
