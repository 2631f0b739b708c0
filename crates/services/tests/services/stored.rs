//! What a store gets to see.

use proptest::prelude::*;
use serde_json::{Value, json};
use waxseal_api::Service::{Kms, S3};

use crate::{
    s3::{get, put},
    world::{World, b64, bytes},
};

/// Every way of encrypting.
fn ways(key: &str) -> Vec<Value> {
    vec![
        json!({}),
        json!({"ServerSideEncryption": "aws:kms"}),
        json!({"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}),
        json!({"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key, "BucketKeyEnabled": true}),
        json!({"ServerSideEncryption": "aws:kms:dsse", "SSEKMSKeyId": key}),
        json!({"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b64(&[9; 32])}),
    ]
}

fn world() -> (World, String) {
    let mut world = World::with_bucket("docs");
    let key = world.key();
    let rules = json!([{"BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}}]);
    let input = json!({"Bucket": "docs", "ServerSideEncryptionConfiguration": {"Rules": rules}});
    world.ok(S3, "PutBucketEncryption", input);
    (world, key)
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Neither body nor secret of any record has the plaintext, whichever way it is encrypted; and each comes back.
    #[test]
    fn a_stored_object_never_holds_the_plaintext(plaintext in proptest::collection::vec(any::<u8>(), 12..200)) {
        let (mut world, key) = world();
        for way in ways(&key) {
            world.ok(S3, "PutObject", put("a", &plaintext, way.clone()));
            let object = &world.store[&(waxseal_kms::Table::Resources, "s3/object/docs/a".to_owned())].body;
            let object: Value = serde_json::from_str(object).unwrap();
            prop_assert!(bytes_of(&object).len() >= plaintext.len() + 12 + 16);
            for stored in world.store.values() {
                let value: Value = serde_json::from_str(&stored.body).unwrap();
                let secret = stored.secret.as_ref().map(|secret| secret.expose().to_vec()).unwrap_or_default();
                prop_assert!(!stored.body.contains(&b64(&plaintext)));
                prop_assert!(!stored.body.contains(&hex::encode(&plaintext)));
                prop_assert!(!contains(&bytes_of(&value), &plaintext) && !contains(&secret, &plaintext));
            }
            let mut input = get("a");
            for name in ["SSECustomerAlgorithm", "SSECustomerKey"] {
                input[name] = way[name].clone();
            }
            prop_assert_eq!(bytes(&world.ok(S3, "GetObject", input)["Body"]), plaintext.clone());
        }
    }
}

fn bytes_of(body: &Value) -> Vec<u8> {
    let value: Value = serde_json::from_str(body["value"].as_str().unwrap_or("null")).unwrap_or_default();
    serde_json::from_value::<waxseal_api::Blob>(value["data"].clone()).unwrap_or_default().into_bytes()
}

/// Each object is bound to its name: a store that swaps two of them is found out.
#[test]
fn an_object_does_not_open_under_another_name() {
    let (mut world, key) = world();
    for way in ways(&key) {
        world.ok(S3, "PutObject", put("a", b"hello", way.clone()));
        let body = world.store[&(waxseal_kms::Table::Resources, "s3/object/docs/a".to_owned())].body.clone();
        let moved = body
            .replace("s3/object/docs/a", "s3/object/docs/b")
            .replace(r#"\"key\":\"a\""#, r#"\"key\":\"b\""#);
        let table = waxseal_kms::Table::Resources;
        let stored =
            waxseal_kms::Stored { table, key: "s3/object/docs/b".to_owned(), body: moved, secret: None };
        world.state.restore(stored).unwrap();
        let mut input = get("b");
        for name in ["SSECustomerAlgorithm", "SSECustomerKey"] {
            input[name] = way[name].clone();
        }
        let (name, _) = world.refused(S3, "GetObject", input);
        assert!(
            ["InternalError", "KMS.InvalidCiphertextException"].contains(&name.as_str()),
            "{way}: {name}"
        );
    }
}

/// A world read back from its store goes on where it was: with its bucket keys and S3's own.
#[test]
fn a_world_is_one_value() {
    let (mut world, key) = world();
    let ways = ways(&key);
    for (n, way) in ways.iter().enumerate() {
        world.ok(S3, "PutObject", put(&n.to_string(), b"hello", way.clone()));
    }
    world.log.clear();
    world.state = world.restored();
    world.ok(S3, "PutObject", put("more", b"hello", ways[3].clone()));
    assert_eq!(world.asked(), [""; 0], "the bucket key is still there");
    for (n, way) in ways.iter().enumerate() {
        let mut input = get(&n.to_string());
        for name in ["SSECustomerAlgorithm", "SSECustomerKey"] {
            input[name] = way[name].clone();
        }
        assert_eq!(bytes(&world.ok(S3, "GetObject", input)["Body"]), b"hello");
    }
    world.ok(Kms, "ListKeys", json!({}));
}
