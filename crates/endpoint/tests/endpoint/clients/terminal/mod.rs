//! Scripts through a real shell with the real command line, and through the terminal, each on an engine of its own: they
//! print the same and end with the same exit codes. What is random and what time it is, is masked.

mod masks;
mod service;

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::Value;
use waxseal_api::Blob;
use waxseal_cli::{Outcome, Shell, Step, model};

use self::{masks::Masks, service::Service};
use super::{SCRIPTS, interpreter};
use crate::process::Endpoint;

/// Lines that are answered otherwise, and why that is right.
const KNOWN: &[(&str, &str)] =
    &[("aws kms create-key --cli-input-json '[]'", "version 1 does not look at what kind of JSON it is")];

/// What a line prints, and its exit code.
#[derive(Debug, PartialEq)]
struct Said {
    stdout: String,
    stderr: String,
    exit: u8,
}

/// Keys, what is done with them, and what happens to them.
#[test]
fn the_terminal_says_what_the_real_command_line_says_of_keys() {
    compare(&["keys", "symmetric", "asymmetric", "rotation"]);
}

/// Who may do what, stores and imports, mistakes, the shell, and what is done with keys beside KMS.
#[test]
fn the_terminal_says_what_the_real_command_line_says_of_everything_else() {
    compare(&["access", "import", "mistakes", "openssl", "shell"]);
}

#[test]
fn every_operation_is_in_a_script() {
    let mut scripts: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    scripts.sort();
    let text: String = scripts.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    // What else the terminal knows is simulated in sandboxes only.
    let here = ["iam", "kms", "sts"];
    for model in model::services().iter().filter(|model| here.contains(&model.command())) {
        for operation in &model.operations {
            let command = format!("aws {} {} ", model.service, model::dashed(operation.name));
            assert!(text.contains(&command), "{command}");
        }
    }
    let commands = text.lines().filter(|line| line.contains("aws ") && !line.starts_with('#')).count();
    assert!(commands > 600, "{commands}");
}

fn folder() -> PathBuf {
    PathBuf::from(SCRIPTS).join("aws_scripts").canonicalize().unwrap()
}

/// Plays scripts in a real shell and in the terminal.
fn compare(scripts: &[&str]) {
    let endpoint = Endpoint::start(&[]);
    let Some(mut command) = interpreter("WAXSEAL_PYTHON", &endpoint) else { return };
    let paths = scripts.iter().map(|name| folder().join(format!("{name}.sh")));
    let output = command.arg("aws_scripts.py").args(paths).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut played: BTreeMap<String, Vec<(String, Said)>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| case[name].as_str().unwrap().to_owned();
        let said = Said {
            stdout: bytes(&text("stdout")),
            stderr: text("stderr"),
            exit: case["exit"].as_u64().unwrap() as u8,
        };
        played.entry(text("script")).or_default().push((text("line"), said));
    }
    assert_eq!(played.len(), scripts.len());
    let failed: Vec<String> = played.iter().flat_map(|(script, lines)| differences(script, lines)).collect();
    let commands: usize = played.values().flatten().filter(|(line, _)| line.contains("aws ")).count();
    println!("{commands} lines with a command of aws; {} differ", failed.len());
    assert!(failed.is_empty(), "{} differ\n{}", failed.len(), failed.join("\n"));
}

/// What the terminal says otherwise.
fn differences(script: &str, lines: &[(String, Said)]) -> Vec<String> {
    let text: String = lines.iter().map(|(line, _)| line.as_str()).collect();
    let (mut real, mut ours) = (Masks::sparing(&text), Masks::sparing(&text));
    let (mut shell, mut service) = (Shell::default(), Service::default());
    for (name, value) in [
        ("region", "us-east-1"),
        ("aws_access_key_id", "111122223333"),
        ("aws_secret_access_key", "111122223333"),
    ] {
        shell.config.set("default", name, value);
    }
    let mut differences = Vec::new();
    for (line, said) in lines {
        let outcome = run(&mut shell, &mut service, line);
        let expected = masked(&mut real, said);
        let found = Said {
            stdout: String::from_utf8_lossy(&outcome.stdout).into_owned(),
            stderr: outcome.stderr,
            exit: outcome.exit,
        };
        let found = masked(&mut ours, &found);
        if expected != found && !KNOWN.iter().any(|(known, _)| line == known) {
            differences.push(format!(
                "{script}: {line}\nreal: {}\nours: {}",
                shown(&expected),
                shown(&found)
            ));
        }
    }
    differences
}

fn shown(said: &Said) -> String {
    format!("{}\n{}[stderr] {}", said.exit, said.stdout, said.stderr)
}

fn masked(masks: &mut Masks, said: &Said) -> Said {
    Said { stdout: masks.apply(&said.stdout), stderr: masks.apply(&said.stderr), exit: said.exit }
}

fn run(shell: &mut Shell, service: &mut Service, line: &str) -> Outcome {
    if let Some(seconds) = line.strip_prefix("@clock ") {
        service.advance(seconds.parse().unwrap());
        return Outcome { stdout: Vec::new(), stderr: String::new(), exit: 0 };
    }
    let mut run = shell.enter(line);
    loop {
        match run.step() {
            Step::Call(call) => run.answer(service.answer(&call)),
            Step::Work(work) => run.answer(waxseal::world::computed(work, &mut *waxseal::entropy())),
            Step::Done(outcome) => return outcome,
        }
    }
}

fn bytes(base64: &str) -> String {
    let blob: Blob = serde_json::from_value(base64.into()).unwrap();
    String::from_utf8_lossy(&blob.into_bytes()).into_owned()
}
