//! Sandboxes as files: all of a sandbox, with its keys, to be opened elsewhere. `docs/sandbox-file.md` has the format.

mod check;
mod error;
mod text;

use waxseal_api::Timestamp;
use zeroize::Zeroizing;

use crate::store::Everything;

pub use check::check;
pub use error::ShareError;

/// What a file begins with; a number and a line feed follow, and then what [`Shared::write`] has written, by gzip.
const FORMAT: &[u8] = b"waxseal-sandbox ";
/// Grows with every change of the lines, and of what is in them: older versions of Waxseal then say that they are too old.
const VERSION: u32 = 1;
/// What a backup of a vault begins with.
const BACKUP: &[u8] = b"age-encryption.org/";
/// So many bytes of text are read at most.
pub const MOST: usize = 256 << 20;

/// A sandbox on its way into a file or out of one.
#[derive(Debug, PartialEq)]
pub struct Shared {
    /// What it was called where it was saved.
    pub name: String,
    /// When that was.
    pub made: Timestamp,
    /// What is in it.
    pub everything: Everything,
}

impl Shared {
    /// The text of a file, but for its last line, which is the [`end`] that says their digest.
    pub fn write(&self) -> Zeroizing<Vec<u8>> {
        text::write(self)
    }

    /// Reads the text of a file. Before anything of it is used, [`ensure_digest`] and [`check`] have to say that it can be.
    ///
    /// # Errors
    /// [`ShareError::Damaged`]
    pub fn read(text: &[u8]) -> Result<Self, ShareError> {
        text::read(text)
    }
}

/// The last line of a text, given the SHA-256 of all others.
pub fn end(digest: &[u8]) -> String {
    text::end(digest)
}

/// All lines of a text but the last, which is their digest.
///
/// # Errors
/// [`ShareError::Damaged`]
pub fn lines(text: &[u8]) -> Result<&[u8], ShareError> {
    Ok(text::split(text)?.0)
}

/// Whether the last line of a text says what the SHA-256 of all others is.
///
/// # Errors
/// [`ShareError::Damaged`]
pub fn ensure_digest(text: &[u8], digest: &[u8]) -> Result<(), ShareError> {
    if text::split(text)?.1 == end(digest).as_bytes() {
        return Ok(());
    }
    Err(ShareError::Damaged("its digest is another one".to_owned()))
}

/// A file, of its text by gzip.
pub fn file(packed: &[u8]) -> Vec<u8> {
    [FORMAT, format!("{VERSION}\n").as_bytes(), packed].concat()
}

/// Whether a file says that it is a sandbox.
pub fn is_sandbox(file: &[u8]) -> bool {
    file.starts_with(FORMAT)
}

/// The text of a file, by gzip.
///
/// # Errors
/// [`ShareError::NotASandbox`], [`ShareError::Newer`], [`ShareError::Damaged`].
pub fn packed(file: &[u8]) -> Result<&[u8], ShareError> {
    let Some(rest) = file.strip_prefix(FORMAT) else {
        let text = match file.starts_with(BACKUP) {
            true => {
                "This is the backup of a vault. It is restored on the page of backups; a sandbox never takes the keys of a vault."
            }
            false => "This does not begin like a sandbox that was saved here.",
        };
        return Err(ShareError::NotASandbox(text.to_owned()));
    };
    let no_version = || ShareError::Damaged("its first line has no version".to_owned());
    let end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(no_version)?;
    let version = str::from_utf8(&rest[..end]).ok().and_then(|text| text.parse::<u32>().ok());
    match version.filter(|version| *version > 0).ok_or_else(no_version)? {
        VERSION => Ok(&rest[end + 1..]),
        version => Err(ShareError::Newer(version)),
    }
}

#[cfg(test)]
mod tests;
