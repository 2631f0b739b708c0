//! Digests, and files named by their content.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256, Sha384};

use crate::workshop::Workshop;

/// A folder into which files are put under names that change with their content.
pub(crate) struct HashedFolder<'a> {
    workshop: &'a Workshop,
    folder: &'a Path,
    /// What each file was called, and what it is called now.
    names: Vec<(String, String)>,
}

impl<'a> HashedFolder<'a> {
    /// Puts files into `folder`, which exists.
    pub(crate) fn new(workshop: &'a Workshop, folder: &'a Path) -> Self {
        Self { workshop, folder, names: Vec::new() }
    }

    /// Notes that `name` is already here as `hashed`.
    pub(crate) fn know(&mut self, name: &str, hashed: &str) {
        self.names.push((name.to_owned(), hashed.to_owned()));
    }

    /// Puts a file here; where it names files put here before, it names them anew. Returns the new name.
    pub(crate) fn put(&mut self, source: &Path) -> Result<String> {
        let name = source.file_name().and_then(|name| name.to_str()).context("a file has no name")?;
        self.put_content(name, self.workshop.sh.read_binary_file(source)?)
    }

    /// The same for what is in no file yet.
    pub(crate) fn put_content(&mut self, name: &str, content: Vec<u8>) -> Result<String> {
        let content = match String::from_utf8(content) {
            Ok(text) => self.rename_in(text).into_bytes(),
            Err(binary) => binary.into_bytes(),
        };
        let hashed = hashed_name(name, &content);
        self.workshop.sh.write_file(self.folder.join(&hashed), content)?;
        self.know(name, &hashed);
        Ok(hashed)
    }

    fn rename_in(&self, text: String) -> String {
        self.names.iter().fold(text, |text, (name, hashed)| text.replace(name, hashed))
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What the CSP calls a script or style that may stand inline: `'sha256-<base64>'`.
pub(crate) fn csp_source(text: &str) -> String {
    format!("'{}'", sha256_integrity(text.as_bytes()))
}

/// The shorter form of [`integrity`]: `sha256-<base64>`.
pub(crate) fn sha256_integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", Base64::encode_string(&Sha256::digest(bytes)))
}

/// The value of an `integrity` attribute: `sha384-<base64>`.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", Base64::encode_string(&Sha384::digest(bytes)))
}

/// All files below a folder, as paths relative to it, in order.
pub(crate) fn files_below(workshop: &Workshop, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in workshop.sh.read_dir(next)? {
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The lines of `sha256sum`, for every file below a folder.
pub(crate) fn sums(workshop: &Workshop, folder: &Path) -> Result<String> {
    let mut lines = String::new();
    for file in files_below(workshop, folder)? {
        let content = workshop.sh.read_binary_file(folder.join(&file))?;
        writeln!(lines, "{}  {}", sha256_hex(&content), file.display())?;
    }
    Ok(lines)
}

/// `worker.js` → `worker-0123456789abcdef.js`
fn hashed_name(name: &str, content: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{}.{extension}", &sha256_hex(content)[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_known_text() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), abc);
        assert_eq!(csp_source("abc"), "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
        assert!(
            integrity(b"abc")
                .starts_with("sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn")
        );
    }

    #[test]
    fn a_name_changes_with_the_content() {
        assert_eq!(hashed_name("worker.js", b"abc"), "worker-ba7816bf8f01cfea.js");
        assert_ne!(hashed_name("worker.js", b"abd"), hashed_name("worker.js", b"abc"));
    }
}
