use std::io::{Read, Write as _};

use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use pollster::block_on;
use serde_json::json;
use waxseal_api::{
    LocalErrorCode, Place,
    sandbox::{Clock, Start, Steps, Task},
};
use waxseal_crypto::sha256;
use waxseal_kms::Caller;

use super::*;
use crate::{
    backup::{self, BackupError},
    store::{SandboxTurn, Store, Turn, memory::MemoryStore},
    world::{Sandbox, Surroundings, World, fill},
};

fn sandbox(store: MemoryStore) -> Sandbox<MemoryStore> {
    let surroundings = Surroundings {
        clock: Box::new(|| Timestamp::from_millis(1_800_000_000_000)),
        entropy: Box::new(crate::entropy),
        key_pair: Box::new(|_| Box::pin(async { None })),
        quotas: None,
        changed: Box::new(|| {}),
    };
    let place = Place { account: "111122223333".parse().unwrap(), region: "us-east-1".parse().unwrap() };
    Sandbox::new(block_on(World::open(store, Caller::root(place), surroundings)).unwrap())
}

fn perform<T: serde::de::DeserializeOwned>(sandbox: &Sandbox<MemoryStore>, task: Task) -> T {
    serde_json::from_str(&block_on(sandbox.perform(task)).unwrap()).unwrap()
}

fn enter(sandbox: &Sandbox<MemoryStore>, line: &str) -> String {
    let printed: waxseal_api::sandbox::Printed = perform(sandbox, Task::Enter { line: line.to_owned() });
    assert_eq!(printed.exit, 0, "{line}: {printed:?}");
    printed.stdout
}

/// With keys, people, files, a moved clock, and steps that fork and were gone back over.
fn furnished() -> (Sandbox<MemoryStore>, MemoryStore) {
    let store = MemoryStore::default();
    let sandbox = sandbox(store.clone());
    perform::<()>(&sandbox, Task::Begin { start: Start::TwoAccounts, prepare: String::new() });
    enter(&sandbox, "echo 'dear \"reader\"' > letter.txt");
    enter(
        &sandbox,
        "aws kms encrypt --key-id alias/orders --plaintext fileb://letter.txt --query CiphertextBlob --output text > sealed",
    );
    enter(
        &sandbox,
        "aws kms schedule-key-deletion --pending-window-in-days 7 --key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)",
    );
    let Clock { due, .. } = perform(&sandbox, Task::Clock);
    perform::<serde_json::Value>(&sandbox, Task::Advance { to: due[0].at });
    let log: serde_json::Value = perform(&sandbox, Task::Log { after: 0, most: 9 });
    let entry = log["entries"].as_array().unwrap().last().unwrap()["number"].as_u64().unwrap();
    perform::<Clock>(&sandbox, Task::Back { entry });
    enter(&sandbox, "aws kms create-key --key-spec HMAC_256 --key-usage GENERATE_VERIFY_MAC > /dev/null");
    enter(&sandbox, "aws s3 mb s3://letters; aws s3 cp letter.txt 's3://letters/a letter' --sse aws:kms");
    (sandbox, store)
}

fn everything(store: &MemoryStore) -> Everything {
    block_on(async { store.turn().await.unwrap().everything().await.unwrap() })
}

fn shared() -> Shared {
    block_on(furnished().0.save("first")).unwrap()
}

/// As the worker does it, whose browser digests, packs and unpacks.
fn written(shared: &Shared) -> Vec<u8> {
    let lines = shared.write();
    [&lines[..], end(&sha256(&[&lines])).as_bytes()].concat()
}

fn read(text: &[u8]) -> Result<Shared, ShareError> {
    ensure_digest(text, &sha256(&[lines(text)?]))?;
    let shared = Shared::read(text)?;
    check(&shared.everything)?;
    Ok(shared)
}

fn opened(file: &[u8]) -> Result<Shared, ShareError> {
    let mut text = Vec::new();
    let mut packed = packed(file)?;
    let unpacked = GzDecoder::new(&mut packed).read_to_end(&mut text);
    unpacked.map_err(|error| ShareError::Damaged(error.to_string()))?;
    if !packed.is_empty() {
        return Err(ShareError::Damaged("something follows its end".to_owned()));
    }
    read(&text)
}

fn packed_up(shared: &Shared) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(&written(shared)).unwrap();
    file(&packer.finish().unwrap())
}

#[test]
fn a_sandbox_comes_back_whole() {
    let (one, store) = furnished();
    let shared = block_on(one.save("first")).unwrap();
    assert_eq!(shared.everything, everything(&store));
    assert!(shared.everything.shape.ways.len() > 1 && shared.everything.steps.len() > 15);
    let again = opened(&packed_up(&shared)).unwrap();
    assert_eq!(again, shared);

    let other = MemoryStore::default();
    block_on(async { fill(&mut other.turn().await.unwrap(), &again.everything).await.unwrap() });
    assert_eq!(everything(&other), everything(&store));
    let two = sandbox(other.clone());
    let decrypt =
        "aws kms decrypt --ciphertext-blob $(cat sealed) --query Plaintext --output text | base64 -d";
    assert_eq!(enter(&two, decrypt), "dear \"reader\"\n");
    assert_eq!(enter(&two, "aws s3 cp 's3://letters/a letter' -"), "dear \"reader\"\n");
    let Steps { ends, .. } = perform(&two, Task::Steps);
    let end = ends.iter().find(|end| end.label == "DeleteKey").unwrap();
    perform::<Clock>(&two, Task::Return { step: end.step });
    assert_eq!(perform::<Clock>(&two, Task::Clock).ahead, 7 * Timestamp::DAY);
    assert!(block_on(one.save("first")).unwrap() == shared, "the first one is as it was");
}

#[test]
fn nothing_is_filled_that_is_not_empty() {
    let (_, store) = furnished();
    let before = everything(&store);
    let refused = block_on(async { fill(&mut store.turn().await.unwrap(), &shared().everything).await });
    assert_eq!(refused.unwrap_err().code, LocalErrorCode::BadRequest);
    assert_eq!(everything(&store), before);
}

#[test]
fn no_changed_byte_and_no_cut_goes_unseen() {
    let shared = shared();
    let file = packed_up(&shared);
    let fails = |changed: &[u8]| match opened(changed) {
        Ok(read) => assert!(read == shared, "something else was read"),
        Err(error) => assert!(!error.to_string().is_empty()),
    };
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 1 << (at % 8);
        fails(&changed);
        assert!(opened(&file[..at]).is_err(), "cut after {at} bytes");
    }
    let text = written(&shared);
    for at in (0..text.len()).step_by(13) {
        let mut changed = text.clone();
        changed[at] ^= 1 << (at % 7);
        assert!(read(&changed).is_err(), "byte {at}");
    }
    for at in (0..text.len()).step_by(31) {
        assert!(read(&text[..at]).is_err(), "cut after {at} bytes");
    }
    let longer = [&file[..], b"more"].concat();
    assert!(opened(&longer).is_err());
}

/// What somebody has changed on purpose has a digest that fits, so it has to be found by what it says.
#[test]
fn what_cannot_be_a_sandbox_is_refused_though_its_digest_fits() {
    type Change = fn(&mut Everything);
    let changes: [(&str, Change); 16] = [
        ("a record twice", |all| all.records.push(all.records[0].duplicate())),
        ("a record that is none", |all| all.records[0].body = "{}".to_owned()),
        ("a record without its secret", |all| all.records.iter_mut().for_each(|it| it.secret = None)),
        ("a step that is none", |all| all.steps[3].text = "{}".to_owned().into()),
        ("a step with a record that is none", |all| {
            let row = json!({ "table": "keys", "name": "a", "body": "{}" });
            let text = json!({ "label": "", "at": 1.0, "undo": [], "redo": [row] });
            all.steps[3].text = text.to_string().into();
        }),
        ("a step of no table", |all| {
            let text =
                json!({ "label": "", "at": 1.0, "undo": [{ "table": "meta", "name": "root" }], "redo": [] });
            all.steps[3].text = text.to_string().into();
        }),
        ("a step too few", |all| drop(all.steps.remove(5))),
        ("steps in another order", |all| all.steps.swap(1, 2)),
        ("entries that overlap", |all| all.steps[1].entries = (1, 2)),
        ("an entry that is none", |all| all.log[0].1 = "{}".to_owned()),
        ("entries in another order", |all| all.log.swap(0, 1)),
        ("an entry after the last", |all| all.entered = 1),
        ("a head that is not there", |all| all.head = 999),
        ("a head that the log does not end at", |all| all.head = 1),
        ("a way that leads to itself", |all| all.shape.ways[0].parent = 1),
        ("a terminal that is none", |all| all.kept = Some("{}".to_owned().into())),
    ];
    for (what, change) in changes {
        let mut shared = shared();
        change(&mut shared.everything);
        assert!(matches!(read(&written(&shared)), Err(ShareError::Damaged(_))), "{what}");
    }
}

#[test]
fn other_files_are_told_apart() {
    let (file, of) = (packed_up(&shared()), |error: ShareError| waxseal_api::LocalError::from(error));
    let newer = [b"waxseal-sandbox 2\n", &file[18..]].concat();
    let newer = of(opened(&newer).unwrap_err());
    assert_eq!((newer.code, newer.message.contains("version 2")), (LocalErrorCode::SandboxNewer, true));
    for (other, words) in [
        (&b"age-encryption.org/v1\n-> scrypt"[..], "backup of a vault"),
        (b"waxseal-vault", "does not begin"),
        (b"", "does not begin"),
        (&[0x1f, 0x8b, 8, 0], "does not begin"),
    ] {
        let refused = of(opened(other).unwrap_err());
        assert_eq!(refused.code, LocalErrorCode::NotASandbox);
        assert!(refused.message.contains(words), "{refused}");
    }
    assert_eq!(of(opened(b"waxseal-sandbox x\n").unwrap_err()).code, LocalErrorCode::SandboxDamaged);
    let Err(BackupError::NotABackup(text)) = backup::sealed(&file) else { panic!("a vault takes a sandbox") };
    assert!(text.contains("workbench"), "{text}");
}

/// What is frozen here was written by version 1, and has to be read for ever.
#[test]
fn a_file_of_version_1_is_read() {
    let file = include_bytes!("first.waxseal-sandbox");
    let shared = opened(file).unwrap();
    assert_eq!(shared.name, "first");
    let store = MemoryStore::default();
    block_on(async { fill(&mut store.turn().await.unwrap(), &shared.everything).await.unwrap() });
    assert_eq!(enter(&sandbox(store.clone()), "cat letter.txt"), "dear \"reader\"\n");
    assert!(block_on(async { store.turn().await.unwrap().generation() }) > 0);
}
