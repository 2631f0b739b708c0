//! What services keep is AES-256-GCM: a nonce, the ciphertext and its tag, in one blob.

use rand_core::CryptoRng;
use waxseal_api::Blob;
use waxseal_crypto::{WrappingKey, gcm};

use crate::refusal::Refusal;

/// Encrypts; `bound` says what it belongs to.
pub(crate) fn seal(
    rng: &mut dyn CryptoRng,
    key: &WrappingKey,
    bound: &str,
    plaintext: &[u8],
) -> Result<Blob, Refusal> {
    let nonce = gcm::fresh_nonce(rng);
    let sealed = gcm::seal(key, &nonce, bound.as_bytes(), plaintext).map_err(|_| damaged())?;
    Ok([&nonce[..], &sealed].concat().into())
}

/// Verifies and decrypts.
pub(crate) fn open(key: &WrappingKey, bound: &str, sealed: &Blob) -> Result<Vec<u8>, Refusal> {
    let (nonce, sealed) = sealed.as_bytes().split_first_chunk().ok_or_else(damaged)?;
    let plaintext = gcm::open(key, nonce, bound.as_bytes(), sealed).map_err(|_| damaged())?;
    Ok(plaintext.to_vec())
}

/// A key of 32 bytes that came from elsewhere.
pub(crate) fn key(bytes: &[u8]) -> Result<WrappingKey, Refusal> {
    WrappingKey::from_bytes(bytes).map_err(|_| damaged())
}

/// What is kept is not what was kept.
fn damaged() -> Refusal {
    Refusal::new("InternalError", "What is stored does not open with its key.")
}
