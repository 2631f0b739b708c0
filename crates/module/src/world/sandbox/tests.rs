use pollster::block_on;
use serde_json::json;
use waxseal_api::sandbox::{End, Entry, Event, Logged, Steps};

use super::*;
use crate::{
    store::{Turn, memory::MemoryStore},
    world::Surroundings,
};

const ROOT: &str = "arn:aws:iam::111122223333:root";
const NOW: i64 = 1_800_000_000_000;

/// A sandbox whose system clock stands still.
pub(super) struct Bench(pub(super) Sandbox<MemoryStore>);

pub(super) fn bench(store: MemoryStore) -> Bench {
    bench_with(store, || {})
}

/// In which `making` is called while the key pair of a call is being made.
pub(super) fn bench_with(store: MemoryStore, making: impl Fn() + 'static) -> Bench {
    let surroundings = Surroundings {
        clock: Box::new(|| Timestamp::from_millis(NOW)),
        entropy: Box::new(crate::entropy),
        key_pair: Box::new(move |_| {
            making();
            Box::pin(async { None })
        }),
        quotas: None,
        changed: Box::new(|| {}),
    };
    let caller = Caller::root(Place {
        account: "111122223333".parse().unwrap(),
        region: "us-east-1".parse().unwrap(),
    });
    Bench(Sandbox::new(block_on(World::open(store, caller, surroundings)).unwrap()))
}

fn as_principal(arn: &str) -> Identity {
    Identity::Principal(arn.to_owned())
}

impl Bench {
    fn call_as(&self, identity: &Identity, operation: &str, body: Value) -> Result<Value, ApiError> {
        let service = if operation.ends_with("User") || operation.ends_with("AccessKey") {
            Service::Iam
        } else if operation == "GetCallerIdentity" {
            Service::Sts
        } else {
            Service::Kms
        };
        let body = body.to_string();
        let region = "us-east-1".parse().unwrap();
        let call = Call { identity, region, service, operation, body: &body };
        let reply = block_on(self.0.call(call)).unwrap()?;
        reply.result.map(|body| serde_json::from_str(&body).unwrap_or_default())
    }

    fn call(&self, operation: &str, body: Value) -> Value {
        self.call_as(&as_principal(ROOT), operation, body).unwrap()
    }

    fn create_key(&self) -> String {
        self.call("CreateKey", json!({}))["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
    }

    pub(super) fn perform<T: serde::de::DeserializeOwned>(&self, task: Task) -> Result<T, LocalError> {
        block_on(self.0.perform(task)).map(|text| serde_json::from_str(&text).unwrap())
    }

    fn clock(&self) -> Clock {
        self.perform(Task::Clock).unwrap()
    }

    fn advance(&self, to: Timestamp) -> Result<Passed, LocalError> {
        self.perform(Task::Advance { to })
    }

    pub(super) fn log(&self, after: u64) -> Vec<Entry> {
        self.logged(after).entries
    }

    fn logged(&self, after: u64) -> Logged {
        self.perform(Task::Log { after, most: usize::MAX }).unwrap()
    }
}

#[test]
fn who_calls_is_said_with_the_call_and_may_what_policies_say() {
    let bench = bench(MemoryStore::default());
    let key = bench.create_key();
    let ana = bench.call("CreateUser", json!({ "UserName": "ana" }))["User"]["Arn"].clone();
    let ana = as_principal(ana.as_str().unwrap());
    let refused = bench.call_as(&ana, "DescribeKey", json!({ "KeyId": key })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::AccessDeniedException);
    assert!(refused.message.contains("user/ana"), "{refused}");
    assert!(bench.call_as(&as_principal(ROOT), "DescribeKey", json!({ "KeyId": key })).is_ok());
    let elsewhere = as_principal("arn:aws:iam::444455556666:root");
    assert!(bench.call_as(&elsewhere, "DescribeKey", json!({ "KeyId": key })).is_err());
}

#[test]
fn nobody_calls_who_is_not_there() {
    let bench = bench(MemoryStore::default());
    for arn in [
        "arn:aws:iam::111122223333:user/ben",
        "arn:aws:iam::1:root",
        "arn:aws:sts::111122223333:assumed-role/app/one",
        "root",
        "",
    ] {
        let refused = bench.call_as(&as_principal(arn), "GetCallerIdentity", json!({})).unwrap_err();
        assert!(refused.message.contains("security token"), "{arn}: {refused}");
    }
    assert_eq!(bench.log(0), [], "whoever is nobody leaves no record");
}

#[test]
fn an_access_key_stands_for_whom_it_was_made_for() {
    let bench = bench(MemoryStore::default());
    bench.call("CreateUser", json!({ "UserName": "ana" }));
    let made = bench.call("CreateAccessKey", json!({ "UserName": "ana" }))["AccessKey"].clone();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    let key = |secret: String, session_token| Identity::AccessKey {
        id: text("AccessKeyId"),
        secret: secret.into(),
        session_token,
    };
    let whoami = |identity: Identity| bench.call_as(&identity, "GetCallerIdentity", json!({}));
    let answer = whoami(key(text("SecretAccessKey"), None)).unwrap();
    assert_eq!(answer["Arn"], "arn:aws:iam::111122223333:user/ana");
    assert!(whoami(key("another".to_owned(), None)).is_err());
    assert!(whoami(key(text("SecretAccessKey"), Some("a token".to_owned()))).is_err());
}

#[test]
fn the_clock_moves_forward_and_what_is_due_happens() {
    let store = MemoryStore::default();
    let (bench, other) = (bench(store.clone()), self::bench(store));
    let key = bench.create_key();
    bench.call("ScheduleKeyDeletion", json!({ "KeyId": key, "PendingWindowInDays": 7 }));
    let clock = bench.clock();
    assert_eq!((clock.now, clock.ahead), (Timestamp::from_millis(NOW), 0));
    assert_eq!((clock.due.len(), clock.due[0].event), (1, Event::Deletion));
    assert!(clock.due[0].resource.ends_with(&key));

    let passed = bench.advance(clock.due[0].at).unwrap();
    assert_eq!(passed.records.iter().map(|it| it.event_name.as_str()).collect::<Vec<_>>(), ["DeleteKey"]);
    assert_eq!((passed.clock.now, passed.clock.due), (clock.due[0].at, vec![]));
    let gone = other.call_as(&as_principal(ROOT), "DescribeKey", json!({ "KeyId": key })).unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFoundException);
    assert_eq!(other.clock().now, clock.due[0].at, "another tab has the same time");
    assert_eq!(bench.log(2).first().map(|it| it.record.event_name.clone()), Some("DeleteKey".to_owned()));
}

#[test]
fn a_clock_goes_neither_back_nor_out_of_sight() {
    let bench = bench(MemoryStore::default());
    let now = bench.clock().now;
    for to in [now.plus_days(-1), now.plus_days(40_000)] {
        assert_eq!(bench.advance(to).unwrap_err().code, LocalErrorCode::BadRequest);
    }
    assert_eq!(bench.clock().now, now);
    bench.advance(now.plus_days(365)).unwrap();
    assert_eq!(bench.clock().ahead, 365 * Timestamp::DAY);
}

#[test]
fn the_log_has_every_call_with_its_flow_and_refusals_too() {
    let bench = bench(MemoryStore::default());
    let key = bench.create_key();
    let elsewhere = as_principal("arn:aws:iam::444455556666:root");
    let _ = bench.call_as(&elsewhere, "DescribeKey", json!({ "KeyId": key }));
    let log = bench.log(0);
    assert_eq!(log.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(log[0].record.event_name, "CreateKey");
    assert!(log.iter().all(|it| !it.trace.steps.is_empty()));
    assert!(log[1].record.error_code.is_some());
    assert_eq!(bench.log(1).len(), 1);
}

#[test]
fn a_frame_of_the_vault_cannot_say_who_calls_or_when() {
    use waxseal_api::frame::ToWorker;
    for frame in [
        r#"{"call":{"id":1,"operation":"ListKeys","body":"{}","identity":{"principal":"arn:aws:iam::1:root"}}}"#,
        r#"{"call":{"id":1,"operation":"ListKeys","body":"{}","region":"us-east-1"}}"#,
        r#"{"do":{"id":1,"task":{"advance":{"to":2000000000}}}}"#,
        r#"{"open":{"world":"vault","ahead":1}}"#,
    ] {
        assert!(serde_json::from_str::<ToWorker>(frame).is_err(), "{frame}");
    }
}

impl Bench {
    fn steps(&self) -> Steps {
        self.perform(Task::Steps).unwrap()
    }

    /// The names of the calls and events in the log.
    fn names(&self) -> Vec<String> {
        self.log(0).into_iter().map(|entry| entry.record.event_name).collect()
    }

    /// Everything that is stored, in order.
    pub(super) fn records(&self) -> Vec<waxseal_kms::Stored> {
        let mut records = block_on(async { self.0.world.store.turn().await.unwrap().load().await.unwrap() });
        records.sort_by(|a, b| (a.table, &a.key).cmp(&(b.table, &b.key)));
        records
    }

    fn back(&self, entry: u64) -> Clock {
        self.perform(Task::Back { entry }).unwrap()
    }
}

#[test]
fn a_sandbox_goes_back_to_before_any_call_and_returns() {
    let bench = bench(MemoryStore::default());
    let mut seen = vec![(bench.records(), bench.names())];
    let key = bench.create_key();
    seen.push((bench.records(), bench.names()));
    // Which of these there was before the call of each entry. A rotation on demand has an entry beside its call's.
    let mut before = vec![0];
    for (operation, more) in [
        ("Encrypt", json!({ "Plaintext": "AAAA" })),
        ("CreateAlias", json!({ "AliasName": "alias/a", "TargetKeyId": key })),
        ("DescribeKey", json!({})),
        ("RotateKeyOnDemand", json!({})),
        ("ScheduleKeyDeletion", json!({ "PendingWindowInDays": 7 })),
    ] {
        let mut body = json!({ "KeyId": key });
        if operation == "CreateAlias" {
            body = json!({});
        }
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        bench.call(operation, body);
        before.resize(bench.names().len(), seen.len() - 1);
        seen.push((bench.records(), bench.names()));
    }
    assert_eq!(before, [0, 1, 2, 3, 4, 4, 5]);
    let end = seen.len() - 1;
    for (entry, before) in before.into_iter().enumerate().rev().filter(|(entry, _)| *entry != 4) {
        bench.back(entry as u64 + 1);
        assert!((bench.records(), bench.names()) == seen[before], "before entry {}", entry + 1);
    }
    let steps = bench.steps();
    assert_eq!((steps.made, steps.ends.len()), (0, 1));
    let End { step, on, back, label, .. } = &steps.ends[0];
    assert_eq!((*on, *back, label.as_str()), (end, 0, "ScheduleKeyDeletion"));
    bench.perform::<Clock>(Task::Return { step: *step }).unwrap();
    assert!((bench.records(), bench.names()) == seen[end], "and all of it is back");
    assert_eq!(bench.steps(), Steps { made: end, ends: vec![] });
}

#[test]
fn whoever_does_something_else_has_two_ends() {
    let bench = bench(MemoryStore::default());
    let key = bench.create_key();
    bench.call("DisableKey", json!({ "KeyId": key }));
    let disabled = bench.records();
    bench.back(2);
    bench.call("UpdateKeyDescription", json!({ "KeyId": key, "Description": "another way" }));
    bench.call("DescribeKey", json!({ "KeyId": key }));
    let described = bench.records();
    assert_eq!(bench.names(), ["CreateKey", "UpdateKeyDescription", "DescribeKey"]);
    let of = |after| (bench.logged(after).whole, bench.logged(after).entries.len());
    assert_eq!((of(0), of(1), of(2), of(4)), ((true, 3), (false, 2), (true, 3), (false, 0)));
    let ends = bench.steps().ends;
    assert_eq!((ends.len(), ends[0].on, ends[0].back, ends[0].label.as_str()), (1, 1, 2, "DisableKey"));
    bench.perform::<Clock>(Task::Return { step: ends[0].step }).unwrap();
    assert_eq!(bench.records(), disabled);
    assert_eq!(bench.names(), ["CreateKey", "DisableKey"]);
    let ends = bench.steps().ends;
    bench.perform::<Clock>(Task::Return { step: ends[0].step }).unwrap();
    assert_eq!(bench.records(), described);
}

#[test]
fn a_jump_of_the_clock_is_taken_back_with_what_came_of_it() {
    let store = MemoryStore::default();
    let bench = bench(store.clone());
    let key = bench.create_key();
    bench.call("ScheduleKeyDeletion", json!({ "KeyId": key, "PendingWindowInDays": 7 }));
    let scheduled = (bench.records(), bench.clock());
    bench.advance(scheduled.1.now.plus_days(30)).unwrap();
    let deleted = bench.log(0).into_iter().find(|entry| entry.record.event_name == "DeleteKey").unwrap();
    assert!(bench.call_as(&as_principal(ROOT), "DescribeKey", json!({ "KeyId": key })).is_err());
    assert_eq!(bench.back(deleted.number), scheduled.1, "before the jump, or it would happen again at once");
    assert_eq!((bench.records(), bench.clock()), scheduled);
    let End { step, on, label, .. } = bench.steps().ends.remove(0);
    assert_eq!((on, label.as_str()), (3, "DescribeKey"), "the refused call is one too");
    assert_eq!(bench.perform::<Clock>(Task::Return { step }).unwrap().ahead, 30 * 86_400_000);
    assert!(bench.names().contains(&"DeleteKey".to_owned()));
    bench.back(deleted.number);
    assert!(bench.perform::<Clock>(Task::Return { step: 999 }).is_err());
    assert!(bench.perform::<Clock>(Task::Back { entry: 999 }).is_err());
    // Another tab sees where the sandbox stands.
    assert_eq!(super::tests::bench(store).names(), ["CreateKey", "ScheduleKeyDeletion"]);
}

fn s3(bench: &Bench, operation: &str, body: Value) -> Result<Value, ApiError> {
    let (identity, body) = (as_principal(ROOT), body.to_string());
    let region = "us-east-1".parse().unwrap();
    let call = Call { identity: &identity, region, service: Service::S3, operation, body: &body };
    let reply = block_on(bench.0.call(call)).unwrap()?;
    reply.result.map(|body| serde_json::from_str(&body).unwrap_or_default())
}

/// The calls of KMS that a service makes are in the log before its own, and all that it keeps is in the store.
#[test]
fn other_services_are_clients_of_kms() {
    let store = MemoryStore::default();
    let first = bench(store.clone());
    s3(&first, "CreateBucket", json!({"Bucket": "docs"})).unwrap();
    let after = first.log(0).len() as u64;
    let before = (first.records(), first.names());
    let put = json!({"Bucket": "docs", "Key": "a", "Body": "aGVsbG8=", "ServerSideEncryption": "aws:kms"});
    s3(&first, "PutObject", put.clone()).unwrap();
    let told: Vec<(String, String)> = first
        .log(after)
        .into_iter()
        .map(|entry| (entry.record.event_source, entry.record.event_name))
        .collect();
    let pair = |source: &str, name: &str| (format!("{source}.amazonaws.com"), name.to_owned());
    assert_eq!(told, [pair("kms", "GenerateDataKey"), pair("s3", "PutObject")]);
    first.back(after + 2);
    assert!((first.records(), first.names()) == before, "one step, with the AWS managed key");
    s3(&first, "PutObject", put).unwrap();

    let second = bench(store);
    assert_eq!(s3(&second, "GetObject", json!({"Bucket": "docs", "Key": "a"})).unwrap()["Body"], "aGVsbG8=");
    let refused = s3(&second, "PutObject", json!({"Bucket": "none", "Key": "a"})).unwrap_err();
    assert_eq!(refused.name.as_deref(), Some("NoSuchBucket"));
    let last = second.log(0).pop().unwrap().record;
    assert_eq!(last.error_code.as_deref(), Some("NoSuchBucket"));
}

fn enter(bench: &Bench, line: &str) -> waxseal_api::sandbox::Printed {
    bench.perform(Task::Enter { line: line.to_owned() }).unwrap()
}

/// Callers are held to the quotas as long as somebody wants it, services that call for them too; a refusal is in the log.
#[test]
fn calls_can_be_held_to_the_request_quotas() {
    let bench = bench(MemoryStore::default());
    let create = || bench.call_as(&as_principal(ROOT), "CreateKey", json!({}));
    assert!((0..7).all(|_| create().is_ok()) && !bench.clock().held);
    assert!(bench.perform::<Clock>(Task::Hold { on: true }).unwrap().held);
    let codes: Vec<Option<ErrorCode>> = (0..7).map(|_| create().err().map(|error| error.code)).collect();
    assert_eq!(codes.iter().filter(|code| code.is_none()).count(), 5);
    assert_eq!(codes[6], Some(ErrorCode::ThrottlingException));
    let last = bench.log(0).pop().unwrap().record;
    assert_eq!(
        (last.event_name.as_str(), last.error_code.as_deref()),
        ("CreateKey", Some("ThrottlingException"))
    );
    bench.advance(bench.clock().now.plus_days(1)).unwrap();
    assert!(create().is_ok(), "a quota is there again with time");
    let line = "for n in 1 2 3 4 5 6 7; do aws kms create-key > out || exit; done";
    let said = enter(&bench, line).stderr;
    assert!(
        said.contains("the CreateKey operation (reached max retries: 2): You have exceeded the rate"),
        "{said}"
    );
    let once = enter(&bench, "AWS_MAX_ATTEMPTS=1 aws kms create-key").stderr;
    assert!(once.contains("(reached max retries: 0)"), "{once}");
    assert!(!bench.perform::<Clock>(Task::Hold { on: false }).unwrap().held);
    assert!(create().is_ok());
}

/// What is looked up are the records that the log has, as they stand there.
#[test]
fn the_log_is_looked_through_by_command() {
    let bench = bench(MemoryStore::default());
    let id = bench.create_key();
    bench.call(
        "Encrypt",
        json!({"KeyId": id, "Plaintext": "aGk=", "EncryptionContext": {"trace": "{\"steps\":"}}),
    );
    let record = bench.log(0).pop().unwrap().record;
    let line = "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=Encrypt --query Events[0].CloudTrailEvent --output text";
    assert_eq!(enter(&bench, line).stdout.trim_end(), serde_json::to_string(&record).unwrap());
    let last = bench.log(0).pop().unwrap().record;
    assert_eq!(
        (last.event_source.as_str(), last.event_name.as_str()),
        ("cloudtrail.amazonaws.com", "LookupEvents")
    );
}

#[test]
fn the_vault_has_no_other_service() {
    let Bench(Sandbox { world, .. }) = bench(MemoryStore::default());
    let reply = block_on(world.call(Service::S3, "ListBuckets", "{}")).unwrap();
    assert_eq!(reply.result.unwrap_err().code, ErrorCode::UnknownOperationException);
}

fn metered(bench: &Bench) -> (u64, u64, usize) {
    let meter: Option<waxseal_api::bill::Meter> = bench.perform(Task::Meter).unwrap();
    let meter = meter.unwrap();
    (meter.months[0].requests, meter.total, meter.months.len())
}

#[test]
fn the_meter_counts_and_goes_back_with_the_steps() {
    let store = MemoryStore::default();
    let bench_ = bench(store.clone());
    bench_
        .perform::<()>(Task::Begin { start: waxseal_api::sandbox::Start::Empty, prepare: String::new() })
        .unwrap();
    assert_eq!(metered(&bench_), (0, 0, 1));
    let key = bench_.create_key();
    bench_.call("EnableKeyRotation", json!({"KeyId": key}));
    bench_.call_as(&as_principal(ROOT), "DisableKey", json!({"KeyId": "nothing"})).unwrap_err();
    // It is 2027-01-15T08:00:00Z: an hour of 744 has begun.
    assert_eq!(metered(&bench_), (3, 1_344_086, 1));
    // A year with one rotation, at the end of the year.
    let year = Timestamp::from_millis(NOW).plus_days(365);
    bench_.advance(year).unwrap();
    let (requests, total, months) = metered(&bench_);
    assert_eq!((requests, months), (0, 13));
    // 11 months, 400 hours of 744 at the beginning and 345 at the end, and one of the rotation.
    assert_eq!(total, 11_000_000_000 + 537_634_409 + 463_709_677 + 1_344_086);
    // Another worker finds it in the store, and what is gone back over does not count.
    let again = bench(store);
    assert_eq!(metered(&again), (0, total, 13));
    let rotation =
        again.log(0).iter().find(|entry| entry.record.event_name == "EnableKeyRotation").unwrap().number;
    again.perform::<Clock>(Task::Back { entry: rotation }).unwrap();
    assert_eq!(metered(&again), (1, 1_344_086, 1));
    assert_eq!(metered(&bench_), (1, 1_344_086, 1));
}
