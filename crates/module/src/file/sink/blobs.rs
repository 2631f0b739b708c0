//! A result in blobs, for browsers without a private disk and for what is small.

use std::{cell::RefCell, collections::BTreeMap};

use js_sys::Array;
use waxseal_api::LocalError;
use web_sys::Blob;

use super::{full, refused};
use crate::file::source::{read_all, slice};

/// What a browser is trusted to keep without a disk: on phones, a page that takes more is closed.
const MOST: u64 = 1024 * 1024 * 1024;

/// One blob a write, by its place.
pub(crate) struct Blobs(RefCell<BTreeMap<u64, Blob>>);

impl Blobs {
    pub(super) fn new(length: u64) -> Result<Self, LocalError> {
        if length > MOST {
            return Err(full("without a private file system, results may have up to 1 GiB"));
        }
        Ok(Self(RefCell::default()))
    }

    pub(super) fn write(&self, position: u64, pieces: &Array) -> Result<(), LocalError> {
        let blob = Blob::new_with_u8_array_sequence(pieces).map_err(|error| refused(&error))?;
        self.0.borrow_mut().insert(position, blob);
        Ok(())
    }

    /// The blob, when it can be read. A browser that has no room for a blob makes one all the same, and only who reads it
    /// is told.
    pub(super) async fn finish(self, length: u64) -> Result<Blob, LocalError> {
        let parts: Array = self.0.into_inner().into_values().collect();
        let blob = Blob::new_with_blob_sequence(&parts).map_err(|error| refused(&error))?;
        if blob.size() as u64 != length {
            return Err(full("the result is incomplete"));
        }
        let last = slice(&blob, length.saturating_sub(1)..length)?;
        read_all(&last).await.map_err(|_| full("what was written cannot be read"))?;
        Ok(blob)
    }
}
