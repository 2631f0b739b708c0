//! gzip (RFC 1952), which browsers bring along.

use std::pin::pin;

use futures_util::future::{Either, select};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, ReadableWritablePair};

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

/// So many bytes go into a stream at a time.
const PIECE: usize = 1 << 20;

/// What comes out of a stream; none if it is more than `most` bytes.
async fn through(bytes: &[u8], pair: &ReadableWritablePair, most: usize) -> Result<Option<Vec<u8>>, JsValue> {
    let writer = pair.get_writable().get_writer()?;
    let reader = ReadableStreamDefaultReader::new(&pair.get_readable())?;
    let feed = async {
        for piece in bytes.chunks(PIECE) {
            JsFuture::from(writer.write_with_chunk(&Uint8Array::from(piece))).await?;
        }
        JsFuture::from(writer.close()).await
    };
    let drain = drained(&reader, most);
    match select(pin!(feed), pin!(drain)).await {
        Either::Left((fed, drain)) => {
            fed?;
            drain.await
        }
        Either::Right((drained, _)) => drained,
    }
}

/// All that can be read, put together once: what grows is copied, and what it was before erased.
async fn drained(reader: &ReadableStreamDefaultReader, most: usize) -> Result<Option<Vec<u8>>, JsValue> {
    let (mut pieces, mut length) = (Vec::new(), 0);
    loop {
        let read = JsFuture::from(reader.read()).await?;
        let Ok(piece) = Reflect::get(&read, &"value".into())?.dyn_into::<Uint8Array>() else { break };
        length += piece.length() as usize;
        if length > most {
            drop(reader.cancel());
            return Ok(None);
        }
        pieces.push(piece);
    }
    let (mut all, mut at) = (vec![0; length], 0);
    for piece in pieces {
        let end = at + piece.length() as usize;
        piece.copy_to(&mut all[at..end]);
        at = end;
    }
    Ok(Some(all))
}
