//! Reading a file in slices, a slice ahead.

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::Blob;

use crate::browser::describe;

/// A file that is read from front to back.
pub(crate) struct Source {
    blob: Blob,
    length: u64,
    /// Where the next slice begins.
    position: u64,
    /// Bytes of each slice but the last.
    slice: u64,
    ahead: Option<Promise>,
}

impl Source {
    /// Reads `blob` from an offset on, in slices of so many bytes.
    pub(crate) fn new(blob: Blob, position: u64, slice: u64) -> Self {
        let length = blob.size() as u64;
        Self { blob, length, position, slice, ahead: None }
    }

    /// The length of the whole file.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// The bytes that have been handed out.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// The next slice, or nothing at the end. The slice after it is being read meanwhile.
    ///
    /// # Errors
    /// [`LocalErrorCode::FileUnreadable`] when the file has changed or is gone.
    pub(crate) async fn next(&mut self) -> Result<Option<Uint8Array>, LocalError> {
        if self.position == self.length {
            return Ok(None);
        }
        let reading = self.ahead.take().unwrap_or_else(|| self.read_at(self.position));
        let end = (self.position + self.slice).min(self.length);
        if end < self.length {
            self.ahead = Some(self.read_at(end));
        }
        let buffer = JsFuture::from(reading).await.map_err(|e| unreadable(&e))?;
        let bytes = Uint8Array::new(&buffer);
        if u64::from(bytes.length()) != end - self.position {
            return Err(unreadable(&"it has become shorter while it was read".into()));
        }
        self.position = end;
        Ok(Some(bytes))
    }

    fn read_at(&self, start: u64) -> Promise {
        let end = (start + self.slice).min(self.length);
        match self.blob.slice_with_f64_and_f64(start as f64, end as f64) {
            Ok(slice) => array_buffer(slice.unchecked_ref()),
            Err(error) => Promise::reject(&error),
        }
    }
}

/// All bytes of a blob.
///
/// # Errors
/// [`LocalErrorCode::FileUnreadable`].
pub(crate) async fn read_all(blob: &Blob) -> Result<Uint8Array, LocalError> {
    let buffer = JsFuture::from(array_buffer(blob.unchecked_ref())).await.map_err(|e| unreadable(&e))?;
    Ok(Uint8Array::new(&buffer.unchecked_into::<ArrayBuffer>()))
}

fn unreadable(error: &JsValue) -> LocalError {
    let why = error.as_string().unwrap_or_else(|| describe(error));
    LocalError::new(LocalErrorCode::FileUnreadable, format!("the browser could not read the file: {why}"))
}

#[wasm_bindgen]
extern "C" {
    type Readable;
    #[wasm_bindgen(method, js_name = arrayBuffer)]
    fn array_buffer_of(this: &Readable) -> Promise;
}

fn array_buffer(blob: &Readable) -> Promise {
    blob.array_buffer_of()
}
