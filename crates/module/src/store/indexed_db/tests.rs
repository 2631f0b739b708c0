//! Run in a browser: `cargo xtask test wasm`.

use idb::{DatabaseEvent as _, Factory, ObjectStoreParams, Query, Transaction};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use waxseal_api::{Secret, Timestamp, vault::Contents};
use waxseal_kms::{Stored, Table, Write};

use super::{access::reading, open::VERSION, *};
use crate::store::{Saved, Standing, Turn, suite};

wasm_bindgen_test_configure!(run_in_browser);

async fn open(world: &str) -> IndexedDbStore {
    IndexedDbStore::open(world, |_| {}).await.unwrap()
}

fn material(key: &str, byte: u8) -> Write {
    let secret = Some(Secret::new(vec![byte; 32]));
    Write::Put(Stored { table: Table::Materials, key: key.into(), body: "{}".into(), secret })
}

#[wasm_bindgen_test]
async fn the_suite_of_every_store() {
    suite::run(open("suite").await, async || open("suite").await).await;
}

#[wasm_bindgen_test]
async fn the_suite_of_every_sandbox() {
    let filled = open("sandbox-filled").await;
    suite::run_sandbox(open("sandbox-suite").await, async || open("sandbox-suite").await, filled).await;
    // Of 153 and then 303 steps, the complete blocks and what has come since.
    for (name, most) in [("sandbox-suite", 2 + 25), ("sandbox-filled", 4 + 47)] {
        let store = open(name).await;
        let steps = reading(&store.0.database, &[STEPS]).unwrap().object_store(STEPS).unwrap();
        let rows = steps.count(None).unwrap().await.unwrap();
        assert!(rows <= most, "{rows} rows of steps in {name}");
    }
}

#[wasm_bindgen_test]
async fn a_block_of_records_that_is_broken_is_told() {
    use crate::store::{Everything, SandboxTurn};
    let store = open("sandbox-broken-block").await;
    let record = |key: &str| Stored { table: Table::Keys, key: key.into(), body: "{}".into(), secret: None };
    let everything = Everything { records: vec![record("a"), record("b")], ..Everything::default() };
    let names = [(Table::Keys, "a".to_owned())];
    let mut turn = store.turn().await.unwrap();
    turn.fill(&everything).await.unwrap();
    assert_eq!(turn.load().await.unwrap(), everything.records);
    assert_eq!(turn.records(&names).await.unwrap(), [record("a")]);
    for broken in [JsValue::from("nothing"), js_sys::Array::of2(&"keys/a".into(), &JsValue::FALSE).into()] {
        let breaking = writing(&store.0.database, &["base"]).unwrap();
        put(&Transaction::from(breaking.clone()), "base", "keys/b", &broken).await.unwrap();
        finish(breaking).await.unwrap();
        assert!(matches!(turn.load().await, Err(StoreError::Damaged { .. })));
        assert!(matches!(turn.records(&names).await, Err(StoreError::Damaged { .. })));
    }
}

#[wasm_bindgen_test]
async fn what_is_stored_is_sealed() {
    let store = open("sealed").await;
    store.turn().await.unwrap().commit(vec![material("a", 0xAB)]).await.unwrap();
    let [row] = look_up(&store.0.database, "materials", ["a"]).await.unwrap();
    let row = row.unwrap();
    let sealed = Uint8Array::new(&Reflect::get(&row, &"sealed".into()).unwrap()).to_vec();
    assert_eq!(sealed.len(), 32 + 16);
    assert!(!sealed.windows(4).any(|window| window == [0xAB; 4]));
}

#[wasm_bindgen_test]
async fn the_root_key_cannot_be_exported() {
    let store = open("export").await;
    let subtle = browser::subtle().unwrap();
    for format in ["raw", "jwk"] {
        let export = subtle.export_key(format, store.0.root.borrow().as_ref().unwrap().as_js());
        let exported = JsFuture::from(export.unwrap()).await;
        assert!(describe(&exported.unwrap_err()).starts_with("InvalidAccessError"));
    }
}

#[wasm_bindgen_test]
async fn a_seal_is_bound_to_the_name_of_its_record() {
    let store = open("bound").await;
    store.turn().await.unwrap().commit(vec![material("a", 1), material("b", 2)]).await.unwrap();
    let [row] = look_up(&store.0.database, "materials", ["a"]).await.unwrap();
    let exchanging = writing(&store.0.database, &["materials"]).unwrap();
    put(&Transaction::from(exchanging.clone()), "materials", "b", &row.unwrap()).await.unwrap();
    finish(exchanging).await.unwrap();
    let loaded = store.turn().await.unwrap().load().await;
    assert!(matches!(loaded, Err(StoreError::Damaged { name, .. }) if name.ends_with("materials/b")));
}

#[wasm_bindgen_test]
async fn a_newer_database_is_left_alone() {
    let newer = Factory::new().unwrap().open("waxseal-newer", Some(VERSION + 1)).unwrap().await.unwrap();
    assert_eq!(IndexedDbStore::open("newer", |_| {}).await.err(), Some(StoreError::Newer));
    assert_eq!(newer.version().unwrap(), VERSION + 1);
}

#[wasm_bindgen_test]
async fn a_database_of_version_1_gets_what_is_new() {
    let mut request = Factory::new().unwrap().open("waxseal-older", Some(1)).unwrap();
    request.on_upgrade_needed(|event| {
        let database = event.database().unwrap();
        for store in ["keys", "materials", "aliases", META] {
            database.create_object_store(store, ObjectStoreParams::new()).unwrap();
        }
    });
    request.await.unwrap().close();
    let store = open("older").await;
    for table in Table::ALL {
        let record = Stored { table: *table, key: "a".into(), body: "{}".into(), secret: None };
        store.turn().await.unwrap().commit(vec![Write::Put(record)]).await.unwrap();
    }
    assert_eq!(store.turn().await.unwrap().load().await.unwrap().len(), Table::ALL.len());
}

/// As version 3 left it: a root key, one record, and no word of backups.
async fn database_of_version_3(name: &str) {
    let mut request = Factory::new().unwrap().open(name, Some(3)).unwrap();
    request.on_upgrade_needed(|event| {
        let database = event.database().unwrap();
        for store in Table::ALL.iter().map(|table| table.as_str()).chain([META]) {
            database.create_object_store(store, ObjectStoreParams::new()).unwrap();
        }
    });
    let database = IdbDatabase::from(request.await.unwrap());
    let root = RootKey::generate(browser::subtle().unwrap()).await.unwrap();
    let row = Object::new();
    Reflect::set(&row, &"v".into(), &1.into()).unwrap();
    Reflect::set(&row, &"body".into(), &"{}".into()).unwrap();
    let filling = writing(&database, &[META, "aliases"]).unwrap();
    let transaction = Transaction::from(filling.clone());
    put(&transaction, META, ROOT, root.as_js()).await.unwrap();
    put(&transaction, META, GENERATION, &5.into()).await.unwrap();
    put(&transaction, "aliases", "a", &row).await.unwrap();
    finish(filling).await.unwrap();
    database.close();
}

#[wasm_bindgen_test]
async fn a_database_of_version_3_is_behind_until_there_is_a_backup() {
    database_of_version_3("waxseal-of-3").await;
    let store = open("of-3").await;
    let mut turn = store.turn().await.unwrap();
    assert_eq!(turn.load().await.unwrap().len(), 1);
    assert_eq!(turn.standing().await, Ok(Standing { changed: 5, saved: None }));
    turn.note(Saved { made: Timestamp::from_millis(7), generation: 5 }).await.unwrap();
    let used = Stored { table: Table::Usage, key: "a".into(), body: "{}".into(), secret: None };
    turn.commit(vec![Write::Put(used)]).await.unwrap();
    assert!(!turn.standing().await.unwrap().is_behind());
}

/// A database that was damaged takes a backup, and is as one that never was.
async fn check_renewed(world: &str, damage: impl AsyncFn(&IdbDatabase)) {
    let store = open(world).await;
    store.turn().await.unwrap().commit(vec![material("a", 1), material("b", 2)]).await.unwrap();
    damage(&store.0.database).await;
    let store = IndexedDbStore::connect(world, |_| {}).await.unwrap();
    let refused = match store.begin().await {
        Ok(()) => store.turn().await.unwrap().load().await.err(),
        Err(error) => Some(error),
    };
    assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{refused:?}");
    let (here, made) = (store.count().await.unwrap(), Timestamp::from_millis(7));
    let records = || {
        let Write::Put(stored) = material("c", 3) else { panic!() };
        vec![stored]
    };
    assert_eq!(store.renew(records(), made, Contents::default()).await, Ok(Some(here)), "not what was seen");
    assert_eq!(store.renew(records(), made, here).await, Ok(None));
    let turn = open(world).await.turn().await.unwrap();
    assert_eq!(turn.load().await.unwrap(), records());
    assert!(!turn.standing().await.unwrap().is_behind());
}

#[wasm_bindgen_test]
async fn a_backup_takes_the_place_of_what_cannot_be_read() {
    check_renewed("broken-record", async |database: &IdbDatabase| {
        let breaking = writing(database, &["materials"]).unwrap();
        put(&Transaction::from(breaking.clone()), "materials", "b", &"nothing".into()).await.unwrap();
        finish(breaking).await.unwrap();
    })
    .await;
    check_renewed("lost-root", async |database: &IdbDatabase| {
        let breaking = writing(database, &[META]).unwrap();
        let meta = Transaction::from(breaking.clone()).object_store(META).unwrap();
        meta.delete(Query::from(JsValue::from(ROOT))).unwrap().await.unwrap();
        finish(breaking).await.unwrap();
    })
    .await;
    check_renewed("broken-lock", async |database: &IdbDatabase| {
        let breaking = writing(database, &[META]).unwrap();
        let transaction = Transaction::from(breaking.clone());
        let meta = transaction.object_store(META).unwrap();
        meta.delete(Query::from(JsValue::from(ROOT))).unwrap().await.unwrap();
        put(&transaction, META, LOCK, &"nothing".into()).await.unwrap();
        finish(breaking).await.unwrap();
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_newer_record_is_left_alone() {
    let store = open("newer-record").await;
    store.turn().await.unwrap().commit(vec![material("a", 1)]).await.unwrap();
    let row = Object::new();
    Reflect::set(&row, &"v".into(), &(row::FORM + 1).into()).unwrap();
    let exchanging = writing(&store.0.database, &["materials"]).unwrap();
    put(&Transaction::from(exchanging.clone()), "materials", "a", &row).await.unwrap();
    finish(exchanging).await.unwrap();
    assert_eq!(store.turn().await.unwrap().load().await.err(), Some(StoreError::Newer));
}

#[wasm_bindgen_test]
async fn a_failed_commit_changes_nothing() {
    let store = open("failed").await;
    let mut turn = store.turn().await.unwrap();
    turn.commit(vec![material("a", 1)]).await.unwrap();
    store.0.database.close();
    assert!(matches!(turn.commit(vec![material("a", 2)]).await, Err(StoreError::Refused(_))));
    drop(turn);
    let turn = open("failed").await.turn().await.unwrap();
    assert_eq!(turn.generation(), 1);
    assert_eq!(turn.load().await.unwrap()[0].secret.as_ref().unwrap().expose(), [1; 32]);
}

#[wasm_bindgen_test]
async fn a_database_that_is_deleted_says_so() {
    let (heard, hear) = browser::promise();
    let told = Rc::new(Cell::new(None));
    let teller = told.clone();
    let lost = move |error| {
        teller.set(Some(error));
        browser::call(hear.as_ref());
    };
    let _open = IndexedDbStore::open("deleted", lost).await.unwrap();
    Factory::new().unwrap().delete("waxseal-deleted").unwrap().await.unwrap();
    JsFuture::from(heard).await.unwrap();
    assert_eq!(told.take(), Some(StoreError::Deleted));
}

/// As version 5 left it: three steps, the second one gone back over, each with an entry.
async fn sandbox_of_version_5(name: &str) {
    let mut request = Factory::new().unwrap().open(name, Some(5)).unwrap();
    request.on_upgrade_needed(|event| {
        let database = event.database().unwrap();
        for store in Table::ALL.iter().map(|table| table.as_str()).chain([META, LOG, STEPS]) {
            database.create_object_store(store, ObjectStoreParams::new()).unwrap();
        }
    });
    let database = IdbDatabase::from(request.await.unwrap());
    let root = RootKey::generate(browser::subtle().unwrap()).await.unwrap();
    let mut rows = Vec::new();
    for (step, parent, left) in [(1, 0, None), (2, 1, Some("two")), (3, 1, None)] {
        let text = Secret::from(format!("step {step}").as_bytes());
        let sealed = root.seal("waxseal v1/sandbox/step", &text).await.unwrap();
        let row = Object::new();
        for (name, value) in [("parent", parent), ("first", step), ("end", step + 1)] {
            Reflect::set(&row, &name.into(), &JsValue::from(value)).unwrap();
        }
        Reflect::set(&row, &"nonce".into(), &sealed.nonce).unwrap();
        Reflect::set(&row, &"sealed".into(), &sealed.bytes).unwrap();
        if let Some(left) = left {
            Reflect::set(&row, &"left".into(), &js_sys::Array::of1(&left.into())).unwrap();
        }
        rows.push((step, row));
    }
    let filling = writing(&database, &[META, LOG, STEPS]).unwrap();
    let transaction = Transaction::from(filling.clone());
    put(&transaction, META, ROOT, root.as_js()).await.unwrap();
    for (name, value) in [(GENERATION, 4), ("head", 3), ("entered", 3)] {
        put(&transaction, META, name, &value.into()).await.unwrap();
    }
    let table = |name| transaction.object_store(name).unwrap();
    for (step, row) in rows {
        table(STEPS).put(&row, Some(&step.into())).unwrap();
    }
    for (entry, text) in [(1, "one"), (3, "three")] {
        table(LOG).put(&text.into(), Some(&entry.into())).unwrap();
    }
    finish(filling).await.unwrap();
    database.close();
}

#[wasm_bindgen_test]
async fn a_sandbox_of_version_5_goes_where_it_could() {
    use crate::store::{SandboxTurn, Travel};
    sandbox_of_version_5("waxseal-sandbox-of-5").await;
    for _ in 0..2 {
        let store = open("sandbox-of-5").await;
        let mut turn = store.turn().await.unwrap();
        let tree = turn.tree().await.unwrap();
        assert_eq!((tree.head, tree.kept, tree.ends()), (3, (1, 3), vec![2]));
        assert_eq!((tree.parent(2), tree.parent(3)), (1, 1));
        let log = turn.log(0, 9).await.unwrap();
        assert_eq!(log, [(1, "one".to_owned()), (3, "three".to_owned())]);
        turn.travel(Travel { head: 2, ..Travel::default() }).await.unwrap();
        assert_eq!(turn.log(1, 9).await.unwrap(), [(2, "two".to_owned())]);
        assert_eq!(turn.steps((2, 2)).await.unwrap()[0].text.expose(), "step 2");
        turn.travel(Travel { head: 3, ..Travel::default() }).await.unwrap();
    }
}
