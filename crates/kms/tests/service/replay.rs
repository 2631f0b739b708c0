//! The audit log tells all that callers have done: whoever does it again has the same state.
//!
//! The log has neither secrets nor what is drawn at random. So the accepted calls are made again at their times and by
//! their callers, in an engine that is empty and draws other numbers, with secrets of the test's own: imported material
//! and the password of a key store. IDs are compared up to their names: what a call has answered says which ID of the
//! log is which of the new engine, and no two may become one. The materials of a key, whose IDs are digests of secrets,
//! correspond by their order. Equal have to be all records, which are keys with their states, dates, tags, policies,
//! rotation and materials, aliases, grants, key stores, wrapping keys, users, roles and credentials, and the events in
//! the log. When a key was last used is told by the log alone. What neither a caller nor time does is not in it: a key
//! store that is lost, an AWS managed key that appears.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use waxseal_api::{Service, Timestamp, audit::AuditRecord, types::TrackedOperation};
use waxseal_kms::{Caller, Principal, Table};

use crate::{
    acts::{Acts, act},
    imports::import_body,
    key_stores::{cluster, external},
    world::{World, caller, rng, text},
};

/// IDs of one engine and the same IDs of another.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// What stands in one text where the other has an ID.
    fn learn(&mut self, was: &str, is: &str) {
        assert_eq!(ids(was).count(), ids(is).count(), "{was}\n{is}");
        for (was, is) in ids(was).zip(ids(is)) {
            let known = self.0.iter().find(|(a, b)| *a == was || *b == is);
            assert!(known.is_none_or(|(a, b)| (a.as_str(), b.as_str()) == (was, is)), "{was} {is} {known:?}");
            self.0.insert(was.to_owned(), is.to_owned());
        }
    }

    fn rename(&self, text: &str) -> String {
        let known = ids(text).filter_map(|id| self.0.get_key_value(id));
        known.fold(text.to_owned(), |text, (was, is)| text.replace(was, is))
    }
}

/// The IDs in a text: of keys, grants and materials, key stores, users, roles and access keys.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter(|word| {
        let hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        let has_prefix = |prefixes: &[&str]| prefixes.iter().any(|prefix| word.starts_with(prefix));
        (matches!(word.len(), 36 | 64) && hexadecimal(word.trim_start_matches("mrk-")))
            || (word.len() == 21 && has_prefix(&["cks-", "AIDA", "AROA"]))
            || (word.len() == 20 && has_prefix(&["AKIA", "ASIA"]))
    })
}

/// A world that does what a log says.
struct Replay {
    world: World,
    names: Names,
    /// What the last call of GetParametersForImport answered, by key.
    parameters: BTreeMap<String, Value>,
    /// What stands for each imported material.
    materials: BTreeMap<String, [u8; 32]>,
}

impl Replay {
    fn of(log: &[AuditRecord], until: Timestamp) -> Self {
        let world = World { rng: rng(0x0dd), ..World::new() };
        let mut replay =
            Self { world, names: Names::default(), parameters: BTreeMap::new(), materials: BTreeMap::new() };
        for record in log.iter().filter(|record| changes(record)) {
            replay.world.now = time(record);
            replay.world.tick();
            replay.repeat(record);
        }
        replay.world.now = until;
        replay.world.tick();
        replay
    }

    fn repeat(&mut self, record: &AuditRecord) {
        let parameters = record.request_parameters.clone().unwrap_or_else(|| json!({}));
        let mut body: Value = serde_json::from_str(&self.names.rename(&parameters.to_string())).unwrap();
        body = upper_camel(body);
        self.add_secrets(record, &mut body);
        self.world.caller = caller_of(record);
        let service: Service = record.event_source.split('.').next().unwrap().parse().unwrap();
        let reply = self.world.send_to(service, &record.event_name, &body.to_string());
        let output = reply.result.unwrap_or_else(|error| panic!("{record:?}: {error}"));
        if record.event_name == "GetParametersForImport" {
            self.parameters.insert(text(&body["KeyId"]), serde_json::from_str(&output).unwrap());
        }
        let told = |record: &AuditRecord| serde_json::to_string(&record.response_elements).unwrap();
        let (was, is) = (told(record), told(&reply.audit));
        self.names.learn(&was, &is);
        assert_eq!(self.names.rename(&was), is);
    }

    /// What the log does not tell.
    fn add_secrets(&mut self, record: &AuditRecord, body: &mut Value) {
        match record.event_name.as_str() {
            "CreateCustomKeyStore" if body["CustomKeyStoreType"] == "AWS_CLOUDHSM" => {
                body["KeyStorePassword"] = cluster("", "")["KeyStorePassword"].take();
            }
            "CreateCustomKeyStore" => {
                let credential = "XksProxyAuthenticationCredential";
                body[credential] = external("", "")[credential].take();
            }
            "ImportKeyMaterial" => {
                let told = record.response_elements.as_ref().unwrap();
                let number = self.materials.len() as u8;
                // Related keys have one material; where it has no ID, the part of the ARN that they share stands for it.
                let id = |name: &str| told[name].as_str()?.rsplit('/').next();
                let material = id("keyMaterialId").or_else(|| id("keyId")).unwrap();
                let material = self.materials.entry(material.to_owned()).or_insert([100 + number; 32]);
                let key = text(&body["KeyId"]);
                let secret = import_body(&key, &self.parameters[&key], material);
                for name in ["ImportToken", "EncryptedKeyMaterial"] {
                    body[name] = secret[name].clone();
                }
            }
            // It says which grant its token was of.
            "RetireGrant" if body.get("GrantId").is_none() => {
                let grant = record.additional_event_data.as_ref().unwrap()["grantId"].as_str().unwrap();
                body["GrantId"] = self.names.rename(grant).into();
                body["KeyId"] = self.names.rename(&record.resources[0].arn).into();
            }
            _ => {}
        }
    }

    /// The names of materials, by where they stand in their keys.
    fn learn_materials(&mut self, original: &World) {
        for ((table, name), (body, _)) in
            original.store.iter().filter(|((table, _), _)| *table == Table::Keys)
        {
            if let Some((again, _)) = self.world.store.get(&(*table, self.names.rename(name))) {
                self.names.learn(body, again);
            }
        }
    }
}

/// Whether a record is of an accepted call that has changed more than when a key was last used.
fn changes(record: &AuditRecord) -> bool {
    let writes = !record.read_only || ["GetParametersForImport", "AssumeRole"].contains(&&*record.event_name);
    record.event_type == "AwsApiCall" && record.error_code.is_none() && writes
}

fn time(record: &AuditRecord) -> Timestamp {
    Timestamp::from_iso8601(&record.event_time).unwrap()
}

fn caller_of(record: &AuditRecord) -> Caller {
    let arn = record.user_identity.arn.as_ref().unwrap();
    let account = record.user_identity.account_id.as_ref().unwrap();
    let mut caller = caller(account, &record.aws_region);
    let (account, path) = (caller.place.account.clone(), "/".to_owned());
    let name = |n: usize| arn.rsplit('/').nth(n).unwrap().to_owned();
    caller.principal = match record.user_identity.kind.as_str() {
        "Root" => return caller,
        "IAMUser" => Principal::User { account, path, name: name(0) },
        "AssumedRole" => Principal::Session { account, path, role: name(1), session: name(0) },
        other => panic!("{other}"),
    };
    assert_eq!(caller.arn(), *arn);
    caller
}

/// Names as requests have them.
fn upper_camel(value: Value) -> Value {
    let member = |(name, value): (String, Value)| {
        let value = if name.contains("ncryptionContext") { value } else { upper_camel(value) };
        (name[..1].to_ascii_uppercase() + &name[1..], value)
    };
    match value {
        Value::Object(members) => members.into_iter().map(member).collect::<serde_json::Map<_, _>>().into(),
        Value::Array(items) => items.into_iter().map(upper_camel).collect::<Vec<_>>().into(),
        other => other,
    }
}

/// What is known of everything but of when keys were used, without what is drawn anew and is no ID.
fn known(world: &World, rename: impl Fn(&str) -> String) -> Vec<String> {
    let records = world.store.iter().filter(|((table, _), _)| *table != Table::Usage);
    let mut texts: Vec<String> = records
        .map(|((table, name), (body, secret))| {
            let mut body: Value = serde_json::from_str(body).unwrap();
            let mut name = name.as_str();
            if *table == Table::WrappingKeys {
                body["id"].take();
                name = name.rsplit_once('/').unwrap().0;
            }
            if let Some(credential) = body.get_mut("credential") {
                credential["sessionToken"] = credential["sessionToken"].is_string().into();
            }
            rename(&format!("{table} {name} {body} secret: {}", secret.is_some()))
        })
        .collect();
    texts.sort();
    texts
}

/// What the service did by itself, without the IDs of material that it has made: those of keys that are gone nobody knows.
fn events(log: &[AuditRecord], rename: impl Fn(&str) -> String) -> Vec<String> {
    let events = log.iter().filter(|record| record.event_type == "AwsServiceEvent");
    let mut texts: Vec<String> = events
        .map(|event| {
            let mut nameless =
                AuditRecord { request_id: String::new(), event_id: String::new(), ..event.clone() };
            if let Some(Value::Object(details)) = &mut nameless.service_event_details {
                details.retain(|name, _| !name.ends_with("KeyMaterialId"));
            }
            rename(&serde_json::to_string(&nameless).unwrap())
        })
        .collect();
    texts.sort();
    texts
}

/// When each key that is there was last used, by the log. A replica that was deleted and made again has its ARN of before, and
/// was not used yet.
fn uses_in_log(world: &World) -> BTreeMap<String, Value> {
    let mut uses = BTreeMap::new();
    for record in world.log.iter().filter(|record| record.error_code.is_none()) {
        if record.event_name == "DeleteKey" {
            record.resources.iter().for_each(|resource| drop(uses.remove(&resource.arn)));
        }
        if record.event_name.parse::<TrackedOperation>().is_err() {
            continue;
        }
        for resource in &record.resources {
            let usage = json!({
                "keyArn": resource.arn, "operation": record.event_name, "timestamp": time(record),
                "eventId": record.event_id, "requestId": record.request_id,
            });
            uses.insert(resource.arn.clone(), usage);
        }
    }
    uses.retain(|arn, _| world.store.contains_key(&(Table::Keys, arn.clone())));
    uses
}

fn uses(world: &World) -> BTreeMap<String, Value> {
    let records = world.store.iter().filter(|((table, _), _)| *table == Table::Usage);
    records.map(|((_, arn), (body, _))| (arn.clone(), serde_json::from_str(body).unwrap())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_log_leads_to_the_state(steps in prop::collection::vec(act(), 1..120)) {
        let mut acts = Acts::new();
        steps.iter().for_each(|step| acts.take(step));
        let original = acts.world;
        let mut replay = Replay::of(&original.log, original.now);
        replay.learn_materials(&original);
        let rename = |text: &str| replay.names.rename(text);
        prop_assert_eq!(known(&original, rename), known(&replay.world, str::to_owned));
        prop_assert_eq!(events(&original.log, rename), events(&replay.world.log, str::to_owned));
        prop_assert_eq!(uses_in_log(&original), uses(&original));
    }
}
