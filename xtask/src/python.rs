//! Python, for what is written in it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{tools, workshop::Workshop};

/// The interpreter of a virtual environment, a folder of the target folder, with the packages that a file lists.
pub(crate) fn interpreter(workshop: &Workshop, folder: &str, requirements: &str) -> Result<PathBuf> {
    let sh = &workshop.sh;
    let (folder, requirements) = (workshop.target.join(folder), Path::new(requirements));
    let (wanted, stamp) = (sh.read_file(requirements)?, folder.join("requirements.txt"));
    let interpreter = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !sh.read_file(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("Installing the Python packages of {}", requirements.display());
        if cmd!(sh, "python3 -m ensurepip --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
            println!("Installing Python 3");
            tools::apt_install(workshop, &["python3-venv"]);
        }
        cmd!(sh, "python3 -m venv --clear {folder}")
            .run()
            .context("Python 3 with its venv module is needed; please install it")?;
        cmd!(sh, "{interpreter} -m pip install --quiet --disable-pip-version-check -r {requirements}")
            .run()?;
        sh.write_file(stamp, wanted)?;
    }
    Ok(interpreter)
}
