//! Reading a file from front to back, slice by slice.

use std::ops::Range;

use js_sys::{ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::{Blob, ReadableStreamDefaultReader};

use crate::browser::describe;

/// A file that is read from front to back. Reading goes through the file's stream, which browsers fill ahead and deliver
/// about twice as fast as single slices.
pub(crate) struct Source {
    reader: ReadableStreamDefaultReader,
    length: u64,
    /// Where the next slice begins.
    position: u64,
    /// Holds one slice at a time: memory that is used again is several times faster than new memory.
    buffer: Uint8Array,
    /// What the stream has delivered beyond the last slice.
    rest: Uint8Array,
    /// The chunk that is being delivered meanwhile.
    ahead: Option<JsFuture>,
}

impl Source {
    /// Reads `blob` in slices of so many bytes; the last is shorter.
    pub(crate) fn new(blob: &Blob, slice: u64) -> Self {
        let length = blob.size() as u64;
        let reader = blob.stream().get_reader().unchecked_into();
        let buffer = Uint8Array::new_with_length(slice.min(length) as u32);
        Self { reader, length, position: 0, buffer, rest: Uint8Array::new_with_length(0), ahead: None }
    }

    /// The length of the whole file.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Whether nothing is left.
    pub(crate) fn is_all(&self) -> bool {
        self.position == self.length
    }

    /// The next slice, or nothing at the end. It is there until this is called again, which overwrites it.
    ///
    /// # Errors
    /// [`LocalErrorCode::FileUnreadable`] when the file has changed or is gone.
    pub(crate) async fn next(&mut self) -> Result<Option<Uint8Array>, LocalError> {
        let length = u64::from(self.buffer.length()).min(self.length - self.position) as u32;
        if length == 0 {
            return Ok(None);
        }
        let mut filled = 0;
        while filled < length {
            let chunk = self.chunk().await?;
            let taken = chunk.length().min(length - filled);
            self.buffer.set(&chunk.subarray(0, taken), filled);
            self.rest = chunk.subarray(taken, chunk.length());
            filled += taken;
        }
        self.position += u64::from(length);
        Ok(Some(self.buffer.subarray(0, length)))
    }

    /// What is left of the last chunk, or the next one.
    async fn chunk(&mut self) -> Result<Uint8Array, LocalError> {
        if self.rest.length() > 0 {
            return Ok(self.rest.clone());
        }
        let reading = self.ahead.take().unwrap_or_else(|| self.reader.read().into());
        let read = reading.await.map_err(|e| unreadable(&e))?;
        let chunk = Reflect::get(&read, &"value".into()).map_err(|e| unreadable(&e))?;
        self.ahead = Some(self.reader.read().into());
        chunk.dyn_into().map_err(|_| unreadable(&"it has become shorter while it was read".into()))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        // Nobody waits for what a stream does after it is no longer read.
        drop(JsFuture::from(self.reader.cancel()));
    }
}

/// Some bytes of a blob, without a copy.
///
/// # Errors
/// [`LocalErrorCode::FileUnreadable`].
pub(crate) fn slice(blob: &Blob, bytes: Range<u64>) -> Result<Blob, LocalError> {
    blob.slice_with_f64_and_f64(bytes.start as f64, bytes.end as f64).map_err(|error| unreadable(&error))
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
    LocalError::new(LocalErrorCode::FileUnreadable, format!("The browser could not read the file: {why}."))
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
