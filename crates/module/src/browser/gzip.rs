//! gzip (RFC 1952), which browsers bring along.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader, ReadableWritablePair};

#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

const FORMAT: &str = "gzip";

/// Packs bytes.
///
/// # Errors
/// The browser does not.
pub(crate) async fn gzip(bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
    let packed = through(bytes, CompressionStream::new(FORMAT)?.unchecked_ref(), usize::MAX).await?;
    Ok(packed.unwrap_or_default())
}

/// Why bytes are not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unpacked {
    /// They are not what was packed, or not all of it.
    Broken,
    /// They become more than so many bytes.
    TooLong,
}

/// Unpacks them again.
///
/// # Errors
/// They are not what was packed, or become more than `most` bytes.
pub(crate) async fn gunzip(bytes: &[u8], most: usize) -> Result<Vec<u8>, Unpacked> {
    let pair = DecompressionStream::new(FORMAT).map_err(|_| Unpacked::Broken)?;
    // What a browser says of it differs, and helps nobody.
    let unpacked = through(bytes, pair.unchecked_ref(), most).await.map_err(|_| Unpacked::Broken)?;
    unpacked.ok_or(Unpacked::TooLong)
}

/// What comes out of a stream; none if it is more than `most` bytes.
async fn through(bytes: &[u8], pair: &ReadableWritablePair, most: usize) -> Result<Option<Vec<u8>>, JsValue> {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts)?;
    let reader = ReadableStreamDefaultReader::new(&blob.stream().pipe_through(pair))?;
    let mut all = Vec::new();
    loop {
        let read = JsFuture::from(reader.read()).await?;
        let Ok(chunk) = Reflect::get(&read, &"value".into())?.dyn_into::<Uint8Array>() else {
            return Ok(Some(all));
        };
        let (before, length) = (all.len(), chunk.length() as usize);
        if length > most - before {
            drop(reader.cancel());
            return Ok(None);
        }
        all.resize(before + length, 0);
        chunk.copy_to(&mut all[before..]);
    }
}
