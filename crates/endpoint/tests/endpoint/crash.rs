//! An endpoint that is killed at any moment keeps what it has acknowledged.
//!
//! `WAXSEAL_CRASHES` says how often it is killed (10).

use std::{path::Path, thread, time::Duration};

use serde_json::{Value, json};

use crate::process::{Client, Endpoint};

/// How many callers there are, each with a connection and keys of its own.
const CALLERS: usize = 8;
/// Keys that a caller uses at a time.
const KEYS: usize = 4;

/// A key as its caller knows it. What was asked for when the endpoint was killed may have happened or not.
#[derive(Debug, Clone, Default)]
struct Key {
    id: String,
    description: [String; 2],
    aliases: Vec<String>,
    ciphertexts: Vec<Value>,
}

/// What a caller was told.
#[derive(Debug, Clone, Default)]
struct Known {
    keys: Vec<Key>,
    now: f64,
    calls: usize,
}

/// A small generator of numbers (splitmix64), so that a failure can be had again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

#[test]
fn nothing_acknowledged_is_lost() {
    let crashes = std::env::var("WAXSEAL_CRASHES").map_or(10, |number| number.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.state");
    let mut known = vec![Known::default(); CALLERS];
    let mut dice = Dice(crashes);
    for crash in 0..crashes {
        let after = Duration::from_micros(dice.below(200_000));
        known = load_and_kill(&path, known, crash, after);
        let endpoint = Endpoint::with_state(&path);
        let client = endpoint.client();
        for caller in &mut known {
            verify(&client, caller);
        }
    }
    let calls: usize = known.iter().map(|caller| caller.calls).sum();
    println!("{crashes} crashes, {calls} acknowledged calls");
    assert!(calls as u64 > crashes * 5, "there was hardly any load: {calls} calls");
}

/// Lets the callers call until the endpoint is killed.
fn load_and_kill(path: &Path, known: Vec<Known>, crash: u64, after: Duration) -> Vec<Known> {
    let endpoint = Endpoint::with_state(path);
    thread::scope(|scope| {
        let callers: Vec<_> = known
            .into_iter()
            .enumerate()
            .map(|(number, mut known)| {
                let client = endpoint.client();
                let seed = crash * 1000 + number as u64;
                scope.spawn(move || {
                    let mut dice = Dice(seed);
                    while call(&client, &mut known, number, &mut dice).is_some() {
                        known.calls += 1;
                    }
                    known
                })
            })
            .collect();
        // Not to wait for anything, but to hit a moment.
        thread::sleep(after);
        endpoint.end("KILL");
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    })
}

/// One call. None when it was not answered.
fn call(client: &Client, known: &mut Known, caller: usize, dice: &mut Dice) -> Option<()> {
    if caller == 0 && dice.below(2) == 0 {
        return delete_a_key(client, known);
    }
    if known.keys.len() < KEYS {
        let id = answer(client, "CreateKey", &json!({}))?["KeyMetadata"]["KeyId"].as_str()?.to_owned();
        known.keys.push(Key { id, ..Key::default() });
        return Some(());
    }
    let which = dice.below(known.keys.len() as u64) as usize;
    let key = &mut known.keys[which];
    match dice.below(3) {
        0 => {
            key.description[1] = format!("{:x}", dice.below(u64::MAX));
            answer(
                client,
                "UpdateKeyDescription",
                &json!({ "KeyId": key.id, "Description": key.description[1] }),
            )?;
            key.description[0] = key.description[1].clone();
        }
        1 if key.aliases.len() < 20 => {
            let alias = format!("alias/{:x}", dice.below(u64::MAX));
            answer(client, "CreateAlias", &json!({ "AliasName": alias, "TargetKeyId": key.id }))?;
            key.aliases.push(alias);
        }
        _ => {
            let sealed = answer(client, "Encrypt", &json!({ "KeyId": key.id, "Plaintext": "aGVsbG8=" }))?;
            key.ciphertexts.push(sealed["CiphertextBlob"].clone());
        }
    }
    Some(())
}

/// Makes a key and lets its time come, whereupon the state file is written anew.
fn delete_a_key(client: &Client, known: &mut Known) -> Option<()> {
    let id = answer(client, "CreateKey", &json!({}))?["KeyMetadata"]["KeyId"].clone();
    answer(client, "ScheduleKeyDeletion", &json!({ "KeyId": id, "PendingWindowInDays": 7 }))?;
    known.now = client.try_advance(7 * 86_400)?;
    Some(())
}

/// What an operation that succeeds answers. None when it was not answered.
fn answer(client: &Client, operation: &str, input: &Value) -> Option<Value> {
    let answer = client.try_call(operation, input)?;
    assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
    Some(if answer.body.is_empty() { Value::Null } else { answer.json() })
}

/// Everything that a caller was told is still so. Then the caller starts afresh now and then.
fn verify(client: &Client, known: &mut Known) {
    assert!(client.try_advance(0).unwrap() >= known.now, "the clock went back");
    for key in &mut known.keys {
        let metadata = client.call("DescribeKey", &json!({ "KeyId": key.id }));
        let description = metadata["KeyMetadata"]["Description"].as_str().unwrap();
        assert!(key.description.iter().any(|it| it == description), "{description}: {key:?}");
        key.description = [description.to_owned(), description.to_owned()];
        for alias in &key.aliases {
            let found = client.call("DescribeKey", &json!({ "KeyId": alias }));
            assert_eq!(found["KeyMetadata"]["KeyId"], key.id.as_str());
        }
        for ciphertext in key.ciphertexts.drain(..) {
            let opened = client.call("Decrypt", &json!({ "CiphertextBlob": ciphertext }));
            assert_eq!(opened["Plaintext"], "aGVsbG8=");
        }
    }
    if known.keys.len() == KEYS {
        known.keys.remove(0);
    }
}
