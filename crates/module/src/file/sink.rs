//! Where bytes gather until they are a file. Nobody sees any of it before it is finished.

use js_sys::{Array, Uint8Array};
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::Blob;

use super::source::{read_all, slice};
use crate::browser::describe;

/// A growing blob.
#[derive(Default)]
pub(crate) struct Sink {
    parts: Array,
    length: u64,
}

impl Sink {
    /// Adds bytes at the end.
    pub(crate) fn push(&mut self, bytes: &Uint8Array) {
        self.parts.push(bytes);
        self.length += u64::from(bytes.length());
    }

    /// Adds a blob at the end, without a copy.
    pub(crate) fn append(&mut self, blob: &Blob) {
        self.parts.push(blob);
        self.length += blob.size() as u64;
    }

    /// How many bytes there are.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// All of it. From then on the browser may keep it on disk.
    ///
    /// # Errors
    /// [`LocalErrorCode::StorageFull`] when the browser has no room for it, and says so.
    pub(crate) fn finish(self) -> Result<Blob, LocalError> {
        let blob = Blob::new_with_blob_sequence(&self.parts).map_err(|error| full(&describe(&error)))?;
        if blob.size() as u64 == self.length { Ok(blob) } else { Err(full("the result is incomplete")) }
    }

    /// All of it, when it can be read. A browser that has no room for a blob makes one all the same, and only who reads
    /// it is told.
    ///
    /// # Errors
    /// [`LocalErrorCode::StorageFull`].
    pub(crate) async fn finish_readable(self) -> Result<Blob, LocalError> {
        let blob = self.finish()?;
        let length = blob.size() as u64;
        let last = slice(&blob, length.saturating_sub(1)..length)?;
        read_all(&last).await.map_err(|_| full("what was written cannot be read"))?;
        Ok(blob)
    }
}

fn full(why: &str) -> LocalError {
    LocalError::new(LocalErrorCode::StorageFull, format!("The browser has no room for the result: {why}."))
}
