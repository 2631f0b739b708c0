//! Beside a real shell and real programs, where there are any: the same lines print the same and end with the same codes.

use std::{fs, path::Path, process::Command};

use waxseal_cli::Shell;

use crate::terminal::run;

const LINES: &str = include_str!("bash.txt");

/// What lines say in a real shell, each in a folder of its own. None, with a word about it, where there is no shell like it.
fn real(line: &str) -> (String, String, u8) {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join(".line");
    fs::write(&script, line).unwrap();
    let output = shell(folder.path()).args(["-c", ". ./.line"]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap() as u8)
}

fn shell(folder: &Path) -> Command {
    let mut command = Command::new("bash");
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.args(["--noprofile", "--norc"]).current_dir(folder).env_clear().env("PATH", path);
    command.env("LC_ALL", "C.UTF-8").stdin(std::process::Stdio::null());
    command
}

/// Whether the shell and the programs are those of a GNU system.
fn is_there() -> bool {
    let versions =
        shell(Path::new(".")).args(["-c", "bash --version; grep --version; diff --version"]).output();
    let text =
        versions.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.contains("version 5.2") && text.contains("(GNU grep)") && text.contains("(GNU diffutils)")
}

/// What is said of a line, without who says it and where, the line itself, and how help is asked for. A program that this
/// shell has not, or that is of another version, may say it in other words, but says it.
fn bare(stderr: &str) -> Vec<String> {
    let line = |line: &str| {
        let line = match line.split_once(": line ") {
            Some((_, rest)) => format!("bash: {}", rest.split_once(": ").map_or("", |(_, text)| text)),
            None => line.to_owned(),
        };
        line.replace(['‘', '’'], "'").split(" from `").next().unwrap_or_default().to_owned()
    };
    let kept = |line: &String| !line.starts_with("bash: `") || line.ends_with("identifier");
    stderr.lines().map(line).filter(kept).filter(|line| !line.starts_with("Try '")).collect()
}

#[test]
fn lines_do_what_they_do_in_bash() {
    if !is_there() {
        println!("skipped: bash 5.2 and GNU's grep and diff are not here");
        return;
    }
    let cases: Vec<&str> = LINES.split("\n---\n").collect();
    assert!(cases.len() > 150, "{}", cases.len());
    let failed: Vec<String> = cases.iter().filter_map(|line| difference(line)).collect();
    assert!(failed.is_empty(), "{} of {} differ\n{}", failed.len(), cases.len(), failed.join("\n"));
}

fn difference(line: &str) -> Option<String> {
    let (stdout, stderr, exit) = real(line);
    let (_, outcome) = run(&mut Shell::default(), line, |_| Ok("{}".to_owned()));
    let found = (String::from_utf8_lossy(&outcome.stdout).into_owned(), bare(&outcome.stderr), outcome.exit);
    let expected = (stdout, bare(&stderr), exit);
    (found != expected).then(|| format!("{line}\n  real: {expected:?}\n  ours: {found:?}\n"))
}
