//! Reading a file from front to back, slice by slice.

use std::ops::Range;

use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::{Blob, ReadableStreamByobReader};

use crate::browser::{describe, release};

/// A file to work on: a blob of the browser's, or bytes in memory.
#[derive(Clone)]
pub(crate) enum Input {
    /// Read slice by slice.
    Blob(Blob),
    /// Used where they are.
    Bytes(Uint8Array),
}

impl Input {
    /// How long it is.
    pub(crate) fn length(&self) -> u64 {
        match self {
            Self::Blob(blob) => blob.size() as u64,
            Self::Bytes(bytes) => bytes.length().into(),
        }
    }

    /// Some of it, without a copy.
    ///
    /// # Errors
    /// [`LocalErrorCode::FileUnreadable`].
    pub(crate) fn slice(&self, bytes: Range<u64>) -> Result<Self, LocalError> {
        Ok(match self {
            Self::Blob(blob) => Self::Blob(slice(blob, bytes)?),
            Self::Bytes(all) => Self::Bytes(all.subarray(bytes.start as u32, bytes.end as u32)),
        })
    }
}

/// A file that is read from front to back.
pub(crate) struct Source {
    place: Place,
    length: u64,
    /// Where the next slice begins.
    position: u64,
    /// Bytes in a slice that is not the last.
    slice: u64,
}

/// Where it is read.
enum Place {
    Memory(Uint8Array),
    Stream(Stream),
    Blob(Blob),
}

impl Source {
    /// Reads in slices of so many bytes; the last is shorter.
    pub(crate) fn new(input: &Input, slice: u64) -> Self {
        let length = input.length();
        let slice = slice.min(length);
        let place = match input {
            Input::Bytes(bytes) => Place::Memory(bytes.clone()),
            Input::Blob(blob) => match Stream::of(blob, slice) {
                Some(stream) => Place::Stream(stream),
                None => Place::Blob(blob.clone()),
            },
        };
        Self { place, length, position: 0, slice }
    }

    /// The length of the whole file.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Whether nothing is left.
    pub(crate) fn is_all(&self) -> bool {
        self.position == self.length
    }

    /// The next slice, or nothing at the end. It is there until this is called again.
    ///
    /// # Errors
    /// [`LocalErrorCode::FileUnreadable`] when the file has changed or is gone.
    pub(crate) async fn next(&mut self) -> Result<Option<Uint8Array>, LocalError> {
        let (start, end) = (self.position, self.length.min(self.position + self.slice));
        if start == end {
            return Ok(None);
        }
        let bytes = match &mut self.place {
            Place::Memory(bytes) => bytes.subarray(start as u32, end as u32),
            Place::Stream(stream) => stream.read((end - start) as u32).await?,
            Place::Blob(blob) => read_all(&slice(blob, start..end)?).await?,
        };
        self.position = end;
        Ok(Some(bytes))
    }
}

/// A blob's stream, which browsers fill ahead and deliver about twice as fast as single slices. It is read into one buffer:
/// memory that is used again is several times faster than new memory.
struct Stream {
    reader: ReadableStreamByobReader,
    buffer: ArrayBuffer,
}

impl Stream {
    /// None where the browser's streams cannot fill a buffer.
    fn of(blob: &Blob, slice: u64) -> Option<Self> {
        let reader = ReadableStreamByobReader::new(&blob.stream()).ok()?;
        Some(Self { reader, buffer: ArrayBuffer::new(slice as u32) })
    }

    /// So many bytes, which fit into the buffer.
    async fn read(&mut self, length: u32) -> Result<Uint8Array, LocalError> {
        let mut filled = 0;
        while filled < length {
            let rest = Uint8Array::new_with_byte_offset_and_length(&self.buffer, filled, length - filled);
            let reading = self.reader.read_with_array_buffer_view(&rest);
            let read = JsFuture::from(reading).await.map_err(|e| unreadable(&e))?;
            let value = Reflect::get(&read, &"value".into()).map_err(|e| unreadable(&e))?;
            let bytes: Uint8Array = value.dyn_into().map_err(|_| shorter())?;
            if bytes.length() == 0 {
                return Err(shorter());
            }
            filled += bytes.length();
            self.buffer = bytes.buffer();
        }
        Ok(Uint8Array::new_with_byte_offset_and_length(&self.buffer, 0, length))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // A segment has a buffer of its own. What was handed out is a part of it, and used by now.
        release(&Array::of1(&self.buffer));
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

fn shorter() -> LocalError {
    unreadable(&"it has become shorter while it was read".into())
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
