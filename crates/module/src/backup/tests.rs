use std::{cell::Cell, rc::Rc};

use pollster::block_on;
use serde_json::{Value, json};
use waxseal_api::{LocalError, LocalErrorCode, Place, Service, vault::LastBackup};
use waxseal_crypto::Scrypt;
use waxseal_kms::Caller;

use super::*;
use crate::{
    store::{Store, Turn, memory::MemoryStore},
    world::{Surroundings, World},
};

/// As little work as there can be.
const QUICK: u8 = 1;
const PASSPHRASE: &[u8] = b"correct horse battery staple";

struct Vault {
    world: World<MemoryStore>,
    store: MemoryStore,
    changes: Rc<Cell<u32>>,
}

impl Vault {
    fn empty() -> Self {
        Self::over(MemoryStore::default())
    }

    fn over(store: MemoryStore) -> Self {
        let changes = Rc::new(Cell::new(0));
        let counted = changes.clone();
        let surroundings = Surroundings {
            clock: Box::new(|| Timestamp::from_millis(1_800_000_000_125)),
            entropy: Box::new(crate::entropy),
            key_pair: Box::new(|_| Box::pin(async { None })),
            quotas: None,
            changed: Box::new(move || counted.set(counted.get() + 1)),
        };
        let place = Place { account: "111122223333".parse().unwrap(), region: "us-east-1".parse().unwrap() };
        let world = block_on(World::open(store.clone(), Caller::root(place), surroundings)).unwrap();
        Self { world, store, changes }
    }

    /// A vault with one key, or with a record of every table.
    fn with_key() -> Self {
        let vault = Self::empty();
        vault.call("CreateKey", json!({}));
        vault
    }

    fn furnished() -> Self {
        let vault = Self::empty();
        let key = vault.key(json!({ "Description": "Documents \"of\" 2026\n" }));
        vault.call("CreateAlias", json!({ "AliasName": "alias/docs", "TargetKeyId": key }));
        for spec in ["ECC_NIST_P256", "HMAC_256", "ML_DSA_44"] {
            let usage = if spec.starts_with("HMAC") { "GENERATE_VERIFY_MAC" } else { "SIGN_VERIFY" };
            vault.key(json!({ "KeySpec": spec, "KeyUsage": usage }));
        }
        let external = vault.key(json!({ "Origin": "EXTERNAL" }));
        let import = json!({ "KeyId": external, "WrappingAlgorithm": "SM2PKE", "WrappingKeySpec": "SM2" });
        vault.call("GetParametersForImport", import);
        let root = "arn:aws:iam::111122223333:root";
        let grant = json!({ "KeyId": key, "GranteePrincipal": root, "Operations": ["Decrypt"] });
        vault.call("CreateGrant", grant);
        let (access_key_id, secret) = ("A".repeat(20), "s".repeat(43));
        let store = json!({
            "CustomKeyStoreName": "xks", "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
            "XksProxyUriPath": "/kms/xks/v1", "XksProxyUriEndpoint": "https://xks.example.com",
            "XksProxyConnectivity": "PUBLIC_ENDPOINT",
            "XksProxyAuthenticationCredential": {"AccessKeyId": access_key_id, "RawSecretAccessKey": secret},
        });
        vault.call("CreateCustomKeyStore", store);
        vault.call("Encrypt", json!({ "KeyId": key, "Plaintext": "aGVsbG8=" }));
        block_on(vault.world.call(Service::Iam, "CreateUser", r#"{"UserName":"ann"}"#)).unwrap();
        vault
    }

    fn call(&self, operation: &str, body: Value) -> Value {
        let reply = block_on(self.world.call(Service::Kms, operation, &body.to_string())).unwrap();
        let output = reply.result.unwrap_or_else(|error| panic!("{operation}: {error}"));
        serde_json::from_str(&output).unwrap_or_default()
    }

    fn key(&self, body: Value) -> String {
        self.call("CreateKey", body)["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
    }

    fn records(&self) -> Vec<Stored> {
        let mut records = block_on(async { self.store.turn().await.unwrap().load().await.unwrap() });
        records.sort_by(|a, b| (a.table, &a.key).cmp(&(b.table, &b.key)));
        records
    }

    fn file(&self) -> Vec<u8> {
        let (backup, _) = block_on(self.world.back_up()).unwrap();
        let fresh = Fresh::new(QUICK, &mut *crate::entropy());
        let key = fresh.scrypt().stretch(PASSPHRASE).unwrap();
        backup.seal((&fresh, &key), &mut *crate::entropy()).unwrap()
    }

    fn restore(&self, file: &[u8]) -> Result<Option<Contents>, LocalError> {
        let seen = block_on(self.world.contents())?;
        block_on(self.world.restore(&open(file, PASSPHRASE)?, seen))
    }
}

fn open(file: &[u8], passphrase: &[u8]) -> Result<Backup, BackupError> {
    let sealed = Sealed::parse(file)?;
    Backup::open(&sealed, &sealed.scrypt().stretch(passphrase).unwrap())
}

#[test]
fn a_backup_restores_on_an_empty_vault() {
    let (first, second) = (Vault::furnished(), Vault::empty());
    let sealed = first.call("Encrypt", json!({ "KeyId": "alias/docs", "Plaintext": "aGVsbG8=" }));
    let tables: BTreeSet<Table> = first.records().iter().map(|record| record.table).collect();
    let of_vaults = Table::ALL.iter().copied().filter(|table| *table != Table::Resources);
    assert!(tables.iter().copied().eq(of_vaults), "every table that a vault has has a record: {tables:?}");

    assert_eq!(second.restore(&first.file()), Ok(None));
    assert_eq!(second.records(), first.records());
    assert_eq!(second.changes.get(), 1, "other tabs are told");
    let opened = second.call("Decrypt", json!({ "CiphertextBlob": sealed["CiphertextBlob"] }));
    assert_eq!(opened["Plaintext"], "aGVsbG8=");
    let other_tab = Vault::over(second.store.clone());
    let opened = other_tab.call("Decrypt", json!({ "CiphertextBlob": sealed["CiphertextBlob"] }));
    assert_eq!(opened["Plaintext"], "aGVsbG8=");
}

#[test]
fn a_backup_says_what_is_in_it() {
    let vault = Vault::furnished();
    let summary = open(&vault.file(), PASSPHRASE).unwrap().summary();
    let records = vault.records().len() as u32;
    assert_eq!(summary.contents, Contents { keys: 5, aliases: 1, records });
    assert_eq!(summary.made, Timestamp::from_millis(1_800_000_000_125));
}

#[test]
fn a_restore_leaves_nothing_of_what_was_there() {
    let (first, second) = (Vault::with_key(), Vault::furnished());
    assert_eq!(second.restore(&first.file()), Ok(None));
    assert_eq!(second.records(), first.records());
    assert_eq!(second.call("ListAliases", json!({}))["Aliases"], json!([]));
}

#[test]
fn what_was_not_seen_is_not_replaced() {
    let (first, second) = (Vault::with_key(), Vault::empty());
    let backup = open(&first.file(), PASSPHRASE).unwrap();
    let seen = block_on(second.world.contents()).unwrap();
    second.call("CreateKey", json!({}));
    let before = second.records();
    let here = block_on(second.world.restore(&backup, seen)).unwrap();
    assert_eq!(here, Some(Contents { keys: 1, aliases: 0, records: 2 }));
    assert_eq!(second.records(), before);
}

#[test]
fn whoever_changes_what_is_kept_is_reminded_of_a_backup() {
    let vault = Vault::with_key();
    let other_tab = Vault::over(vault.store.clone());
    let last = || block_on(other_tab.world.last_backup()).unwrap();
    let save = || {
        let (_, saved) = block_on(vault.world.back_up()).unwrap();
        block_on(vault.world.note(saved)).unwrap();
    };
    assert_eq!(last(), LastBackup { made: None, behind: true });
    save();
    let (made, key) = (Some(Timestamp::from_millis(1_800_000_000_125)), vault.records()[0].key.clone());
    assert_eq!(last(), LastBackup { made, behind: false });
    vault.call("Encrypt", json!({ "KeyId": key, "Plaintext": "aGVsbG8=" }));
    assert_eq!(last(), LastBackup { made, behind: false }, "using a key changes nothing that is kept");
    for (operation, body) in [
        ("CreateAlias", json!({ "AliasName": "alias/docs", "TargetKeyId": key })),
        ("UpdateKeyDescription", json!({ "KeyId": key, "Description": "For letters" })),
        ("DisableKey", json!({ "KeyId": key })),
        ("CreateKey", json!({ "Origin": "EXTERNAL" })),
    ] {
        vault.call(operation, body);
        assert_eq!(last(), LastBackup { made, behind: true }, "{operation}");
        save();
        assert_eq!(last(), LastBackup { made, behind: false }, "{operation}");
    }
}

#[test]
fn a_vault_that_was_restored_has_a_backup() {
    let (first, second) = (Vault::with_key(), Vault::empty());
    assert_eq!(second.restore(&first.file()), Ok(None));
    let made = Some(Timestamp::from_millis(1_800_000_000_125));
    assert_eq!(block_on(second.world.last_backup()), Ok(LastBackup { made, behind: false }));
}

#[test]
fn another_passphrase_restores_nothing() {
    let file = Vault::with_key().file();
    for wrong in [b"".as_slice(), b"correct horse battery stapl", b"Correct horse battery staple"] {
        assert_eq!(open(&file, wrong), Err(BackupError::WrongPassphrase));
    }
}

/// One reason for the lines that hold the passphrase's work, another for everything after them.
#[test]
fn every_changed_byte_is_noticed() {
    let file = Vault::with_key().file();
    let sealed = Sealed::parse(&file).unwrap();
    let key = sealed.scrypt().stretch(PASSPHRASE).unwrap();
    let header = file.windows(4).position(|it| it == b"\n---").unwrap();
    let mut reasons = BTreeSet::new();
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 1;
        let opened = Sealed::parse(&changed).map_err(BackupError::from).and_then(|other| {
            let same = other.scrypt() == sealed.scrypt();
            let stretched = (!same).then(|| other.scrypt().stretch(PASSPHRASE).unwrap());
            Backup::open(&other, stretched.as_ref().unwrap_or(&key))
        });
        let code = LocalError::from(opened.expect_err("a changed file")).code;
        if at > header {
            assert_eq!(code, LocalErrorCode::BackupDamaged, "byte {at}");
        }
        reasons.insert(format!("{code}"));
    }
    let expect = ["BackupDamaged", "NotABackup", "WrongPassphrase"].map(str::to_owned);
    assert_eq!(reasons, BTreeSet::from(expect));
}

#[test]
fn a_backup_cut_short_is_damaged() {
    let file = Vault::with_key().file();
    for length in [file.len() - 1, file.len() / 2, 200] {
        let error = open(&file[..length], PASSPHRASE).unwrap_err();
        assert!(matches!(error, BackupError::Damaged(_)), "{length}: {error}");
    }
}

/// A file that opens, with a text of the test's own in it.
#[track_caller]
fn check_text(text: &str, expect: LocalErrorCode, says: &str) {
    let fresh = Fresh::new(QUICK, &mut *crate::entropy());
    let key = fresh.scrypt().stretch(PASSPHRASE).unwrap();
    let file = fresh.seal(&key, text.as_bytes(), &mut *crate::entropy());
    let error = LocalError::from(open(&file, PASSPHRASE).unwrap_err());
    assert_eq!(error.code, expect, "{error}");
    assert!(error.message.contains(says), "{error}");
}

#[test]
fn texts_that_are_no_backup_of_this_version() {
    use LocalErrorCode::{BackupDamaged, BackupNewer, NotABackup};
    let head = |version, records| {
        format!(r#"{{"format":"waxseal-vault-backup","version":{version},"made":1,"records":{records}}}"#)
    };
    let alias = r#"{"table":"aliases","name":"a","body":"{}"}"#;
    check_text("", NotABackup, "no backup of Waxseal");
    check_text("Dear Ada", NotABackup, "no backup of Waxseal");
    check_text(r#"{"format":"else","version":1}"#, NotABackup, "no backup of Waxseal");
    check_text(r#"{"format":"waxseal-vault-backup","version":2,"new":"things"}"#, BackupNewer, "version 2");
    check_text(&head(0, 0), BackupDamaged, "no format version 0");
    check_text(&head(1, 1), BackupDamaged, "should have 1 records and has 0");
    check_text(&format!("{}\n{alias}\n{alias}\n", head(1, 2)), BackupDamaged, "twice");
    check_text(&format!("{}\n{alias}\n", head(1, 1)), BackupDamaged, "missing field");
    let table = alias.replace("aliases", "secrets");
    check_text(&format!("{}\n{table}\n", head(1, 1)), BackupDamaged, "no table 'secrets'");
    check_text(&format!("{}\n{{}}\n", head(1, 1)), BackupDamaged, "missing field");
}

/// A key of the past and its backup, from before this test was written: it has to be restored for ever.
#[test]
fn the_first_backups_are_still_read() {
    let file = include_bytes!("first.age");
    let backup = open(file, PASSPHRASE).unwrap();
    assert_eq!(backup.summary().contents, Contents { keys: 5, aliases: 1, records: 15 });
    assert_eq!(Sealed::parse(file).unwrap().scrypt().log_n(), Scrypt::LOG_N);
    let vault = Vault::empty();
    assert_eq!(vault.restore(file), Ok(None));
    assert_eq!(vault.call("DescribeKey", json!({ "KeyId": "alias/docs" }))["KeyMetadata"]["Enabled"], true);
}
