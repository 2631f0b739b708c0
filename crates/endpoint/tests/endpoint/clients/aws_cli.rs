//! `aws kms`, as PyPI has it.

use std::{fs, process::Output};

use serde_json::Value;

use super::interpreter;
use crate::process::Endpoint;

/// Runs `aws kms …`. None when there is no Python.
fn aws(endpoint: &Endpoint, arguments: &[&str]) -> Option<Output> {
    let mut command = interpreter("WAXSEAL_PYTHON", endpoint)?;
    command.args(["-m", "awscli", "--output", "json", "kms"]).args(arguments);
    Some(command.output().unwrap())
}

/// With `--require-auth`, root users sign with their account's ID.
#[test]
fn signatures_are_required_and_verified() {
    let endpoint = Endpoint::start(&["--require-auth"]);
    let list_keys = |access_key: &str, secret: &str| {
        let mut command = interpreter("WAXSEAL_PYTHON", &endpoint)?;
        command.envs([("AWS_ACCESS_KEY_ID", access_key), ("AWS_SECRET_ACCESS_KEY", secret)]);
        let output = command.args(["-m", "awscli", "kms", "list-keys"]).output().unwrap();
        Some((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
    };
    let Some(root) = list_keys("111122223333", "111122223333") else { return };
    assert!(root.0, "{}", root.1);
    for (access_key, secret, exception) in [
        ("111122223333", "guessed", "InvalidSignatureException"),
        ("AKIDEXAMPLE", "111122223333", "UnrecognizedClientException"),
    ] {
        let (success, error) = list_keys(access_key, secret).unwrap();
        assert!(!success && error.contains(exception), "{error}");
    }
}

#[track_caller]
fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_key_a_file_and_a_refusal() {
    let endpoint = Endpoint::start(&[]);
    let Some(made) = aws(&endpoint, &["create-key", "--description", "für die CLI"]) else { return };
    let made: Value = serde_json::from_str(&text(&made)).unwrap();
    assert_eq!(made["KeyMetadata"]["Description"], "für die CLI");
    let key = made["KeyMetadata"]["KeyId"].as_str().unwrap();
    let aws = |arguments: &[&str]| aws(&endpoint, arguments).unwrap();
    let alias = aws(&["create-alias", "--alias-name", "alias/cli", "--target-key-id", key]);
    assert_eq!(text(&alias), "", "an operation without output prints nothing");

    let folder = tempfile::tempdir().unwrap();
    let [plain, sealed] = ["plain", "sealed"].map(|name| folder.path().join(name));
    fs::write(&plain, "hello").unwrap();
    let [plain_file, sealed_file] = [&plain, &sealed].map(|path| format!("fileb://{}", path.display()));
    let context = ["--encryption-context", "purpose=test"];
    let query = |member| ["--query", member, "--output", "text"];
    let arguments = [&["encrypt", "--key-id", "alias/cli", "--plaintext", &plain_file][..], &context];
    let encrypted = aws(&[&arguments.concat()[..], &query("CiphertextBlob")].concat());
    let ciphertext = base64(text(&encrypted).trim());
    fs::write(&sealed, ciphertext).unwrap();
    let arguments = ["decrypt", "--ciphertext-blob", &sealed_file];
    let decrypted = aws(&[&arguments[..], &context, &query("Plaintext")].concat());
    assert_eq!(base64(text(&decrypted).trim()), b"hello");

    let refused = aws(&arguments);
    let expected = "An error occurred (InvalidCiphertextException) when calling the Decrypt operation";
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains(expected), "{refused:?}");
}

fn base64(text: &str) -> Vec<u8> {
    let blob: waxseal_api::Blob = serde_json::from_value(text.into()).unwrap();
    blob.into_bytes()
}
