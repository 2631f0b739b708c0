//! The meter, told of real calls.

use serde_json::{Value, json};
use waxseal_api::{Service, bill::Month};
use waxseal_kms::{Change, Request};
use waxseal_services::billing;

use crate::world::{World, text};

/// A world whose calls are counted, as a sandbox counts them.
struct Metered(World);

impl Metered {
    fn call(&mut self, operation: &str, body: Value) -> Option<Value> {
        let World { state, rng, now, caller, .. } = &mut self.0;
        let body = body.to_string();
        let request = Request { caller, now: *now, service: Service::Kms, operation, body: &body };
        let outcome = waxseal_kms::handle(state, rng, &request);
        let mut changes: Vec<Change> = outcome.changes;
        changes.extend(billing::count(state, [&outcome.reply].into_iter(), *now));
        self.commit(changes);
        Some(serde_json::from_str(&outcome.reply.result.ok()?).unwrap())
    }

    fn commit(&mut self, mut changes: Vec<Change>) {
        let noted = billing::follow(&self.0.state, &changes, self.0.now);
        changes.extend(noted);
        self.0.commit(changes);
    }

    fn key(&mut self, body: Value) -> String {
        text(&self.call("CreateKey", body).unwrap()["KeyMetadata"]["KeyId"])
    }

    /// Lets time pass, and what is due happen.
    fn days(&mut self, days: i64) {
        self.0.later(days * 86_400);
        loop {
            let due = waxseal_kms::due(&self.0.state, &mut self.0.rng, self.0.now);
            if due.changes.is_empty() {
                return;
            }
            self.commit(due.changes);
        }
    }

    fn months(&self) -> Vec<Month> {
        let World { state, now, caller, .. } = &self.0;
        billing::meter(state, &caller.place.account, *now).months
    }

    fn line(&self, what: &str) -> u64 {
        let newest = self.months().remove(0);
        newest.lines.iter().find(|line| line.what == what).map_or(0, |line| line.quantity)
    }
}

fn metered() -> Metered {
    Metered(World::new())
}

#[test]
fn requests_count_by_class_refused_ones_too() {
    let mut world = metered();
    let [symmetric, rsa, ecc] = ["SYMMETRIC_DEFAULT", "RSA_2048", "ECC_NIST_P256"].map(|spec| {
        let usage = if spec == "SYMMETRIC_DEFAULT" { "ENCRYPT_DECRYPT" } else { "SIGN_VERIFY" };
        world.key(json!({"KeySpec": spec, "KeyUsage": usage}))
    });
    assert_eq!(world.line("Requests that are free"), 3_000_000);
    for key in [&rsa, &ecc] {
        world.call("GetPublicKey", json!({"KeyId": key})).unwrap();
        world.call("DescribeKey", json!({"KeyId": key})).unwrap();
    }
    assert_eq!(world.line("Requests that are free"), 5_000_000);
    for spec in ["ECC_NIST_P256", "RSA_2048"] {
        let body = json!({"KeyId": symmetric, "KeyPairSpec": spec});
        world.call("GenerateDataKeyPairWithoutPlaintext", body).unwrap();
    }
    assert!(world.call("Decrypt", json!({"CiphertextBlob": "AAAA", "KeyId": symmetric})).is_none());
    assert!(
        world
            .call("Sign", json!({"KeyId": ecc, "Message": "AAAA", "SigningAlgorithm": "RSASSA_PSS_SHA_256"}))
            .is_none()
    );
    assert!(world.call("Rencrypt", json!({})).is_none());
    let lines = [
        ("Requests that are free", 6_000_000),
        ("Requests with RSA-2048 key pairs", 1_000_000),
        ("Requests with other key pairs", 2_000_000),
        ("Data key pairs on elliptic curves", 1_000_000),
        ("RSA data key pairs", 1_000_000),
    ];
    for (what, quantity) in lines {
        assert_eq!(world.line(what), quantity, "{what}");
    }
    assert_eq!(world.months()[0].requests, 11);
}

#[test]
fn bytes_of_bodies_are_counted_both_ways() {
    let mut world = metered();
    let body = json!({"NumberOfBytes": 32});
    let reply = world.call("GenerateRandom", body.clone()).unwrap();
    let month = world.months().remove(0);
    assert_eq!((month.sent, month.received), (body.to_string().len() as u64, reply.to_string().len() as u64));
}

#[test]
fn a_key_is_paid_for_until_its_deletion_is_scheduled_and_all_along_if_that_is_cancelled() {
    let mut world = metered();
    let key = world.key(json!({}));
    // From 2026-11-24T12:00.
    world.days(2);
    world.call("ScheduleKeyDeletion", json!({"KeyId": key, "PendingWindowInDays": 7})).unwrap();
    world.days(2);
    assert_eq!(world.line("KMS keys"), 66_667, "48 hours of 720");
    world.call("CancelKeyDeletion", json!({"KeyId": key})).unwrap();
    assert_eq!(world.line("KMS keys"), 134_722, "96 hours and the one that has begun");
    world.call("ScheduleKeyDeletion", json!({"KeyId": key, "PendingWindowInDays": 7})).unwrap();
    world.days(8);
    assert!(world.call("DescribeKey", json!({"KeyId": key})).is_none());
    let months = world.months();
    assert_eq!((&*months[0].month, months[0].total), ("2026-12", 0));
    assert_eq!((&*months[1].month, months[1].total), ("2026-11", 133_333_333), "96 hours of 720");
    // All of it is in the store.
    world.0.state = world.0.restored();
    assert_eq!(world.months(), months);
}

#[test]
fn rotations_and_replicas_of_real_keys() {
    let mut world = metered();
    let key = world.key(json!({"MultiRegion": true}));
    world.call("ReplicateKey", json!({"KeyId": key, "ReplicaRegion": "us-east-1"})).unwrap();
    world.call("EnableKeyRotation", json!({"KeyId": key, "RotationPeriodInDays": 365})).unwrap();
    world.days(370);
    // 2027-11-29T12:00, five days after the rotation.
    let november = world.months().remove(0);
    assert_eq!(november.month, "2027-11");
    let lines: Vec<(&str, u64)> = november.lines.iter().map(|it| (&*it.what, it.quantity)).collect();
    // 685 of 720 hours for either key; after the rotation 121 hours for either.
    assert_eq!(
        lines,
        [("KMS keys", 951_389), ("Replica keys", 951_389), ("First and second rotations of keys", 336_111),]
    );
    world.days(10);
    assert_eq!(world.months()[1].total, 2_433_333_333);
}

/// A replica that is made again has the same ARN, and both are paid for in their time.
#[test]
fn a_replica_that_is_made_again_is_another_key() {
    let mut world = metered();
    let key = world.key(json!({"MultiRegion": true}));
    let replicate = json!({"KeyId": key, "ReplicaRegion": "us-east-1"});
    world.call("ReplicateKey", replicate.clone()).unwrap();
    let there = |world: &mut Metered| {
        world.0.caller.place.region = "us-east-1".parse().unwrap();
        world.call("ScheduleKeyDeletion", json!({"KeyId": key, "PendingWindowInDays": 7})).unwrap();
        world.0.caller.place.region = "eu-central-1".parse().unwrap();
    };
    // From 2026-11-24T12:00.
    world.days(1);
    there(&mut world);
    world.days(8);
    world.call("ReplicateKey", replicate).unwrap();
    world.days(2);
    let lines = |month: &Month| {
        let of_replicas = month.lines.iter().filter(|line| line.what == "Replica keys");
        of_replicas.map(|line| line.amount).collect::<Vec<_>>()
    };
    let months = world.months();
    // 24 hours of 720, and 48 and the one that has begun of 744.
    assert_eq!((lines(&months[1]), lines(&months[0])), (vec![33_333_333], vec![65_860_215]));
    there(&mut world);
    world.days(8);
    assert_eq!(lines(&world.months()[0]), [64_516_129]);
    assert_eq!(lines(&world.months()[1]), [33_333_333]);
}

#[test]
fn another_account_pays_for_itself() {
    let mut world = metered();
    world.key(json!({}));
    let mine = world.0.caller.clone();
    world.0.caller.place.account = "444455556666".parse().unwrap();
    world.0.caller = waxseal_kms::Caller::root(world.0.caller.place.clone());
    assert_eq!(world.months()[0].lines, []);
    world.call("ListKeys", json!({})).unwrap();
    world.call("ListKeys", json!({})).unwrap();
    assert_eq!(world.months()[0].requests, 2);
    world.0.caller = mine;
    assert_eq!((world.months()[0].requests, world.line("KMS keys")), (1, 1389));
}

/// What services ask is counted, and keys that AWS manages cost nothing.
#[test]
fn services_use_keys_on_somebodys_behalf() {
    let mut world = World::with_bucket("docs");
    let body = json!({"Bucket": "docs", "Key": "a", "Body": "YQ==", "ServerSideEncryption": "aws:kms"});
    world.ok(Service::S3, "PutObject", body);
    let counted = billing::count(&world.state, world.log.iter(), world.now);
    world.commit(counted);
    let meter = billing::meter(&world.state, &world.caller.place.account, world.now);
    let lines: Vec<(&str, u64)> = meter.months[0].lines.iter().map(|it| (&*it.what, it.quantity)).collect();
    assert_eq!((lines, meter.total), (vec![("Requests that are free", 1_000_000)], 0));
}

/// A key that was waiting for its deletion before there was a meter.
#[test]
fn worlds_from_before_the_meter() {
    let mut world = metered();
    let key = text(&world.0.ok(Service::Kms, "CreateKey", json!({}))["KeyMetadata"]["KeyId"]);
    world.0.later(40 * 86_400);
    world.0.ok(Service::Kms, "ScheduleKeyDeletion", json!({"KeyId": key}));
    let before = world.months();
    assert_eq!((&*before[0].month, before[1].total), ("2027-01", 1_000_000_000));
    world.days(31);
    assert!(world.call("DescribeKey", json!({"KeyId": key})).is_none());
    assert_eq!(world.months()[1..], before[..]);
}
