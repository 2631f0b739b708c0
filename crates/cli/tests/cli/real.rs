//! Beside the real command line: the same commands, the same answers, the same requests and the same text.

use std::{fs, path::Path, process::Command};

use waxseal_cli::{Shell, Value, parse_json, query};

use crate::terminal::{run, shell};

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/clients/");

/// What the real one does otherwise, and why it may.
const KNOWN: &[(&str, &str)] = &[];

/// What the real command line did with each line, and the files that it could read. None, with a word about it, where
/// it is not installed.
fn recorded() -> Option<(Vec<Value>, Shell)> {
    let Some(python) = std::env::var_os("WAXSEAL_PYTHON") else {
        println!("skipped: WAXSEAL_PYTHON names no interpreter; cargo xtask test clients sets it");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let scripts = Path::new(SCRIPTS).canonicalize().unwrap();
    let mut command = Command::new(python);
    command.arg(scripts.join("aws_cli.py")).arg(scripts.join("aws_commands.txt")).current_dir(folder.path());
    for (name, value) in [
        ("AWS_ACCESS_KEY_ID", "unknown"),
        ("AWS_SECRET_ACCESS_KEY", "none"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_SHARED_CREDENTIALS_FILE", "none"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
    ] {
        command.env(name, value);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut shell = shell();
    for entry in fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap()) {
        shell.files.write(&entry.file_name().to_string_lossy(), fs::read(entry.path()).unwrap());
    }
    let text = String::from_utf8(output.stdout).unwrap();
    Some((text.lines().map(|line| parse_json(line).unwrap()).collect(), shell))
}

#[test]
fn commands_do_what_the_real_ones_do() {
    let Some((cases, shell)) = recorded() else { return };
    let (mut failed, mut known) = (Vec::new(), 0);
    for case in &cases {
        let line = case.get("line").unwrap().as_text().unwrap();
        match (difference(&mut shell.clone(), line, case), KNOWN.iter().any(|(known, _)| *known == line)) {
            (Some(_), true) => known += 1,
            (Some(difference), false) => failed.push(format!("{line}\n{difference}\n")),
            (None, _) => {}
        }
    }
    println!("{} commands, {} differ, {known} of them for a reason", cases.len(), failed.len() + known);
    assert!(cases.len() > 600, "{}", cases.len());
    assert_eq!(known, KNOWN.len());
    assert!(failed.is_empty(), "{} differ:\n{}", failed.len(), failed.join("\n"));
}

/// The first thing that is not as it was recorded.
fn difference(shell: &mut Shell, line: &str, case: &Value) -> Option<String> {
    let text = |name: &str| case.get(name).and_then(Value::as_text).unwrap();
    // What is piped on is not recorded.
    let end = [" | ", " > "].iter().filter_map(|sign| line.find(sign)).min();
    let alone = end.filter(|_| !line.contains('\'')).map_or(line, |end| &line[..end]);
    let (calls, outcome) = run(shell, alone, |_| Ok(text("answer").to_owned()));
    let recorded = case.get("calls").unwrap().as_list().unwrap();
    if calls.len() != recorded.len() {
        return Some(format!("{} calls, not {}: {}", calls.len(), recorded.len(), outcome.stderr));
    }
    for (call, recorded) in calls.iter().zip(recorded) {
        let (operation, body) = (recorded.get("operation").unwrap(), recorded.get("body").unwrap());
        let query = call.service != waxseal_api::Service::Kms;
        if operation.as_text() != Some(call.operation)
            || !query && !query::same(&parse_json(&call.body).unwrap(), body)
        {
            return Some(format!("sends {} {}\nnot   {}", call.operation, call.body, body.compact()));
        }
    }
    let stdout = String::from_utf8(outcome.stdout).unwrap();
    if stdout != text("stdout") {
        return Some(format!("prints\n{stdout}not\n{}", text("stdout")));
    }
    if !outcome.stderr.contains(text("message"))
        || Value::Int(outcome.exit.into()) != *case.get("exit").unwrap()
    {
        return Some(format!(
            "says {} {}\nnot {} {:?}",
            outcome.exit,
            outcome.stderr,
            text("message"),
            case.get("exit")
        ));
    }
    if !text("yaml").is_empty() && !line.contains("--output") && !line.contains("skeleton") {
        let (_, outcome) = run(shell, &format!("{alone} --output yaml"), |_| Ok(text("answer").to_owned()));
        let stdout = String::from_utf8(outcome.stdout).unwrap();
        if stdout != text("yaml") {
            return Some(format!("prints\n{stdout}not\n{}", text("yaml")));
        }
    }
    None
}
