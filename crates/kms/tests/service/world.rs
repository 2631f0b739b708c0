//! A small world: one engine, one clock, one store.

use std::collections::BTreeMap;

use chacha20::{ChaCha8Rng, rand_core::SeedableRng};
use serde_json::{Value, json};
use waxseal_api::{Blob, Place, Reply, Secret, Service, Timestamp, audit::AuditRecord};
use waxseal_kms::{Caller, Principal, Request, State, Stored, Table, Write, due, handle};

/// 2026-11-24T12:00:00Z
pub(crate) const START: Timestamp = Timestamp::from_millis(1_795_521_600_000);

pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const OTHER_ACCOUNT: &str = "444455556666";
pub(crate) const REGION: &str = "eu-central-1";

/// The same numbers every time, for each seed.
pub(crate) fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// What a store keeps of a record.
pub(crate) type Kept = (String, Option<Vec<u8>>);

pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) rng: ChaCha8Rng,
    pub(crate) now: Timestamp,
    pub(crate) caller: Caller,
    pub(crate) store: BTreeMap<(Table, String), Kept>,
    /// The audit log.
    pub(crate) log: Vec<AuditRecord>,
    /// All key material that ever was.
    pub(crate) materials: Vec<Vec<u8>>,
}

pub(crate) fn caller(account: &str, region: &str) -> Caller {
    Caller::root(Place { account: account.parse().unwrap(), region: region.parse().unwrap() })
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            state: State::default(),
            rng: rng(1),
            now: START,
            caller: caller(ACCOUNT, REGION),
            store: BTreeMap::new(),
            log: Vec::new(),
            materials: Vec::new(),
        }
    }

    /// Sends a body as it is to KMS; stores and applies what comes of it.
    pub(crate) fn send(&mut self, operation: &str, body: &str) -> Reply {
        self.send_to(Service::Kms, operation, body)
    }

    /// Sends a body as it is; stores and applies what comes of it.
    pub(crate) fn send_to(&mut self, service: Service, operation: &str, body: &str) -> Reply {
        let request = Request { caller: &self.caller, now: self.now, service, operation, body };
        let outcome = handle(&self.state, &mut self.rng, &request);
        let changed = !outcome.changes.is_empty() || !outcome.notes.is_empty();
        assert!(outcome.reply.result.is_ok() || !changed, "a refused call changes nothing");
        self.commit(outcome.changes);
        self.commit(outcome.notes);
        self.log.push(outcome.reply.audit.clone());
        self.log.extend(outcome.events);
        outcome.reply
    }

    pub(crate) fn commit(&mut self, changes: Vec<waxseal_kms::Change>) {
        for change in changes {
            self.write(change.write());
            self.state.apply(change);
        }
    }

    fn write(&mut self, write: Write) {
        match write {
            Write::Put(Stored { table, key, body, secret }) => {
                let secret = secret.map(|secret| secret.expose().to_vec());
                self.materials.extend(secret.clone());
                self.store.insert((table, key), (body, secret));
            }
            Write::Delete { table, key } => {
                self.store.remove(&(table, key)).expect("only what is there is deleted");
            }
        }
    }

    /// What an operation of IAM or STS answers, or its refusal.
    pub(crate) fn ask(&mut self, service: Service, operation: &str, body: Value) -> Result<Value, String> {
        let result = self.send_to(service, operation, &body.to_string()).result;
        result.map(|body| serde_json::from_str(&body).unwrap()).map_err(|error| error.to_string())
    }

    #[track_caller]
    pub(crate) fn iam(&mut self, operation: &str, body: Value) -> Value {
        self.ask(Service::Iam, operation, body).unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// Calls on as a user of the account, who is made if it is not there.
    pub(crate) fn become_user(&mut self, name: &str) {
        let account = self.caller.place.account.clone();
        self.caller = Caller::root(self.caller.place.clone());
        let _there = self.ask(Service::Iam, "CreateUser", json!({"UserName": name}));
        self.caller.principal = Principal::User { account, path: "/".to_owned(), name: name.to_owned() };
    }

    pub(crate) fn become_root(&mut self) {
        self.caller = Caller::root(self.caller.place.clone());
    }

    /// Gives a user a policy of one statement, as root.
    pub(crate) fn let_user(&mut self, name: &str, effect: &str, action: &str, resource: &str) {
        let caller = self.caller.clone();
        self.become_root();
        let document = statement(json!({"Effect": effect, "Action": action, "Resource": resource}));
        let body = json!({"UserName": name, "PolicyName": effect, "PolicyDocument": document});
        self.iam("PutUserPolicy", body);
        self.caller = caller;
    }

    #[track_caller]
    pub(crate) fn ok(&mut self, operation: &str, body: Value) -> Value {
        let result = self.send(operation, &body.to_string()).result;
        match result {
            Ok(body) => serde_json::from_str(&body).unwrap(),
            Err(error) => panic!("{operation} was refused: {error}"),
        }
    }

    #[track_caller]
    pub(crate) fn refused(&mut self, operation: &str, body: Value, expect: &str) {
        let error = self.send(operation, &body.to_string()).result.expect_err(operation);
        assert_eq!(error.to_string(), expect, "{operation}");
    }

    /// What happens in another Region of the account.
    pub(crate) fn in_region<T>(&mut self, region: &str, then: impl FnOnce(&mut Self) -> T) -> T {
        let here = std::mem::replace(&mut self.caller, caller(ACCOUNT, region));
        let result = then(self);
        self.caller = here;
        result
    }

    /// A moment later, when what takes the service a moment is done.
    pub(crate) fn soon(&mut self) {
        self.now = Timestamp::from_millis(self.now.as_millis() + 5000);
        self.tick();
    }

    pub(crate) fn describe(&mut self, key: &str) -> Value {
        self.ok("DescribeKey", json!({"KeyId": key}))["KeyMetadata"].take()
    }

    /// A new key's ID.
    pub(crate) fn key(&mut self) -> String {
        text(&self.ok("CreateKey", json!({}))["KeyMetadata"]["KeyId"])
    }

    /// The ID of a new key of a spec.
    pub(crate) fn key_of(&mut self, spec: &str, usage: &str) -> String {
        let body = json!({"KeySpec": spec, "KeyUsage": usage});
        text(&self.ok("CreateKey", body)["KeyMetadata"]["KeyId"])
    }

    /// A new alias for a key.
    #[track_caller]
    pub(crate) fn alias(&mut self, name: &str, key: &str) {
        self.ok("CreateAlias", json!({"AliasName": name, "TargetKeyId": key}));
    }

    /// "hello" under a key, with a context.
    #[track_caller]
    pub(crate) fn encrypted(&mut self, key: &str, context: Value) -> String {
        let body = json!({"KeyId": key, "Plaintext": b64(b"hello"), "EncryptionContext": context});
        text(&self.ok("Encrypt", body)["CiphertextBlob"])
    }

    pub(crate) fn state_of(&mut self, key: &str) -> String {
        text(&self.ok("DescribeKey", json!({"KeyId": key}))["KeyMetadata"]["KeyState"])
    }

    pub(crate) fn later(&mut self, days: i64) {
        self.now = self.now.plus_days(days);
    }

    /// Lets the service do what is due; returns the names of the events.
    pub(crate) fn tick(&mut self) -> Vec<String> {
        self.tick_records().0
    }

    /// Lets the service do what is due; returns the names of the events and their records.
    pub(crate) fn tick_records(&mut self) -> (Vec<String>, Vec<AuditRecord>) {
        let mut records = Vec::new();
        loop {
            let due = due(&self.state, &mut self.rng, self.now);
            if due.is_empty() {
                return (records.iter().map(|it: &AuditRecord| it.event_name.clone()).collect(), records);
            }
            self.commit(due.changes);
            self.log.extend(due.records.iter().cloned());
            records.extend(due.records);
        }
    }

    /// The same world, read back from what it has stored.
    pub(crate) fn reopened(&self) -> Self {
        Self {
            state: self.restored(),
            rng: ChaCha8Rng::deserialize_state(&self.rng.serialize_state()),
            now: self.now,
            caller: self.caller.clone(),
            store: self.store.clone(),
            log: self.log.clone(),
            materials: self.materials.clone(),
        }
    }

    /// A state made of what the store holds, read in the wrong order.
    pub(crate) fn restored(&self) -> State {
        let mut state = State::default();
        for ((table, key), (body, secret)) in self.store.iter().rev() {
            let secret = secret.as_deref().map(Secret::from);
            state.restore(Stored { table: *table, key: key.clone(), body: body.clone(), secret }).unwrap();
        }
        state
    }
}

/// A policy of one statement.
pub(crate) fn statement(statement: Value) -> String {
    json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
}

pub(crate) fn arn(key: &str) -> String {
    format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{key}")
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

pub(crate) fn b64(bytes: &[u8]) -> String {
    text(&serde_json::to_value(Blob::from(bytes)).unwrap())
}

pub(crate) fn bytes(base64: &str) -> Vec<u8> {
    serde_json::from_value::<Blob>(base64.into()).unwrap().into_bytes()
}
