//! SHA-384 alone, as it runs in the module: what a signed message takes at the least.

use wasm_bindgen::prelude::wasm_bindgen;
use waxseal_crypto::{Hash, Hasher};

/// Digests so many MiB, which are in WebAssembly's memory already.
#[wasm_bindgen]
#[must_use]
pub fn sha384(mebibytes: u32) -> Vec<u8> {
    let mut hasher = Hasher::new(Hash::Sha384);
    let piece = vec![7; 1024 * 1024];
    for _ in 0..mebibytes {
        hasher.update(&piece);
    }
    hasher.finish()
}
