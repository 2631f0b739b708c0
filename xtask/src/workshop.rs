//! Where the work is done: folders, and a shell that finds the tools.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xshell::Shell;

/// A shell in the root of the repository, and the folders that commands write to.
pub(crate) struct Workshop {
    /// Runs commands from `root`, with `.tools/bin` and the npm packages' tools first on the `PATH`.
    pub(crate) sh: Shell,
    /// The root of the repository.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
}

/// How a build is optimised.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build.
    Dev,
    /// As it is published: the profile `wasm`.
    Release,
}

impl Workshop {
    /// Finds the folders and sets up the shell.
    pub(crate) fn open() -> Result<Self> {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in no folder")?.to_owned();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let sh = Shell::new()?;
        sh.change_dir(&root);
        let first = [root.join(".tools/bin"), root.join("tests/browser/node_modules/.bin")];
        let path = env::var_os("PATH").unwrap_or_default();
        sh.set_var("PATH", env::join_paths(first.into_iter().chain(env::split_paths(&path)))?);
        Ok(Self { sh, root, target })
    }

    /// `dist/site`, the published site.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("dist/site")
    }

    /// `dist/npm`, the published package.
    pub(crate) fn npm(&self) -> PathBuf {
        self.root.join("dist/npm")
    }

    /// The version of a package as Cargo.lock has it.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock = self.sh.read_file("Cargo.lock")?;
        version_in(&lock, package).with_context(|| format!("Cargo.lock does not name {package}"))
    }
}

impl Profile {
    /// The folder under `target/<triple>/`.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "wasm",
        }
    }

    /// The option that cargo takes.
    pub(crate) fn for_cargo(self) -> Option<&'static str> {
        (self == Self::Release).then_some("--profile=wasm")
    }

    /// The option that Trunk takes; `index.html` names the profile.
    pub(crate) fn for_trunk(self) -> Option<&'static str> {
        (self == Self::Release).then_some("--release")
    }
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    Some(after.split_once('"')?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"2.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n";
        assert_eq!(version_in(lock, "a").as_deref(), Some("1.2.3"));
        assert_eq!(version_in(lock, "b"), None);
    }
}
