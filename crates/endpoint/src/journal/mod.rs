//! The state file as the engine uses it.

mod entry;
mod file;
mod frame;
mod pen;

use std::path::{Path, PathBuf};

pub(crate) use self::{
    entry::{Contents, Entry},
    pen::Receipt,
};
pub use self::{file::FileError, pen::Unstored};
use self::{file::Lock, pen::Pen};

/// A state file in use.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    pen: Pen,
    _lock: Lock,
}

impl Journal {
    /// Opens the file and reads it.
    ///
    /// # Errors
    /// It cannot be read or written, or another process uses it.
    pub(crate) fn open(path: &Path) -> Result<(Self, Contents), FileError> {
        let lock = Lock::take(path)?;
        let (pen, contents) = Pen::start(path)?;
        Ok((Self { path: path.to_owned(), pen, _lock: lock }, contents))
    }

    /// After a failure: reads what the file says now, and goes on from there. None when there was no failure.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub(crate) fn recover(&mut self) -> Result<Option<Contents>, FileError> {
        if !self.pen.has_failed() {
            return Ok(None);
        }
        let (pen, contents) = Pen::start(&self.path)?;
        self.pen = pen;
        Ok(Some(contents))
    }

    /// Appends entries, which will be durable all or not at all.
    ///
    /// # Errors
    /// An entry has a body that is not JSON; then none is appended.
    pub(crate) fn append(&mut self, entries: &[Entry]) -> serde_json::Result<()> {
        self.pen.append(entries)
    }

    /// Stands for everything that has been appended.
    pub(crate) fn receipt(&self) -> Receipt {
        self.pen.receipt()
    }
}
