//! AES without a tag: what other programs do with data keys. Nothing of ours is encrypted so, since whoever changes a
//! ciphertext is not noticed.

use aes::{
    Aes256,
    cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, StreamCipher, block_padding::Pkcs7},
};

use crate::Error;

/// AES-256 in counter mode (NIST SP 800-38A), the counter in all 128 bits; encrypting and decrypting are the same.
///
/// # Errors
/// [`Error::NotAKey`] unless the key has 32 bytes and the counter 16.
pub fn aes_256_ctr(key: &[u8], counter: &[u8], bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut cipher = ctr::Ctr128BE::<Aes256>::new_from_slices(key, counter).map_err(|_| Error::NotAKey)?;
    let mut bytes = bytes.to_vec();
    cipher.apply_keystream(&mut bytes);
    Ok(bytes)
}

/// AES-256 in CBC mode (NIST SP 800-38A), padded as in PKCS #7.
///
/// # Errors
/// [`Error::NotAKey`] unless the key has 32 bytes and the IV 16, [`Error::NotAuthentic`] when the padding is not right.
pub fn aes_256_cbc(key: &[u8], iv: &[u8], bytes: &[u8], decrypt: bool) -> Result<Vec<u8>, Error> {
    if decrypt {
        let cipher = cbc::Decryptor::<Aes256>::new_from_slices(key, iv).map_err(|_| Error::NotAKey)?;
        return cipher.decrypt_padded_vec::<Pkcs7>(bytes).map_err(|_| Error::NotAuthentic);
    }
    let cipher = cbc::Encryptor::<Aes256>::new_from_slices(key, iv).map_err(|_| Error::NotAKey)?;
    Ok(cipher.encrypt_padded_vec::<Pkcs7>(bytes))
}
