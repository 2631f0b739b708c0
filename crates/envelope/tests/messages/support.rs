//! What the tests share.

use waxseal_crypto::{WrappingKey, sha256};
use waxseal_envelope::{EncryptionContext, Error, RawAesKeyring, decrypt_bytes, encrypt_bytes};

pub(crate) use crate::service::rng;

/// A keyring whose key is the bytes 0, 1, 2, …
pub(crate) fn keyring() -> RawAesKeyring {
    let key: Vec<u8> = (0..32).collect();
    RawAesKeyring::new("cellar", "2026", WrappingKey::from_bytes(&key).unwrap()).unwrap()
}

/// `SHA-256(0) || SHA-256(1) || …`, cut to length; the numbers as 8 bytes.
pub(crate) fn plaintext(length: usize) -> Vec<u8> {
    let blocks = (0_u64..).flat_map(|number| sha256(&[&number.to_be_bytes()]));
    blocks.take(length).collect()
}

pub(crate) fn context(pairs: &[(&str, &str)]) -> EncryptionContext {
    pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}

/// A message under [`keyring`], with [`plaintext`] of this length.
pub(crate) fn message(length: usize, frame_length: u32) -> Vec<u8> {
    let materials = keyring().generate(&context(&[("k", "v")]), &mut rng()).unwrap();
    encrypt_bytes(materials, frame_length, &plaintext(length), &mut rng()).unwrap()
}

/// The plaintext of a message under [`keyring`].
pub(crate) fn open(message: &[u8]) -> Result<Vec<u8>, Error> {
    let keyring = keyring();
    decrypt_bytes(message, |header| keyring.unwrap(header)).map(|opened| opened.plaintext.to_vec())
}
