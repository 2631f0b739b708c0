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
    through(bytes, CompressionStream::new(FORMAT)?.unchecked_ref(), usize::MAX).await
}

/// Unpacks them again.
///
/// # Errors
/// They are not what was packed, or become more than `most` bytes.
pub(crate) async fn gunzip(bytes: &[u8], most: usize) -> Result<Vec<u8>, JsValue> {
    through(bytes, DecompressionStream::new(FORMAT)?.unchecked_ref(), most).await
}

async fn through(bytes: &[u8], pair: &ReadableWritablePair, most: usize) -> Result<Vec<u8>, JsValue> {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts)?;
    let reader = ReadableStreamDefaultReader::new(&blob.stream().pipe_through(pair))?;
    let mut all = Vec::new();
    loop {
        let read = JsFuture::from(reader.read()).await?;
        let Ok(chunk) = Reflect::get(&read, &"value".into())?.dyn_into::<Uint8Array>() else {
            return Ok(all);
        };
        if chunk.length() as usize > most - all.len() {
            drop(reader.cancel());
            return Err(JsValue::from_str("it is too long"));
        }
        all.extend(chunk.to_vec());
    }
}
