//! Key states against operations, by the table of the developer guide.

use serde_json::{Value, json};
use waxseal_api::operations::NAMES;

use crate::world::{World, arn};

/// The footnotes of the table that matter here: 1 disabled, 2 and 3 pending deletion, 4 not pending deletion, 10 the
/// new key of UpdateAlias.
const TABLE: &str = include_str!("../../../../tests/vectors/key-states.csv");

const STATES: [&str; 3] = ["Enabled", "Disabled", "PendingDeletion"];

/// A world with `alias/own` for the key and the key in a state; the key, another key, and a ciphertext.
fn world_with(state: &str) -> (World, String, String, String) {
    let mut world = World::new();
    let (id, other) = (world.key(), world.key());
    world.alias("alias/own", &id);
    let blob = world.encrypted(&id, json!({}));
    match state {
        "Disabled" => drop(world.ok("DisableKey", json!({"KeyId": id}))),
        "PendingDeletion" => drop(world.ok("ScheduleKeyDeletion", json!({"KeyId": id}))),
        _ => {}
    }
    (world, id, other, blob)
}

fn body(operation: &str, id: &str, other: &str, blob: &str) -> Value {
    match operation {
        "CreateAlias" => json!({"AliasName": "alias/new", "TargetKeyId": id}),
        "UpdateAlias" => json!({"AliasName": "alias/own", "TargetKeyId": other}),
        "DeleteAlias" => json!({"AliasName": "alias/own"}),
        "Encrypt" => json!({"KeyId": id, "Plaintext": "AA=="}),
        "Decrypt" => json!({"CiphertextBlob": blob}),
        "ReEncrypt" => json!({"CiphertextBlob": blob, "DestinationKeyId": other}),
        "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => json!({"KeyId": id, "KeySpec": "AES_256"}),
        "UpdateKeyDescription" => json!({"KeyId": id, "Description": ""}),
        _ => json!({"KeyId": id}),
    }
}

/// What a cell says, as the refusal's text.
fn refusal(cell: &str, arn: &str) -> Option<String> {
    match cell.split_whitespace().collect::<String>().as_str() {
        "✓" => None,
        "X[1]" => Some(format!("DisabledException: {arn} is disabled.")),
        "X[3]" | "X[2]or[3]" => Some(format!("KMSInvalidStateException: {arn} is pending deletion.")),
        "X[4]" => Some(format!("KMSInvalidStateException: {arn} is not pending deletion.")),
        other => panic!("a cell that nobody has thought of: {other}"),
    }
}

#[test]
fn every_operation_in_every_state() {
    let mut rows = 0;
    for row in TABLE.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let operation = cells[0];
        if !NAMES.contains(&operation) {
            continue;
        }
        rows += 1;
        for (state, cell) in STATES.iter().zip(&cells[1..]) {
            let (mut world, id, other, blob) = world_with(state);
            let cell = if *cell == "?[10]" { "✓" } else { cell };
            let result = world.send(operation, &body(operation, &id, &other, &blob).to_string()).result;
            let refused = result.err().map(|error| error.to_string());
            assert_eq!(refused, refusal(cell, &arn(&id)), "{operation} on a key that is {state}");
        }
    }
    let without_key = ["CreateKey", "ListKeys", "GenerateRandom"];
    assert_eq!(rows, NAMES.len() - without_key.len());
}

#[test]
fn an_alias_leaves_a_key_that_goes_but_does_not_come_to_it() {
    let (mut world, going, staying, _) = world_with("PendingDeletion");
    world.alias("alias/other", &staying);
    let expect = format!("KMSInvalidStateException: {} is pending deletion.", arn(&going));
    world.refused("UpdateAlias", json!({"AliasName": "alias/other", "TargetKeyId": going}), &expect);
    world.ok("UpdateAlias", json!({"AliasName": "alias/own", "TargetKeyId": staying}));
}

#[test]
fn both_keys_of_a_move_have_to_be_usable() {
    for state in ["Disabled", "PendingDeletion"] {
        let (mut world, id, other, _) = world_with(state);
        let blob = world.encrypted(&other, json!({}));
        let body = json!({"CiphertextBlob": blob, "DestinationKeyId": id});
        let error = world.send("ReEncrypt", &body.to_string()).result.unwrap_err();
        assert!(error.message.starts_with(&arn(&id)), "{error}");
    }
}

#[test]
fn a_ciphertext_outlives_the_time_its_key_was_off() {
    let (mut world, id, _, blob) = world_with("PendingDeletion");
    world.ok("CancelKeyDeletion", json!({"KeyId": id}));
    world.ok("EnableKey", json!({"KeyId": id}));
    world.ok("Decrypt", json!({"CiphertextBlob": blob}));
}
