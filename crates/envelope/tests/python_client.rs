//! AWS's Encryption SDK for Python reads what is written here, and the other way round.
//!
//! `WAXSEAL_PYTHON` names an interpreter with the packages of `tests/clients/requirements.txt`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "the helpers of a test are tests"
)]

mod service;

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde::{Deserialize, Serialize};
use service::{Service, rng};
use waxseal_api::operations::{Decrypt, GenerateDataKey, GenerateDataKeyOutput};
use waxseal_crypto::{Encryption, KeyMaterial, Spec, WrappingKey};
use waxseal_envelope::{
    DecryptOptions, Draft, EncryptionContext, Error, KmsKeyring, RawAesKeyring, RawRsaKeyring, Suite,
    decrypt_bytes, encrypt_bytes,
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/clients/esdk_python.py");

const COMMITTING: &str = "0478";
const SIGNED: &str = "0578";

/// What the script is asked to do; see there.
#[derive(Serialize, Default, Clone)]
struct Task {
    r#do: &'static str,
    suite: &'static str,
    context: EncryptionContext,
    plaintext: String,
    frame_length: u32,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kms: Option<Exchange>,
}

#[derive(Serialize, Clone)]
struct Raw {
    namespace: String,
    name: String,
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    padding: Option<String>,
}

#[derive(Serialize, Clone)]
struct Exchange {
    key_arn: String,
    plaintext: String,
    ciphertext: String,
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Output(String),
    Error(String),
}

/// What Python makes of the tasks. None, with a word about it, when there is no Python.
fn python(tasks: &[Task]) -> Option<Vec<Result<Vec<u8>, String>>> {
    let Some(interpreter) = std::env::var_os("WAXSEAL_PYTHON") else {
        println!("skipped: WAXSEAL_PYTHON names no interpreter; cargo xtask test sets it");
        return None;
    };
    let mut child = Command::new(interpreter)
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("WAXSEAL_PYTHON starts");
    let input = serde_json::to_vec(tasks).unwrap();
    child.stdin.take().unwrap().write_all(&input).expect("the script reads its tasks");
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the script failed");
    let answers: Vec<Answer> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), tasks.len());
    Some(
        answers
            .into_iter()
            .map(|answer| match answer {
                Answer::Output(bytes) => Ok(hex::decode(bytes).unwrap()),
                Answer::Error(error) => Err(error),
            })
            .collect(),
    )
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|i| (i * 31 % 251) as u8).collect()
}

/// Sizes around a frame, contexts that a wrong order would break, wrapping keys of every length.
fn cases() -> Vec<(Task, Vec<u8>)> {
    let contexts = [
        EncryptionContext::new(),
        ["a", "B", "_", "\u{e9}", "\u{ffff}", "\u{1f511}"].map(|k| (k.into(), format!("{k}!"))).into(),
    ];
    let mut cases = Vec::new();
    for (number, length) in [0, 1, 127, 128, 129, 256, 1000].into_iter().enumerate() {
        for (suite, context) in
            [COMMITTING, SIGNED].into_iter().flat_map(|suite| contexts.iter().map(move |it| (suite, it)))
        {
            let key_length = [16, 24, 32][number % 3];
            let raw = Raw {
                namespace: "cellar".into(),
                name: format!("key-{key_length}"),
                key: hex::encode(vec![number as u8; key_length]),
                padding: None,
            };
            let context = context.clone();
            cases.push((
                Task { suite, context, frame_length: 128, raw: Some(raw), ..Task::default() },
                content(length),
            ));
        }
    }
    cases
}

fn draft(suite: &str, context: &EncryptionContext) -> Draft {
    let suite = if suite == SIGNED { Suite::SIGNED } else { Suite::COMMITTING };
    Draft::new(suite, context.clone(), &mut rng()).unwrap()
}

fn keyring(task: &Task) -> RawAesKeyring {
    let raw = task.raw.as_ref().unwrap();
    let key = WrappingKey::from_bytes(&hex::decode(&raw.key).unwrap()).unwrap();
    RawAesKeyring::new(&raw.namespace, &raw.name, key).unwrap()
}

#[test]
fn python_reads_what_is_written_here() {
    let (mut tasks, mut contents) = (Vec::new(), Vec::new());
    for (task, content) in cases() {
        let materials = keyring(&task).generate(draft(task.suite, &task.context), &mut rng()).unwrap();
        let message = encrypt_bytes(materials, task.frame_length, &content, &mut rng()).unwrap();
        let mut damaged = message.clone();
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        for bytes in [message, damaged] {
            tasks.push(Task { r#do: "decrypt", message: hex::encode(bytes), ..task.clone() });
        }
        contents.push(content);
    }
    let Some(answers) = python(&tasks) else { return };
    for (pair, content) in answers.chunks(2).zip(contents) {
        assert_eq!(pair[0], Ok(content));
        assert!(pair[1].is_err(), "a damaged message was read");
    }
}

#[test]
fn what_python_writes_is_read_here() {
    let cases = cases();
    let task = |(task, content): &(Task, Vec<u8>)| Task {
        r#do: "encrypt",
        plaintext: hex::encode(content),
        ..task.clone()
    };
    let Some(answers) = python(&cases.iter().map(task).collect::<Vec<_>>()) else { return };
    for (message, (task, content)) in answers.into_iter().zip(cases) {
        let keyring = keyring(&task);
        let opened =
            decrypt_bytes(&message.unwrap(), &DecryptOptions::default(), |header| keyring.unwrap(header))
                .unwrap();
        assert_eq!(*opened.plaintext, content);
        let signed = opened.context.contains_key("aws-crypto-public-key");
        assert_eq!(
            (opened.context.len(), signed),
            (task.context.len() + usize::from(signed), task.suite == SIGNED)
        );
        assert!(task.context.iter().all(|(key, value)| opened.context.get(key) == Some(value)));
    }
}

/// Every padding of RSA, with keys of 2,048 and of 3,072 bits.
#[test]
fn under_rsa_keys_both_ways() {
    let paddings = [
        Encryption::RsaPkcs1,
        Encryption::OaepSha1,
        Encryption::OaepSha256,
        Encryption::OaepSha384,
        Encryption::OaepSha512,
    ];
    let (mut tasks, mut keyrings) = (Vec::new(), Vec::new());
    for (spec, padding) in
        [Spec::Rsa2048, Spec::Rsa3072].into_iter().flat_map(|spec| paddings.map(|it| (spec, it)))
    {
        let key = KeyMaterial::generate(spec, &mut rng()).unwrap();
        let raw = Raw {
            namespace: "cellar".into(),
            name: "rsa".into(),
            key: hex::encode(key.expose()),
            padding: Some(format!("{padding:?}")),
        };
        let keyring = RawRsaKeyring::new("cellar", "rsa", key, padding).unwrap();
        let task = Task { suite: SIGNED, frame_length: 128, raw: Some(raw), ..Task::default() };
        // The data key is made by another keyring, which is taken away.
        let other = RawAesKeyring::new("attic", "aes", WrappingKey::from_bytes(&[7; 32]).unwrap()).unwrap();
        let mut materials = other.generate(draft(SIGNED, &task.context), &mut rng()).unwrap();
        keyring.wrap(&mut materials, &mut rng()).unwrap();
        materials.encrypted_data_keys.remove(0);
        let message = encrypt_bytes(materials, 128, b"ours", &mut rng()).unwrap();
        tasks.push(Task { r#do: "decrypt", message: hex::encode(message), ..task.clone() });
        tasks.push(Task { r#do: "encrypt", plaintext: hex::encode(b"theirs"), ..task });
        keyrings.push(keyring);
    }
    let Some(answers) = python(&tasks) else { return };
    for (index, keyring) in keyrings.iter().enumerate() {
        assert_eq!(answers[2 * index], Ok(b"ours".to_vec()), "{keyring:?}");
        let message = answers[2 * index + 1].as_ref().unwrap();
        let open = |keyring: &RawRsaKeyring| {
            let options = DecryptOptions::default();
            decrypt_bytes(message, &options, |header| keyring.unwrap(header, &mut rng()))
        };
        assert_eq!(*open(keyring).unwrap().plaintext, b"theirs", "{keyring:?}");
        // Another key: what is not told at once is told by the commitment.
        let stranger = open(&keyrings[(index + 1) % keyrings.len()]).err().unwrap();
        assert!(matches!(stranger, Error::WrappingKey { .. } | Error::Commitment), "{stranger}");
    }
}

/// A task with a new data key of the service.
fn task_with(
    service: &mut Service,
    keyring: &KmsKeyring,
    context: &EncryptionContext,
) -> (Task, GenerateDataKeyOutput) {
    let output =
        service.call::<GenerateDataKey>(&keyring.generate(&draft(COMMITTING, context)).unwrap()).unwrap();
    let exchange = Exchange {
        key_arn: output.key_id.clone(),
        plaintext: hex::encode(output.plaintext.expose()),
        ciphertext: hex::encode(output.ciphertext_blob.as_bytes()),
    };
    let context = context.clone();
    (Task { suite: COMMITTING, context, frame_length: 128, kms: Some(exchange), ..Task::default() }, output)
}

#[test]
fn with_a_kms_key_both_ways() {
    let mut service = Service::new();
    let context = EncryptionContext::from([("purpose".into(), "test".into())]);
    let keyring = KmsKeyring::for_key(service.key());

    let (task, output) = task_with(&mut service, &keyring, &context);
    let materials = keyring.generated(draft(COMMITTING, &context), output).unwrap();
    let message = encrypt_bytes(materials, 128, b"ours", &mut rng()).unwrap();
    let ours = Task { r#do: "decrypt", message: hex::encode(message), ..task };

    let (task, _) = task_with(&mut service, &keyring, &context);
    let theirs = Task { r#do: "encrypt", plaintext: hex::encode(b"theirs"), ..task };

    let Some(answers) = python(&[ours, theirs]) else { return };
    assert_eq!(answers[0], Ok(b"ours".to_vec()));
    let opened = decrypt_bytes(answers[1].as_ref().unwrap(), &DecryptOptions::default(), |header| {
        let input = keyring.candidates(header)?.remove(0);
        let output = service.call::<Decrypt>(&input).unwrap();
        keyring.decrypted(header, &input, output).map(Some)
    });
    assert_eq!(*opened.unwrap().plaintext, b"theirs");
}
