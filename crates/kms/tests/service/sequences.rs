//! Whatever callers do, in whatever order.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use waxseal_api::Reply;

use crate::world::{ACCOUNT, OTHER_ACCOUNT, REGION, World, arn, b64, caller};

/// One move of a caller: which operation, and choices for what it needs.
#[derive(Debug, Clone)]
struct Move {
    operation: &'static str,
    key: usize,
    alias: usize,
    blob: usize,
    context: usize,
    number: i64,
    foreign: bool,
    days: i64,
}

fn moves() -> impl Strategy<Value = Move> {
    let operation = prop::sample::select(waxseal_api::operations::NAMES);
    let days = prop_oneof![4 => Just(0), 1 => 1..9_i64];
    (operation, 0..6_usize, 0..4_usize, 0..8_usize, 0..3_usize, -1..40_i64, prop::bool::weighted(0.1), days)
        .prop_map(|(operation, key, alias, blob, context, number, foreign, days)| Move {
            operation,
            key,
            alias,
            blob,
            context,
            number,
            foreign,
            days,
        })
}

/// A world with what its callers have seen so far.
struct Play {
    world: World,
    keys: Vec<String>,
    blobs: Vec<(String, Value)>,
}

impl Play {
    fn new() -> Self {
        let mut world = World::new();
        let keys = vec![world.key()];
        Self { world, keys, blobs: Vec::new() }
    }

    fn body(&self, step: &Move) -> Value {
        let key = match step.key {
            5 => "alias/a0".to_owned(),
            n => self.keys[n % self.keys.len()].clone(),
        };
        let context = match step.context {
            0 => json!({}),
            n => json!({"n": n.to_string()}),
        };
        let (blob, was) = match self.blobs.len() {
            0 => ("AAAA".to_owned(), json!({})),
            n => self.blobs[step.blob % n].clone(),
        };
        json!({
            "KeyId": key, "TargetKeyId": key, "DestinationKeyId": key,
            "AliasName": format!("alias/a{}", step.alias),
            "Plaintext": b64(&vec![9; step.number.max(0) as usize]),
            "CiphertextBlob": blob,
            "EncryptionContext": if step.operation == "Decrypt" { &was } else { &context },
            "SourceEncryptionContext": was, "DestinationEncryptionContext": context,
            "NumberOfBytes": step.number, "PendingWindowInDays": step.number, "Description": "x",
        })
    }

    /// The body with only those members that the operation takes a value for.
    fn send(&mut self, step: &Move) -> Reply {
        let mut body = self.body(step);
        if step.operation == "ListAliases" || step.operation == "CreateKey" {
            body = json!({});
        }
        self.world.caller = caller(if step.foreign { OTHER_ACCOUNT } else { ACCOUNT }, REGION);
        let reply = self.world.send(step.operation, &body.to_string());
        self.world.caller = caller(ACCOUNT, REGION);
        self.remember(step, &body, &reply);
        self.world.later(step.days);
        reply
    }

    fn remember(&mut self, step: &Move, body: &Value, reply: &Reply) {
        let Ok(text) = &reply.result else { return };
        let output: Value = serde_json::from_str(text).unwrap();
        if let (Some(id), false) = (output["KeyMetadata"]["KeyId"].as_str(), step.foreign) {
            self.keys.push(id.to_owned());
        }
        if let Some(blob) = output["CiphertextBlob"].as_str() {
            let name = if step.operation == "ReEncrypt" {
                "DestinationEncryptionContext"
            } else {
                "EncryptionContext"
            };
            self.blobs.push((blob.to_owned(), body[name].clone()));
        }
    }

    /// No key material, in any of the ways bytes are written.
    fn check_secrecy(&self, reply: &Reply) {
        let told = serde_json::to_string(reply).unwrap();
        for material in &self.world.materials {
            assert!(!told.contains(&b64(material)));
            assert!(!told.contains(&hex::encode(material)));
            assert!(!told.contains(&serde_json::to_string(material).unwrap()));
        }
    }

    fn check_invariants(&mut self) {
        let mut alive = BTreeSet::new();
        for key in self.world.ok("ListKeys", json!({"Limit": 1000}))["Keys"].as_array().unwrap() {
            let metadata = &self.world.ok("DescribeKey", json!({"KeyId": key["KeyId"]}))["KeyMetadata"];
            assert_eq!(metadata["Enabled"], metadata["KeyState"] == "Enabled");
            assert_eq!(metadata.get("DeletionDate").is_some(), metadata["KeyState"] == "PendingDeletion");
            assert_eq!(metadata["Arn"], arn(metadata["KeyId"].as_str().unwrap()));
            alive.insert(metadata["KeyId"].clone().to_string());
        }
        for alias in self.world.ok("ListAliases", json!({"Limit": 100}))["Aliases"].as_array().unwrap() {
            assert!(alive.contains(&alias["TargetKeyId"].to_string()), "{alias}");
        }
    }

    /// The same world, read back from what it has stored.
    fn reopened(&self) -> Self {
        Self { world: self.world.reopened(), keys: self.keys.clone(), blobs: self.blobs.clone() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn invariants_hold(steps in prop::collection::vec(moves(), 1..40)) {
        let mut play = Play::new();
        for step in &steps {
            let reply = play.send(step);
            play.check_secrecy(&reply);
            play.check_invariants();
            if step.days > 4 {
                play.world.tick();
            }
        }
    }

    #[test]
    fn a_reopened_world_goes_on_the_same(
        before in prop::collection::vec(moves(), 1..30),
        after in prop::collection::vec(moves(), 1..15),
    ) {
        let mut play = Play::new();
        for step in &before {
            play.send(step);
        }
        let mut again = play.reopened();
        for step in &after {
            let (one, two) = (play.send(step), again.send(step));
            prop_assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&two).unwrap());
        }
        prop_assert_eq!(play.world.store, again.world.store);
    }

    #[test]
    fn no_text_makes_it_panic(operation in prop::sample::select(waxseal_api::operations::NAMES), body in ".*") {
        prop_assert!(World::new().send(operation, &body).result.is_err());
    }

    #[test]
    fn no_blob_makes_it_panic(start in 0..70_usize, bytes in prop::collection::vec(any::<u8>(), 1..300)) {
        let mut world = World::new();
        let id = world.key();
        let blob = crate::world::bytes(&world.encrypted(&id, json!({})));
        let body = json!({"CiphertextBlob": b64(&[&blob[..start], &bytes].concat())});
        let code = world.send("Decrypt", &body.to_string()).result.unwrap_err().code.to_string();
        prop_assert_eq!(code, "InvalidCiphertextException");
    }
}
