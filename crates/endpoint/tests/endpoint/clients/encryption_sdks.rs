//! Messages of the AWS Encryption SDK, with data keys from the endpoint: each party reads what each wrote.

use std::{io::Write, process::Stdio};

use rand_core::UnwrapErr;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;
use waxseal_api::{
    Operation,
    operations::{Decrypt, GenerateDataKey},
};
use waxseal_envelope::{
    DecryptOptions, Draft, EncryptionContext, Error, KmsKeyring, Suite, decrypt_bytes, encrypt_bytes,
};

use super::interpreter;
use crate::process::{Client, Endpoint};

/// What a script is asked to do; see `tests/clients/esdk_endpoint.py`.
#[derive(Debug, Clone, Serialize)]
struct Task {
    r#do: &'static str,
    key_arn: String,
    suite: &'static str,
    context: EncryptionContext,
    plaintext: String,
    message: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Output(String),
    Error(String),
}

/// AWS's clients: the variable that names the interpreter, and the script.
const CLIENTS: [(&str, &str); 2] = [("WAXSEAL_PYTHON", "esdk_endpoint.py"), ("WAXSEAL_NODE", "js/esdk.mjs")];
const COMMITTING: &str = "0478";
const SIGNED: &str = "0578";

/// What a client makes of the tasks. None when it is not installed.
fn ask((variable, script): (&str, &str), endpoint: &Endpoint, tasks: &[Task]) -> Option<Vec<Vec<u8>>> {
    let mut child = interpreter(variable, endpoint)?
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&serde_json::to_vec(tasks).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{script} failed");
    let answers: Vec<Answer> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), tasks.len());
    let bytes = |answer| match answer {
        Answer::Output(bytes) => hex::decode(bytes).unwrap(),
        Answer::Error(error) => panic!("{script}: {error}"),
    };
    Some(answers.into_iter().map(bytes).collect())
}

/// Contents around the frame length of 128 bytes, in two suites.
fn tasks(client: &Client) -> Vec<Task> {
    let key_arn = client.call("CreateKey", &json!({}))["KeyMetadata"]["Arn"].as_str().unwrap().to_owned();
    let context = EncryptionContext::from([("purpose".into(), "test".into()), ("é".into(), "ü".into())]);
    let contents = [0, 1, 127, 128, 129, 1000].map(|length| hex::encode(vec![7; length]));
    let of = |suite: &'static str| {
        let (key_arn, context) = (key_arn.clone(), context.clone());
        contents.clone().map(|plaintext| Task {
            r#do: "encrypt",
            key_arn: key_arn.clone(),
            suite,
            context: context.clone(),
            plaintext,
            message: String::new(),
        })
    };
    [of(COMMITTING), of(SIGNED)].concat()
}

/// Calls an operation over HTTP.
fn call<O: Operation<Output: DeserializeOwned>>(client: &Client, input: &O::Input) -> O::Output {
    serde_json::from_value(client.call(O::NAME, &serde_json::to_value(input).unwrap())).unwrap()
}

/// A message as it is written here.
fn write(client: &Client, task: &Task) -> Vec<u8> {
    let mut rng = UnwrapErr(getrandom::SysRng);
    let suite = Suite::to_write(u16::from_str_radix(task.suite, 16).unwrap()).unwrap();
    let draft = Draft::new(suite, task.context.clone(), &mut rng).unwrap();
    let keyring = KmsKeyring::for_key(task.key_arn.clone());
    let output = call::<GenerateDataKey>(client, &keyring.generate(&draft).unwrap());
    let materials = keyring.generated(draft, output).unwrap();
    encrypt_bytes(materials, 128, &hex::decode(&task.plaintext).unwrap(), &mut rng).unwrap()
}

/// A message as it is read here.
fn read(client: &Client, task: &Task, message: &[u8]) -> Result<Vec<u8>, Error> {
    let keyring = KmsKeyring::for_key(task.key_arn.clone());
    let opened = decrypt_bytes(message, &DecryptOptions::default(), |header| {
        assert_eq!(format!("{:04x}", header.suite().id), task.suite);
        let input = keyring.candidates(header)?.remove(0);
        let output = call::<Decrypt>(client, &input);
        keyring.decrypted(header, &input, output).map(Some)
    })?;
    assert!(task.context.iter().all(|(key, value)| opened.context.get(key) == Some(value)));
    Ok(opened.plaintext.to_vec())
}

/// The same tasks, to read messages.
fn readings(tasks: &[Task], messages: &[Vec<u8>]) -> Vec<Task> {
    let both = tasks.iter().zip(messages);
    both.map(|(task, message)| Task { r#do: "decrypt", message: hex::encode(message), ..task.clone() })
        .collect()
}

#[test]
fn each_reads_what_each_writes() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    let tasks = tasks(&client);
    let contents: Vec<Vec<u8>> = tasks.iter().map(|task| hex::decode(&task.plaintext).unwrap()).collect();
    let written_here: Vec<Vec<u8>> = tasks.iter().map(|task| write(&client, task)).collect();
    for reader in CLIENTS {
        let Some(read_there) = ask(reader, &endpoint, &readings(&tasks, &written_here)) else { return };
        assert_eq!(read_there, contents, "written here, read by {reader:?}");
    }
    for writer in CLIENTS {
        let Some(messages) = ask(writer, &endpoint, &tasks) else { return };
        for reader in CLIENTS {
            let read_there = ask(reader, &endpoint, &readings(&tasks, &messages)).unwrap();
            assert_eq!(read_there, contents, "written by {writer:?}, read by {reader:?}");
        }
        for ((task, message), content) in tasks.iter().zip(&messages).zip(&contents) {
            let read_here = read(&client, task, message);
            assert_eq!(read_here.as_ref(), Ok(content), "suite {}, written by {writer:?}", task.suite);
        }
    }
}
