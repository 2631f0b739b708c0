//! `--state FILE`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::Endpoint;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.state");
    (folder, path)
}

fn refusal_to_start(path: &Path) -> String {
    let failure = Endpoint::try_start(&["--state", path.to_str().unwrap()]).err().unwrap();
    assert_eq!(failure.status.code(), Some(1));
    failure.message
}

#[test]
fn what_was_there_is_there_again() {
    let (_folder, path) = folder();
    let endpoint = Endpoint::with_state(&path);
    let client = endpoint.client();
    let key = client.create_key();
    client.call("CreateAlias", &json!({ "AliasName": "alias/docs", "TargetKeyId": key }));
    let sealed = client.call("Encrypt", &json!({ "KeyId": key, "Plaintext": "aGVsbG8=" }));
    let ahead = client.try_advance(1_000_000).unwrap();
    assert!(endpoint.end("TERM").success());

    let endpoint = Endpoint::with_state(&path);
    let client = endpoint.client();
    let opened = client.call("Decrypt", &json!({ "CiphertextBlob": sealed["CiphertextBlob"] }));
    assert_eq!(opened["Plaintext"], "aGVsbG8=");
    client.call("DescribeKey", &json!({ "KeyId": "alias/docs" }));
    assert!(client.try_advance(0).unwrap() >= ahead, "the clock does not go back");
}

/// When a key was last used is not worth a wait, but an orderly end keeps it.
#[test]
fn what_could_wait_is_written_at_the_end() {
    let (_folder, path) = folder();
    let endpoint = Endpoint::with_state(&path);
    let client = endpoint.client();
    let key = client.create_key();
    client.call("Encrypt", &json!({ "KeyId": key, "Plaintext": "aGVsbG8=" }));
    assert!(endpoint.end("TERM").success());
    let usage = Endpoint::with_state(&path).client().call("GetKeyLastUsage", &json!({ "KeyId": key }));
    assert_eq!(usage["KeyLastUsage"]["Operation"], "Encrypt");
}

#[test]
fn a_file_has_one_user() {
    let (_folder, path) = folder();
    let first = Endpoint::with_state(&path);
    assert!(refusal_to_start(&path).contains("another process is using"));
    assert!(first.end("KILL").code().is_none());
    Endpoint::with_state(&path).client().create_key();
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = folder();
    let _endpoint = Endpoint::with_state(&path);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

/// The key of each line of a file is there, or was cut off with its line.
#[test]
fn a_torn_end_is_cut_at_every_byte() {
    let (_folder, path) = folder();
    let endpoint = Endpoint::with_state(&path);
    let client = endpoint.client();
    let keys = [client.create_key(), client.create_key()];
    endpoint.end("KILL");
    let whole = fs::read(&path).unwrap();
    let last_line = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    for cut in (last_line..whole.len()).step_by(37).chain([whole.len() - 1]) {
        fs::write(&path, &whole[..cut]).unwrap();
        let endpoint = Endpoint::with_state(&path);
        let client = endpoint.client();
        client.call("DescribeKey", &json!({ "KeyId": keys[0] }));
        assert_eq!(client.refusal("DescribeKey", &json!({ "KeyId": keys[1] })), "NotFoundException");
        client.create_key();
        endpoint.end("KILL");
        let endpoint = Endpoint::with_state(&path);
        assert_eq!(listed(&endpoint), 2, "what follows a cut is kept, cut at {cut}");
    }
}

fn listed(endpoint: &Endpoint) -> usize {
    endpoint.client().call("ListKeys", &json!({}))["Keys"].as_array().map_or(0, Vec::len)
}

#[test]
fn damage_is_not_taken_for_a_torn_end() {
    let (_folder, path) = folder();
    let endpoint = Endpoint::with_state(&path);
    let client = endpoint.client();
    (0..3).for_each(|_| drop(client.create_key()));
    endpoint.end("KILL");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert!(refusal_to_start(&path).contains("the state file is damaged in line"));
    assert_eq!(fs::read(&path).unwrap(), bytes, "it was left as it is");
}

#[test]
fn another_kind_of_file_is_left_alone() {
    let (_folder, path) = folder();
    fs::write(&path, "dear diary").unwrap();
    assert!(refusal_to_start(&path).contains("not a state file"));
    assert_eq!(fs::read(&path).unwrap(), b"dear diary");
    fs::write(&path, "").unwrap();
    assert_eq!(listed(&Endpoint::with_state(&path)), 0, "an empty file is as good as none");
}

/// The secret that the file holds for a key.
fn secret(text: &str, key: &str) -> Option<String> {
    let (_, after) = text.split_once(&format!("/{key}/"))?;
    let (_, after) = after.split_once("\"secret\":\"")?;
    Some(after.split_once('"')?.0.to_owned())
}

#[test]
fn a_deleted_key_leaves_no_material_behind() {
    let (_folder, path) = folder();
    let endpoint = Endpoint::with_state(&path);
    let client = endpoint.client();
    let (kept, deleted) = (client.create_key(), client.create_key());
    let text = fs::read_to_string(&path).unwrap();
    let (kept_secret, deleted_secret) = (secret(&text, &kept).unwrap(), secret(&text, &deleted).unwrap());
    client.call("ScheduleKeyDeletion", &json!({ "KeyId": deleted, "PendingWindowInDays": 7 }));
    client.try_advance(8 * 86_400).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(&kept_secret) && !text.contains(&deleted_secret));
    assert_eq!(client.send("POST", "/_waxseal/reset", &[], b"").unwrap().status, 200);
    assert!(!fs::read_to_string(&path).unwrap().contains(&kept_secret));
    endpoint.end("KILL");
    assert_eq!(listed(&Endpoint::with_state(&path)), 0);
}

#[test]
fn a_file_that_grows_is_written_anew() {
    let (_folder, path) = folder();
    let endpoint = Endpoint::with_state(&path);
    let client = endpoint.client();
    let key = client.create_key();
    let describe = |text: &str| json!({ "KeyId": key, "Description": text });
    let long = "a".repeat(8000);
    for number in 0..700 {
        client.call("UpdateKeyDescription", &describe(&format!("{number}{long}")));
    }
    let length = fs::metadata(&path).unwrap().len();
    assert!(length < 5 << 20, "the file has {length} bytes");
    endpoint.end("KILL");
    let endpoint = Endpoint::with_state(&path);
    let metadata: Value = endpoint.client().call("DescribeKey", &json!({ "KeyId": key }));
    assert!(metadata["KeyMetadata"]["Description"].as_str().unwrap().starts_with("699a"));
}

/// Standing where a new file would be written, a folder makes writing anew fail.
#[test]
fn what_cannot_be_stored_has_not_happened() {
    let (_folder, path) = folder();
    let endpoint = Endpoint::with_state(&path);
    let client = endpoint.client();
    let (kept, deleted) = (client.create_key(), client.create_key());
    client.call("ScheduleKeyDeletion", &json!({ "KeyId": deleted, "PendingWindowInDays": 7 }));
    let obstacle = path.with_file_name("keys.state.new");
    fs::create_dir(&obstacle).unwrap();
    let reset = client.send("POST", "/_waxseal/reset", &[], b"").unwrap();
    assert_eq!(reset.status, 500, "{}", reset.body);
    client.call("DescribeKey", &json!({ "KeyId": kept }));
    fs::remove_dir(&obstacle).unwrap();
    client.call("DisableKey", &json!({ "KeyId": kept }));
    endpoint.end("KILL");
    let client_again = Endpoint::with_state(&path);
    let metadata = client_again.client().call("DescribeKey", &json!({ "KeyId": kept }));
    assert_eq!(metadata["KeyMetadata"]["KeyState"], "Disabled");
    assert_eq!(listed(&client_again), 2);
}
