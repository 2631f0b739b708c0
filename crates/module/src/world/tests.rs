use std::{
    cell::Cell,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use pollster::block_on;
use serde_json::{Value, json};
use waxseal_api::{Blob, ErrorCode, LocalErrorCode, Place};
use waxseal_kms::{Stored, Write};

use super::*;
use crate::store::{Standing, memory::MemoryStore};

/// A world over a store, with a clock that the test moves.
struct Tab<S>(World<S>);

fn open<S: Store>(store: S, now: &Rc<Cell<i64>>) -> Tab<S> {
    open_in(store, surroundings(now))
}

pub(super) fn surroundings(now: &Rc<Cell<i64>>) -> Surroundings {
    let now = now.clone();
    Surroundings {
        clock: Box::new(move || Timestamp::from_millis(now.get())),
        entropy: Box::new(crate::entropy),
        key_pair: Box::new(|_| Box::pin(async { None })),
        quotas: None,
        changed: Box::new(|| {}),
    }
}

fn open_in<S: Store>(store: S, surroundings: Surroundings) -> Tab<S> {
    Tab(open_world(store, surroundings))
}

pub(super) fn open_world<S: Store>(store: S, surroundings: Surroundings) -> World<S> {
    let place = Place { account: "111122223333".parse().unwrap(), region: "us-east-1".parse().unwrap() };
    block_on(World::open(store, Caller::root(place), surroundings)).unwrap()
}

impl<S: Store> Tab<S> {
    fn call(&self, operation: &str, body: Value) -> Result<Value, ErrorCode> {
        let reply = block_on(self.0.call(Service::Kms, operation, &body.to_string())).unwrap();
        reply.result.map(|body| serde_json::from_str(&body).unwrap_or_default()).map_err(|error| error.code)
    }

    fn create_key(&self) -> String {
        let made = self.call("CreateKey", json!({})).unwrap();
        made["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
    }
}

pub(super) fn clock() -> Rc<Cell<i64>> {
    Rc::new(Cell::new(1_800_000_000_000))
}

#[test]
fn two_tabs_have_one_truth() {
    let (store, now) = (MemoryStore::default(), clock());
    let (one, two) = (open(store.clone(), &now), open(store, &now));
    let key = one.create_key();
    let sealed = two.call("Encrypt", json!({ "KeyId": key, "Plaintext": "aGVsbG8=" })).unwrap();
    two.call("DisableKey", json!({ "KeyId": key })).unwrap();
    let open = json!({ "CiphertextBlob": sealed["CiphertextBlob"] });
    assert_eq!(one.call("Decrypt", open.clone()), Err(ErrorCode::DisabledException));
    one.call("EnableKey", json!({ "KeyId": key })).unwrap();
    assert_eq!(two.call("Decrypt", open).unwrap()["Plaintext"], "aGVsbG8=");
}

#[test]
fn calls_beyond_the_quotas_are_refused() {
    let (store, now) = (MemoryStore::default(), clock());
    let quotas = Some(RefCell::default());
    let tab = open_in(store, Surroundings { quotas, ..surroundings(&now) });
    for _ in 0..5 {
        tab.create_key();
    }
    assert_eq!(tab.call("CreateKey", json!({})), Err(ErrorCode::ThrottlingException));
    assert!(tab.call("ListKeys", json!({})).is_ok(), "which has a quota of its own");
    now.set(now.get() + 1000);
    tab.create_key();
}

/// A key pair that is made when the test says so.
#[derive(Clone, Default)]
struct Maker(Rc<RefCell<(Option<KeyMaterial>, Vec<Waker>)>>);

impl Maker {
    fn key_pair(&self, spec: Spec) -> Making {
        assert_eq!(spec, Spec::Rsa2048);
        let maker = self.clone();
        Box::pin(std::future::poll_fn(move |cx| {
            let (made, waiting) = &mut *maker.0.borrow_mut();
            waiting.push(cx.waker().clone());
            made.take().map_or(Poll::Pending, |made| Poll::Ready(Some(made)))
        }))
    }

    fn finish(&self, made: KeyMaterial) {
        let (slot, waiting) = &mut *self.0.borrow_mut();
        *slot = Some(made);
        waiting.drain(..).for_each(Waker::wake);
    }
}

#[test]
fn nobody_waits_for_the_making_of_a_key_pair() {
    let (store, maker) = (MemoryStore::default(), Maker::default());
    let making = maker.clone();
    let key_pair = Box::new(move |spec| making.key_pair(spec));
    let tab = open_in(store, Surroundings { key_pair, ..surroundings(&clock()) });
    let body = json!({ "KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY" }).to_string();
    let mut call = pin!(tab.0.call(Service::Kms, "CreateKey", &body));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(call.as_mut().poll(&mut cx).is_pending());
    let others = tab.call("ListKeys", json!({})).unwrap();
    assert_eq!(others["Keys"], json!([]), "another call is answered meanwhile");

    let pair = KeyMaterial::generate(Spec::Rsa2048, &mut *crate::entropy()).unwrap();
    let public = Blob::from(pair.public_key().unwrap().der());
    maker.finish(pair);
    let made: Value = serde_json::from_str(&block_on(call).unwrap().result.unwrap()).unwrap();
    let shown = tab.call("GetPublicKey", json!({ "KeyId": made["KeyMetadata"]["KeyId"] })).unwrap();
    assert_eq!(shown["PublicKey"], json!(public), "and the key pair is the one that was made");
}

#[test]
fn an_answer_says_whether_anything_has_changed() {
    let tab = open(MemoryStore::default(), &clock());
    let changed = |operation, body: &str| {
        block_on(tab.0.ask(Service::Kms, operation, body.to_owned())).unwrap().changed
    };
    assert!(changed("CreateKey", "{}"));
    assert!(!changed("ListKeys", "{}"), "only read");
    assert!(!changed("CreateKey", r#"{"KeySpec":"Nonsense"}"#), "refused");
}

#[test]
fn a_world_is_there_again_after_closing() {
    let (store, now) = (MemoryStore::default(), clock());
    let first = open(store.clone(), &now);
    let key = first.create_key();
    first.call("CreateAlias", json!({ "AliasName": "alias/docs", "TargetKeyId": key })).unwrap();
    let sealed = first.call("Encrypt", json!({ "KeyId": "alias/docs", "Plaintext": "aGVsbG8=" })).unwrap();
    drop(first);
    let again = open(store, &now);
    let opened = again.call("Decrypt", json!({ "CiphertextBlob": sealed["CiphertextBlob"] })).unwrap();
    assert_eq!(opened["Plaintext"], "aGVsbG8=");
}

#[test]
fn time_destroys_what_was_scheduled() {
    let (store, now) = (MemoryStore::default(), clock());
    let world = open(store.clone(), &now);
    let key = world.create_key();
    world.call("ScheduleKeyDeletion", json!({ "KeyId": key, "PendingWindowInDays": 7 })).unwrap();
    now.set(now.get() + 7 * Timestamp::DAY - 1);
    assert!(world.call("DescribeKey", json!({ "KeyId": key })).is_ok());
    now.set(now.get() + 1);
    assert_eq!(world.call("DescribeKey", json!({ "KeyId": key })), Err(ErrorCode::NotFoundException));
    let left = block_on(async { store.turn().await.unwrap().load().await.unwrap() });
    assert_eq!(left, vec![], "the material is gone from the store too");
}

/// A store that refuses to write.
#[derive(Clone)]
struct Full(MemoryStore, Rc<Cell<bool>>);

struct FullTurn(crate::store::memory::MemoryTurn, bool);

impl Store for Full {
    type Turn = FullTurn;
    async fn turn(&self) -> Result<FullTurn, StoreError> {
        Ok(FullTurn(self.0.turn().await?, self.1.get()))
    }
}

impl Turn for FullTurn {
    fn generation(&self) -> u64 {
        self.0.generation()
    }
    async fn load(&self) -> Result<Vec<Stored>, StoreError> {
        self.0.load().await
    }
    async fn commit(&mut self, writes: Vec<Write>) -> Result<u64, StoreError> {
        if self.1 { Err(StoreError::Full) } else { self.0.commit(writes).await }
    }
    async fn replace(&mut self, records: Vec<Stored>, made: Timestamp) -> Result<u64, StoreError> {
        if self.1 { Err(StoreError::Full) } else { self.0.replace(records, made).await }
    }
    async fn standing(&self) -> Result<Standing, StoreError> {
        self.0.standing().await
    }
    async fn note(&mut self, saved: Saved) -> Result<(), StoreError> {
        if self.1 { Err(StoreError::Full) } else { self.0.note(saved).await }
    }
}

#[test]
fn what_cannot_be_stored_has_not_happened() {
    let (full, now) = (Rc::new(Cell::new(false)), clock());
    let world = open(Full(MemoryStore::default(), full.clone()), &now);
    let key = world.create_key();
    full.set(true);
    let refused = block_on(world.0.call(Service::Kms, "DisableKey", &json!({ "KeyId": key }).to_string()));
    assert_eq!(refused.unwrap_err().code, LocalErrorCode::StorageFull);
    let state =
        world.call("DescribeKey", json!({ "KeyId": key })).unwrap()["KeyMetadata"]["KeyState"].clone();
    assert_eq!(state, "Enabled");
    full.set(false);
    world.call("DisableKey", json!({ "KeyId": key })).unwrap();
}
