//! What the terminal holds, as the sandbox keeps it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waxseal_api::Blob;
use waxseal_cli::Shell;

/// The account that a sandbox begins with: the one that documentation uses, which is nobody's.
pub(crate) const ACCOUNT: &str = "111122223333";
/// The Region that it begins in.
pub(crate) const REGION: &str = "us-east-1";
/// The setting of a profile that says whom it stands for without credentials. AWS has none like it.
pub(crate) const PRINCIPAL: &str = "principal";
/// The most lines that are remembered.
const HISTORY: usize = 500;

/// A terminal, in JSON.
#[derive(Serialize, Deserialize)]
struct Kept {
    files: BTreeMap<String, Blob>,
    variables: BTreeMap<String, String>,
    profiles: BTreeMap<String, BTreeMap<String, String>>,
    history: Vec<String>,
}

/// A new terminal: its user is the root user of the account.
pub(crate) fn fresh() -> Shell {
    let mut shell = Shell::default();
    add_profile(&mut shell, "default", &root(ACCOUNT));
    shell
}

/// The ARN of an account's root user.
pub(crate) fn root(account: &str) -> String {
    format!("arn:aws:iam::{account}:root")
}

/// Makes a profile that stands for a principal.
pub(crate) fn add_profile(shell: &mut Shell, name: &str, principal: &str) {
    shell.config.set(name, PRINCIPAL, principal);
    shell.config.set(name, "region", REGION);
}

/// Remembers a line.
pub(crate) fn remember(shell: &mut Shell, line: &str) {
    if shell.history.last().is_none_or(|last| last != line) {
        shell.history.push(line.to_owned());
    }
    let old = shell.history.len().saturating_sub(HISTORY);
    shell.history.drain(..old);
}

/// A terminal as text.
pub(crate) fn written(shell: &Shell) -> String {
    let files = shell.files.iter().map(|(name, bytes)| (name.to_owned(), Blob::from(&bytes[..])));
    let profiles = shell.config.profiles().filter_map(|name| {
        let settings = shell.config.profile(name)?;
        Some((name.to_owned(), settings.clone()))
    });
    let kept = Kept {
        files: files.collect(),
        variables: shell.variables.clone(),
        profiles: profiles.collect(),
        history: shell.history.clone(),
    };
    serde_json::to_string(&kept).unwrap_or_default()
}

/// A terminal from its text; None if it is not one.
pub(crate) fn read(text: &str) -> Option<Shell> {
    let kept: Kept = serde_json::from_str(text).ok()?;
    let mut shell = Shell { variables: kept.variables, history: kept.history, ..Shell::default() };
    for (name, bytes) in kept.files {
        shell.files.write(&name, bytes.as_bytes());
    }
    for (profile, settings) in kept.profiles {
        shell.config.add(&profile).extend(settings);
    }
    Some(shell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_comes_back_as_it_was() {
        let mut shell = fresh();
        shell.files.write("a.bin", [0, 255, 10]);
        shell.variables.insert("KEY".to_owned(), "alias/a b".to_owned());
        shell.config.add("empty");
        remember(&mut shell, "ls");
        remember(&mut shell, "ls");
        assert_eq!(shell.history, ["ls"]);
        assert_eq!(read(&written(&shell)), Some(shell));
        assert_eq!(read("{}"), None);
    }

    #[test]
    fn old_lines_are_forgotten() {
        let mut shell = fresh();
        (0..600).for_each(|n| remember(&mut shell, &format!("echo {n}")));
        assert_eq!((shell.history.len(), shell.history[0].as_str()), (500, "echo 100"));
    }
}
