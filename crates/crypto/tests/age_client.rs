//! Another program opens what is sealed here under a passphrase, and the other way round.
//!
//! `WAXSEAL_PYTHON` names an interpreter with the packages of `tests/clients/requirements.txt`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "the helpers of a test are tests"
)]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use getrandom::{SysRng, rand_core::UnwrapErr};
use waxseal_crypto::age::{Error, Fresh, Sealed};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/clients/age_python.py");
const PASSPHRASE: &str = "correct horse, zwölf Zeichen";
/// Quick, and less than what either side takes.
const LOG_N: u8 = 12;

/// What Python makes of a file or a text. None, with a word about it, when there is no Python.
fn python(act: &str, passphrase: &str, inputs: &[Vec<u8>]) -> Option<Vec<Option<Vec<u8>>>> {
    let Some(interpreter) = std::env::var_os("WAXSEAL_PYTHON") else {
        println!("skipped: WAXSEAL_PYTHON names no interpreter; cargo xtask test sets it");
        return None;
    };
    let task = |input: &Vec<u8>| {
        format!(r#"{{"do":"{act}","passphrase":"{passphrase}","input":"{}"}}"#, hex::encode(input))
    };
    let tasks = format!("[{}]", inputs.iter().map(task).collect::<Vec<_>>().join(","));
    let mut child = Command::new(interpreter)
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("WAXSEAL_PYTHON starts");
    child.stdin.take().unwrap().write_all(tasks.as_bytes()).expect("the script reads its tasks");
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the script failed");
    let text = String::from_utf8(output.stdout).unwrap();
    // `[{"output": "ab"}, {"error": "…"}]`
    Some(text.split("}").filter(|part| part.contains(':')).map(output_of).collect())
}

fn output_of(result: &str) -> Option<Vec<u8>> {
    let hexadecimal = result.split_once(r#""output": ""#)?.1.trim_end_matches('"');
    Some(hex::decode(hexadecimal).expect("hexadecimal output"))
}

fn seal(plaintext: &[u8]) -> Vec<u8> {
    let mut rng = UnwrapErr(SysRng);
    let fresh = Fresh::new(LOG_N, &mut rng);
    let key = fresh.scrypt().stretch(PASSPHRASE.as_bytes()).unwrap();
    fresh.seal(&key, plaintext, &mut rng)
}

fn open(file: &[u8], passphrase: &str) -> Result<Vec<u8>, Error> {
    let sealed = Sealed::parse(file)?;
    let key = sealed.scrypt().stretch(passphrase.as_bytes()).unwrap();
    Ok(sealed.open(&key)?.to_vec())
}

/// Nothing, something, and on both sides of a chunk's end.
fn plaintexts() -> Vec<Vec<u8>> {
    [0, 5, 65_535, 65_536, 65_537, 200_000].map(|length| vec![7; length]).into()
}

#[test]
fn pyrage_opens_what_is_sealed_here() {
    let files: Vec<Vec<u8>> = plaintexts().iter().map(|text| seal(text)).collect();
    let Some(opened) = python("decrypt", PASSPHRASE, &files) else { return };
    assert_eq!(opened, plaintexts().into_iter().map(Some).collect::<Vec<_>>());
    let Some(refused) = python("decrypt", "another passphrase", &files[..1]) else { return };
    assert_eq!(refused, [None]);
}

/// Only one: that library takes its time over each, on purpose.
#[test]
fn what_pyrage_seals_is_opened_here() {
    let plaintext = vec![7; 65_537];
    let Some(files) = python("encrypt", PASSPHRASE, std::slice::from_ref(&plaintext)) else { return };
    let file = files[0].as_deref().expect("a file");
    assert_eq!(open(file, PASSPHRASE), Ok(plaintext));
}
