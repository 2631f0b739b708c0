//! What the terminal holds: what the sandbox keeps of it, as text, and what is each tab's alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use waxseal_api::{Blob, SecretText};
use waxseal_cli::Shell;

use super::record::Record;

/// The account that a sandbox begins with: the one that documentation uses, which is nobody's.
const ACCOUNT: &str = "111122223333";
/// The Region that it begins in.
const REGION: &str = "us-east-1";
/// The setting of a profile that says whom it stands for without credentials. AWS has none like it.
pub(super) const PRINCIPAL: &str = "principal";
/// The most lines that are remembered.
const HISTORY: usize = 500;

/// A terminal, in JSON.
#[derive(Serialize, Deserialize)]
struct Kept {
    files: BTreeMap<String, Blob>,
    profiles: BTreeMap<String, BTreeMap<String, String>>,
    history: Vec<String>,
    /// Of the tab that was the last to write.
    variables: BTreeMap<String, String>,
    private: BTreeSet<String>,
    /// What was done. A terminal of an earlier version has none.
    #[serde(default)]
    record: Option<Record>,
}

/// What is a tab's alone.
#[derive(Clone)]
pub(super) struct Own {
    variables: BTreeMap<String, String>,
    private: BTreeSet<String>,
    last: u8,
}

impl Own {
    /// That part of a terminal.
    pub(super) fn of(shell: &Shell) -> Self {
        let Shell { variables, private, last, .. } = shell;
        Self { variables: variables.clone(), private: private.clone(), last: *last }
    }

    /// Puts it into a terminal that was kept.
    pub(super) fn put_into(self, shell: &mut Shell) {
        (shell.variables, shell.private, shell.last) = (self.variables, self.private, self.last);
    }
}

/// A new terminal: its user is the root user of the account.
pub(super) fn fresh() -> Shell {
    let mut shell = Shell::default();
    add_profile(&mut shell, "default", &format!("arn:aws:iam::{ACCOUNT}:root"));
    shell
}

/// Makes a profile that stands for a principal.
pub(super) fn add_profile(shell: &mut Shell, name: &str, principal: &str) {
    shell.config.set(name, PRINCIPAL, principal);
    shell.config.set(name, "region", REGION);
}

/// The profile that commands have when they name none.
pub(super) fn profile(shell: &Shell) -> &str {
    variable(shell, "AWS_PROFILE").or_else(|| variable(shell, "AWS_DEFAULT_PROFILE")).unwrap_or("default")
}

/// Makes it that of the commands that name none.
pub(super) fn set_profile(shell: &mut Shell, name: &str) {
    shell.variables.remove("AWS_DEFAULT_PROFILE");
    match name {
        "default" => drop(shell.variables.remove("AWS_PROFILE")),
        name => export(shell, "AWS_PROFILE", name),
    }
}

/// The Region that commands have when they name none.
pub(super) fn region(shell: &Shell) -> &str {
    let own = || shell.config.get(profile(shell), "region");
    let named = variable(shell, "AWS_REGION").or_else(|| variable(shell, "AWS_DEFAULT_REGION"));
    named.or_else(own).unwrap_or(REGION)
}

/// Makes it that of the commands that name none.
pub(super) fn set_region(shell: &mut Shell, region: &str) {
    let own = shell.config.get(profile(shell), "region") == Some(region);
    shell.variables.remove("AWS_DEFAULT_REGION");
    match own {
        true => drop(shell.variables.remove("AWS_REGION")),
        false => export(shell, "AWS_REGION", region),
    }
}

fn variable<'a>(shell: &'a Shell, name: &str) -> Option<&'a str> {
    shell.variables.get(name).map(String::as_str)
}

fn export(shell: &mut Shell, name: &str, value: &str) {
    shell.private.remove(name);
    shell.variables.insert(name.to_owned(), value.to_owned());
}

/// Remembers a line.
pub(super) fn remember(shell: &mut Shell, line: &str) {
    if shell.history.last().is_none_or(|last| last != line) {
        shell.history.push(line.to_owned());
    }
    let old = shell.history.len().saturating_sub(HISTORY);
    shell.history.drain(..old);
}

/// Whether there is something else to keep.
pub(super) fn is_other(kept: &Shell, shell: &Shell) -> bool {
    (&kept.files, &kept.config, &kept.history, &kept.variables, &kept.private)
        != (&shell.files, &shell.config, &shell.history, &shell.variables, &shell.private)
}

/// A file as it travels.
pub(super) fn blob(bytes: &[u8]) -> Blob {
    Blob::from(bytes)
}

/// A terminal and what was done as text.
pub(super) fn written(shell: &Shell, record: &Record) -> SecretText {
    let files = shell.files.iter().map(|(name, bytes)| (name.to_owned(), blob(bytes)));
    let profiles = shell.config.profiles().filter_map(|name| {
        let settings = shell.config.profile(name)?;
        Some((name.to_owned(), settings.clone()))
    });
    let kept = Kept {
        files: files.collect(),
        profiles: profiles.collect(),
        history: shell.history.clone(),
        variables: shell.variables.clone(),
        private: shell.private.clone(),
        record: Some(record.clone()),
    };
    serde_json::to_string(&kept).unwrap_or_default().into()
}

/// A terminal and what was done from their text; None if it is not one.
pub(super) fn read(text: &str) -> Option<(Shell, Record)> {
    let kept: Kept = serde_json::from_str(text).ok()?;
    let Kept { history, variables, private, record, .. } = kept;
    let record = record.unwrap_or_else(|| Record::of_history(&history));
    let mut shell = Shell { history, variables, private, ..Shell::default() };
    for (name, bytes) in kept.files {
        shell.files.write(&name, bytes.into_bytes());
    }
    for (profile, settings) in kept.profiles {
        shell.config.add(&profile).extend(settings);
    }
    Some((shell, record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_comes_back_as_it_was() {
        let mut shell = fresh();
        shell.files.write("a.bin", [0, 255, 10]);
        shell.config.add("empty");
        shell.variables.insert("KEY".to_owned(), "alias/a b".to_owned());
        shell.private.insert("KEY".to_owned());
        remember(&mut shell, "ls");
        remember(&mut shell, "ls");
        assert_eq!(shell.history, ["ls"]);
        let mut record = Record::new(waxseal_api::sandbox::Start::Empty);
        record.note(1, "ls".to_owned());
        let text = written(&shell, &record);
        assert_eq!(read(text.expose()), Some((shell.clone(), record)));
        assert_eq!(read("{}"), None);
        // As it was before there was a record.
        let mut earlier: serde_json::Value = serde_json::from_str(text.expose()).unwrap();
        earlier.as_object_mut().unwrap().remove("record");
        assert_eq!(read(&earlier.to_string()), Some((shell.clone(), Record::of_history(&shell.history))));
        let mut other = shell.clone();
        other.last = 1;
        assert!(!is_other(&shell, &other));
        other.files.remove("a.bin");
        assert!(is_other(&shell, &other));
    }

    #[test]
    fn old_lines_are_forgotten() {
        let mut shell = fresh();
        (0..600).for_each(|n| remember(&mut shell, &format!("echo {n}")));
        assert_eq!((shell.history.len(), shell.history[0].as_str()), (500, "echo 100"));
    }

    #[test]
    fn profile_and_region_are_found_as_the_command_line_finds_them() {
        let mut shell = fresh();
        assert_eq!((profile(&shell), region(&shell)), ("default", "us-east-1"));
        shell.config.set("ana", "region", "eu-central-1");
        set_profile(&mut shell, "ana");
        assert_eq!((profile(&shell), region(&shell)), ("ana", "eu-central-1"));
        set_region(&mut shell, "eu-west-1");
        assert_eq!(region(&shell), "eu-west-1");
        set_region(&mut shell, "eu-central-1");
        set_profile(&mut shell, "default");
        assert_eq!((profile(&shell), region(&shell), shell.variables.len()), ("default", "us-east-1", 0));
    }
}
