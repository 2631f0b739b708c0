//! Messages of the AWS Encryption SDK, with data keys from the endpoint: each party reads what each wrote.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

use rand_core::UnwrapErr;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use tempfile::TempDir;
use waxseal_api::{
    Operation,
    operations::{Decrypt, Encrypt, GenerateDataKey},
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
    key_arns: Vec<String>,
    suite: &'static str,
    context: EncryptionContext,
    frame_length: u32,
    input: PathBuf,
    output: PathBuf,
}

/// AWS's clients: the variable that names the interpreter, and the script.
const CLIENTS: [(&str, &str); 2] = [("WAXSEAL_PYTHON", "esdk_endpoint.py"), ("WAXSEAL_NODE", "js/esdk.mjs")];
const SUITES: [&str; 2] = ["0478", "0578"];

/// A message and how it is written.
struct Case {
    suite: &'static str,
    /// One key, or several.
    key_arns: Vec<String>,
    frame_length: u32,
    content: Vec<u8>,
}

/// An endpoint, and a folder for what goes to and fro.
struct Table {
    endpoint: Endpoint,
    client: Client,
    folder: TempDir,
}

impl Table {
    /// None when the clients are not installed.
    fn new() -> Option<Self> {
        let endpoint = Endpoint::start(&[]);
        for (variable, _) in CLIENTS {
            interpreter(variable, &endpoint)?;
        }
        Some(Self { client: endpoint.client(), endpoint, folder: TempDir::new().unwrap() })
    }

    /// Every length in both suites, for one key and for three.
    fn cases(&self, frame_length: u32, lengths: &[usize]) -> Vec<Case> {
        let key =
            || self.client.call("CreateKey", &json!({}))["KeyMetadata"]["Arn"].as_str().unwrap().to_owned();
        let recipients = [vec![key()], vec![key(), key(), key()]];
        let mut cases = Vec::new();
        for (suite, key_arns) in
            SUITES.iter().flat_map(|suite| recipients.iter().map(move |keys| (*suite, keys)))
        {
            for &length in lengths {
                let pattern: Vec<u8> = (1..=251).collect();
                let content = pattern.repeat(length / 251 + 1)[..length].to_vec();
                cases.push(Case { suite, key_arns: key_arns.clone(), frame_length, content });
            }
        }
        cases
    }

    /// What a client makes of the inputs.
    fn ask(
        &self,
        (variable, script): (&str, &str),
        what: &'static str,
        cases: &[Case],
        inputs: &[Vec<u8>],
    ) -> Vec<Vec<u8>> {
        let tasks: Vec<Task> = (0..)
            .zip(cases.iter().zip(inputs))
            .map(|(n, (case, input))| self.task(n, what, case, input))
            .collect();
        let mut child = interpreter(variable, &self.endpoint)
            .unwrap()
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&serde_json::to_vec(&tasks).unwrap()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{script} failed");
        let refused: Vec<Option<String>> = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(refused, vec![None; tasks.len()], "{script}, {what}");
        tasks.iter().map(|task| fs::read(&task.output).unwrap()).collect()
    }

    /// Reading is done with the last of the keys, so that the others are passed over.
    fn task(&self, number: usize, what: &'static str, case: &Case, input: &[u8]) -> Task {
        let at = |name: &str| -> PathBuf { Path::new(self.folder.path()).join(format!("{number}.{name}")) };
        let last = case.key_arns.len() - 1;
        let task = Task {
            r#do: what,
            key_arns: case.key_arns[if what == "decrypt" { last } else { 0 }..].to_vec(),
            suite: case.suite,
            context: context(),
            frame_length: case.frame_length,
            input: at("in"),
            output: at("out"),
        };
        fs::write(&task.input, input).unwrap();
        task
    }

    /// Calls an operation over HTTP.
    fn call<O: Operation<Output: DeserializeOwned>>(&self, input: &O::Input) -> O::Output {
        serde_json::from_value(self.client.call(O::NAME, &serde_json::to_value(input).unwrap())).unwrap()
    }

    /// A message as it is written here.
    fn write(&self, case: &Case) -> Vec<u8> {
        let mut rng = UnwrapErr(getrandom::SysRng);
        let suite = Suite::to_write(u16::from_str_radix(case.suite, 16).unwrap()).unwrap();
        let draft = Draft::new(suite, context(), &mut rng).unwrap();
        let mut keyrings = case.key_arns.iter().cloned().map(KmsKeyring::for_key);
        let first = keyrings.next().unwrap();
        let output = self.call::<GenerateDataKey>(&first.generate(&draft).unwrap());
        let mut materials = first.generated(draft, output).unwrap();
        for keyring in keyrings {
            let output = self.call::<Encrypt>(&keyring.wrap(&materials).unwrap());
            keyring.wrapped(&mut materials, output).unwrap();
        }
        encrypt_bytes(materials, case.frame_length, &case.content, &mut rng).unwrap()
    }

    /// A message as it is read here.
    fn read(&self, case: &Case, message: &[u8]) -> Result<Vec<u8>, Error> {
        let keyring = KmsKeyring::for_key(case.key_arns.last().unwrap().clone());
        let opened = decrypt_bytes(message, &DecryptOptions::default(), |header| {
            assert_eq!(format!("{:04x}", header.suite().id), case.suite);
            // Python has no order of its keys.
            let in_order = |mut arns: Vec<String>| {
                arns.sort();
                arns
            };
            assert_eq!(in_order(header.key_arns()), in_order(case.key_arns.clone()));
            let input = keyring.candidates(header)?.remove(0);
            keyring.decrypted(header, &input, self.call::<Decrypt>(&input)).map(Some)
        })?;
        assert!(context().iter().all(|(key, value)| opened.context.get(key) == Some(value)));
        Ok(opened.plaintext.to_vec())
    }

    /// The clients read what is written here, and what they write is read here.
    fn exchange(&self, cases: &[Case]) -> Vec<Vec<Vec<u8>>> {
        let contents: Vec<Vec<u8>> = cases.iter().map(|case| case.content.clone()).collect();
        let written_here: Vec<Vec<u8>> = cases.iter().map(|case| self.write(case)).collect();
        let mut written_there = Vec::new();
        for client in CLIENTS {
            let read = self.ask(client, "decrypt", cases, &written_here);
            assert!(read == contents, "written here, read by {client:?}");
            let messages = self.ask(client, "encrypt", cases, &contents);
            for (case, message) in cases.iter().zip(&messages) {
                let what = format!("suite {}, {} bytes, by {client:?}", case.suite, case.content.len());
                let read = self.read(case, message).unwrap_or_else(|error| panic!("{what}: {error}"));
                assert!(read == case.content, "{what}");
            }
            written_there.push(messages);
        }
        written_there
    }
}

fn context() -> EncryptionContext {
    EncryptionContext::from([("purpose".into(), "test".into()), ("\u{e9}".into(), "\u{fc}".into())])
}

#[test]
fn each_reads_what_each_writes() {
    let Some(table) = Table::new() else { return };
    let cases = table.cases(128, &[0, 1, 127, 128, 129, 256]);
    for messages in table.exchange(&cases) {
        for client in CLIENTS {
            let read = table.ask(client, "decrypt", &cases, &messages);
            assert!(read.iter().zip(&cases).all(|(read, case)| *read == case.content), "{client:?}");
        }
    }
}

#[test]
fn each_reads_64_mebibytes_of_each() {
    let Some(table) = Table::new() else { return };
    table.exchange(&table.cases(64 * 1024, &[64 << 20]));
}
