//! Where the result of a job gathers. Nobody sees any of it before [`Sink::finish`].

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::Blob;

use crate::browser::describe;

/// Parts are folded into blobs of about this many bytes, which the browser may keep on disk.
const FOLD: u64 = 16 * 1024 * 1024;

/// A growing blob.
pub(crate) struct Sink {
    folded: Array,
    parts: Array,
    unfolded: u64,
    length: u64,
}

impl Sink {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folded: Array::new(), parts: Array::new(), unfolded: 0, length: 0 }
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// [`LocalErrorCode::StorageFull`] when the browser has no room for them.
    pub(crate) fn push(&mut self, bytes: &Uint8Array) -> Result<(), LocalError> {
        self.parts.push(bytes);
        self.unfolded += u64::from(bytes.length());
        self.length += u64::from(bytes.length());
        if self.unfolded >= FOLD {
            self.fold()?;
        }
        Ok(())
    }

    /// Bytes so far.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// All of it.
    ///
    /// # Errors
    /// [`LocalErrorCode::StorageFull`] when the browser has no room for it.
    pub(crate) fn finish(mut self) -> Result<Blob, LocalError> {
        self.fold()?;
        let blob = Blob::new_with_blob_sequence(&self.folded).map_err(full)?;
        // A browser that cannot keep a blob makes an empty one, or one that cannot be read.
        if blob.size() as u64 == self.length {
            Ok(blob)
        } else {
            Err(full("the result is incomplete".into()))
        }
    }

    fn fold(&mut self) -> Result<(), LocalError> {
        let part = Blob::new_with_u8_array_sequence(&self.parts).map_err(full)?;
        self.folded.push(&part);
        self.parts = Array::new();
        self.unfolded = 0;
        Ok(())
    }
}

fn full(error: JsValue) -> LocalError {
    let why = error.as_string().unwrap_or_else(|| describe(&error));
    LocalError::new(LocalErrorCode::StorageFull, format!("The browser has no room for the result: {why}."))
}
