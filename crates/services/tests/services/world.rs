//! A small world: engine and services over one state.

use chacha20::{ChaCha8Rng, rand_core::SeedableRng};
use serde_json::{Value, json};
use waxseal_api::{ApiError, Blob, Place, Reply, Service, Timestamp, audit::AuditRecord};
use waxseal_kms::{Brought, Caller, Change, Principal, Request, State, Stored, Table, Write};
use waxseal_services::{Done, Next};

pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const REGION: &str = "eu-central-1";
/// 2026-11-24T12:00:00Z
const START: i64 = 1_795_521_600_000;

pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) rng: ChaCha8Rng,
    pub(crate) now: Timestamp,
    pub(crate) caller: Caller,
    /// The calls of KMS that services have made, and what each service said itself.
    pub(crate) log: Vec<Reply>,
    /// The audit records of all calls, as texts.
    trail: Vec<String>,
    /// What a store holds.
    pub(crate) store: std::collections::BTreeMap<(Table, String), Stored>,
}

impl World {
    pub(crate) fn new() -> Self {
        let place = Place { account: ACCOUNT.parse().unwrap(), region: REGION.parse().unwrap() };
        Self {
            state: State::default(),
            rng: ChaCha8Rng::seed_from_u64(7),
            now: Timestamp::from_millis(START),
            caller: Caller::root(place),
            log: Vec::new(),
            trail: Vec::new(),
            store: Default::default(),
        }
    }

    /// With a bucket.
    pub(crate) fn with_bucket(name: &str) -> Self {
        let mut world = Self::new();
        let body = json!({"Bucket": name, "CreateBucketConfiguration": {"LocationConstraint": REGION}});
        world.ok(Service::S3, "CreateBucket", body);
        world.log.clear();
        world
    }

    /// What a call has left in the trail.
    fn leave(&mut self, records: impl IntoIterator<Item = AuditRecord>) {
        self.trail.extend(records.into_iter().map(|record| serde_json::to_string(&record).unwrap()));
    }

    pub(crate) fn call(&mut self, service: Service, operation: &str, body: Value) -> Result<Value, ApiError> {
        let body = body.to_string();
        let request =
            Request { caller: &self.caller.clone(), now: self.now, service, operation, body: &body };
        let text = if waxseal_services::answers(service) {
            let done = self.answer(&request);
            assert!(done.reply.result.is_ok() || done.changes.is_empty() && done.notes.is_empty());
            self.commit(done.changes);
            self.commit(done.notes);
            self.leave(done.calls.iter().chain([&done.reply]).map(|reply| reply.audit.clone()));
            self.log.extend(done.calls);
            let result = done.reply.result.clone();
            self.log.push(done.reply);
            result
        } else {
            let predefined = &waxseal_services::WITH_KEYS;
            let associated = waxseal_kms::associate(&self.state, &mut self.rng, &request, predefined);
            let brought = Brought { predefined, associated, ..Brought::default() };
            let outcome = waxseal_kms::handle_with(&self.state, &mut self.rng, &request, brought);
            self.commit(outcome.changes);
            self.leave([outcome.reply.audit].into_iter().chain(outcome.events));
            outcome.reply.result
        };
        text.map(|text| serde_json::from_str(&text).unwrap())
    }

    fn answer(&mut self, request: &Request<'_>) -> Done {
        let trail = self.trail.clone();
        let trail: Vec<&str> = trail.iter().map(String::as_str).collect();
        for _ in 0..2 {
            let mut rng = ChaCha8Rng::from_rng(&mut self.rng);
            let mut kms = |request: &Request<'_>, made: &[Change]| {
                waxseal_kms::handle_after(&self.state, made, &mut rng, request)
            };
            match waxseal_services::handle(&self.state, &mut self.rng, &mut kms, &trail, request) {
                Next::Before(changes) => self.commit(changes),
                Next::Done(done) => return *done,
            }
        }
        panic!("a key is missing again")
    }

    pub(crate) fn commit(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change.write() {
                Write::Put(stored) => drop(self.store.insert((stored.table, stored.key.clone()), stored)),
                Write::Delete { table, key } => {
                    self.store.remove(&(table, key)).unwrap();
                }
            }
            self.state.apply(change);
        }
    }

    #[track_caller]
    pub(crate) fn ok(&mut self, service: Service, operation: &str, body: Value) -> Value {
        self.call(service, operation, body).unwrap_or_else(|error| panic!("{operation}: {error:?}"))
    }

    /// The name and the text of a refusal.
    #[track_caller]
    pub(crate) fn refused(&mut self, service: Service, operation: &str, body: Value) -> (String, String) {
        match self.call(service, operation, body) {
            Ok(output) => panic!("{operation} was not refused: {output}"),
            Err(error) => (error.name.unwrap_or_else(|| error.code.to_string()), error.message),
        }
    }

    /// The ARN of a new key.
    pub(crate) fn key(&mut self) -> String {
        text(&self.ok(Service::Kms, "CreateKey", json!({}))["KeyMetadata"]["Arn"])
    }

    /// Calls on as a user who may do these things to everything.
    pub(crate) fn become_user(&mut self, name: &str, actions: Value) {
        self.caller = Caller::root(self.caller.place.clone());
        let _there = self.call(Service::Iam, "CreateUser", json!({"UserName": name}));
        let statement = json!({"Effect": "Allow", "Action": actions, "Resource": "*"});
        let document = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        let body = json!({"UserName": name, "PolicyName": "own", "PolicyDocument": document});
        self.ok(Service::Iam, "PutUserPolicy", body);
        let account = self.caller.place.account.clone();
        self.caller.principal = Principal::User { account, path: "/".to_owned(), name: name.to_owned() };
    }

    pub(crate) fn become_root(&mut self) {
        self.caller = Caller::root(self.caller.place.clone());
    }

    pub(crate) fn later(&mut self, seconds: i64) {
        self.now = Timestamp::from_millis(self.now.as_millis() + 1000 * seconds);
    }

    /// What services have asked of KMS since the last time: `Operation context via by`, a line a call.
    pub(crate) fn asked(&mut self) -> Vec<String> {
        let line = |reply: &Reply| {
            let record = &reply.audit;
            let parameters = record.request_parameters.clone().unwrap_or_default();
            let context = &parameters["encryptionContext"];
            let by = record.user_identity.arn.clone().unwrap_or_default();
            let by = by.splitn(6, ':').last().unwrap().to_owned();
            let via = record.user_identity.invoked_by.clone().unwrap_or_default();
            let error = record.error_code.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
            format!("{} {context} {via} {by}{error}", record.event_name)
        };
        let of_kms = |reply: &&Reply| reply.audit.event_source == "kms.amazonaws.com";
        let lines = self.log.iter().filter(of_kms).map(line).collect();
        self.log.clear();
        lines
    }

    /// A state made of what the store holds.
    pub(crate) fn restored(&self) -> State {
        let mut state = State::default();
        for stored in self.store.values() {
            state.restore(stored.duplicate()).unwrap();
        }
        state
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

pub(crate) fn b64(bytes: &[u8]) -> String {
    text(&serde_json::to_value(Blob::from(bytes)).unwrap())
}

pub(crate) fn bytes(value: &Value) -> Vec<u8> {
    serde_json::from_value::<Blob>(value.clone()).unwrap().into_bytes()
}
