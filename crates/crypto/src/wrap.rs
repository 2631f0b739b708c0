//! Wrapping of key material on its way from one place to another.

use aes_kw::{KeyInit, KwpAes256};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{
    Encryption, Error, KeyMaterial, PublicKey,
    keys::{KeyBytes, random},
};

/// How material is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    /// Encrypted under the public key.
    Direct(Encryption),
    /// AES-KWP (RFC 5649) under a new AES key of 256 bits, which stands before it, encrypted under the public key
    /// (PKCS #11, CKM_RSA_AES_KEY_WRAP).
    AesKeyWrap(Encryption),
}

const AES_LENGTH: usize = 32;
const SEMIBLOCK: usize = 8;

impl PublicKey {
    /// Wraps material.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`], [`Error::PlaintextLength`].
    pub fn wrap(&self, how: Wrapping, material: &[u8], rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        let encryption = match how {
            Wrapping::Direct(encryption) => return self.encrypt(encryption, material, rng),
            Wrapping::AesKeyWrap(encryption) => encryption,
        };
        let key = random(rng, AES_LENGTH);
        let mut wrapped = self.encrypt(encryption, &key, rng)?;
        let mut buffer = vec![0; material.len().next_multiple_of(SEMIBLOCK) + SEMIBLOCK];
        wrapped.extend_from_slice(
            aes(&key)?.wrap_key(material, &mut buffer).map_err(|_| Error::PlaintextLength)?,
        );
        Ok(wrapped)
    }
}

impl KeyMaterial {
    /// Unwraps material that was wrapped under this key's public half. What comes out may be anything: the caller has
    /// to see whether it is a key.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`], [`Error::NotAuthentic`].
    pub fn unwrap(&self, how: Wrapping, wrapped: &[u8], rng: &mut dyn CryptoRng) -> Result<KeyBytes, Error> {
        let encryption = match how {
            Wrapping::Direct(encryption) => return self.decrypt(encryption, wrapped, rng),
            Wrapping::AesKeyWrap(encryption) => encryption,
        };
        let length = self.spec().modulus_bits().ok_or(Error::NotForThisKey)? / 8;
        let (key, wrapped) = wrapped.split_at_checked(length.into()).ok_or(Error::NotAuthentic)?;
        if wrapped.len() < 2 * SEMIBLOCK {
            return Err(Error::NotAuthentic); // RFC 5649 wraps no empty keys, but the library would unwrap one.
        }
        let key = self.decrypt(encryption, key, rng)?;
        let mut buffer = Zeroizing::new(vec![0; wrapped.len()]);
        let material = aes(&key)?.unwrap_key(wrapped, &mut buffer).map_err(|_| Error::NotAuthentic)?;
        Ok(Zeroizing::new(material.to_vec()))
    }
}

fn aes(key: &[u8]) -> Result<KwpAes256, Error> {
    KwpAes256::new_from_slice(key).map_err(|_| Error::NotAuthentic)
}
