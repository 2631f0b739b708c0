//! AWS's own clients, unmodified.
//!
//! `WAXSEAL_PYTHON` names an interpreter with the packages of `tests/clients/requirements.txt`, `WAXSEAL_NODE` a Node for
//! which those of `tests/clients/js` are installed. Without them these tests say that they are skipped.

mod aws_cli;
mod encryption_sdks;
mod terminal;

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::process::Endpoint;

/// Where the clients' scripts are.
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/clients/");

/// A command that runs Python or Node in the folder of the scripts. None, with a word about it, when there is none.
fn interpreter(variable: &str, endpoint: &Endpoint) -> Option<Command> {
    let Some(interpreter) = std::env::var_os(variable) else {
        println!("skipped: {variable} names no interpreter; cargo xtask test clients sets it");
        return None;
    };
    let mut command = Command::new(interpreter);
    command.current_dir(PathBuf::from(SCRIPTS).canonicalize().unwrap());
    for name in ["WAXSEAL_ENDPOINT", "AWS_ENDPOINT_URL_KMS"] {
        command.env(name, &endpoint.url);
    }
    for (name, value) in [
        ("AWS_ACCESS_KEY_ID", "unknown"),
        ("AWS_SECRET_ACCESS_KEY", "none"),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_CONFIG_FILE", "none"),
        ("AWS_SHARED_CREDENTIALS_FILE", "none"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
    ] {
        command.env(name, value);
    }
    command.stdin(Stdio::null());
    Some(command)
}

/// Runs a client's own test program.
fn run(variable: &str, arguments: &[&str]) {
    let endpoint = Endpoint::start(&[]);
    let Some(mut command) = interpreter(variable, &endpoint) else { return };
    let output = command.args(arguments).output().unwrap();
    println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success());
}

#[test]
fn boto3_calls_every_operation() {
    run("WAXSEAL_PYTHON", &["boto3_kms/run.py"]);
}

#[test]
fn the_sdk_for_javascript_works() {
    run("WAXSEAL_NODE", &["--test", "js/kms.test.mjs"]);
}
