//! The secret inside a KMS key, and the public half of a key pair.

use std::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{
    Error, Spec,
    keys::{AesKey, KeyBytes, random},
    pair::{Pair, with_pair},
};

/// The secret inside a KMS key: random bytes for AES and HMAC, else a private key as PKCS#8 in DER (RFC 5958).
pub struct KeyMaterial {
    spec: Spec,
    bytes: KeyBytes,
}

/// The public half of a key pair: a SubjectPublicKeyInfo in DER (RFC 5280).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    spec: Spec,
    der: Vec<u8>,
}

impl KeyMaterial {
    /// New material. RSA takes its time: seconds for 4,096 bits.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub fn generate(spec: Spec, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        let bytes = match spec.symmetric_length() {
            Some(length) => random(rng, length),
            None => with_pair!(spec, K => K::generate(spec, rng)?.pkcs8()?),
        };
        Ok(Self { spec, bytes })
    }

    /// New material for AES-256.
    pub fn generate_aes(rng: &mut dyn CryptoRng) -> Self {
        Self { spec: Spec::Aes256, bytes: random(rng, 32) }
    }

    /// Material that was made elsewhere. A private key is read and written anew, so that the same key always has the
    /// same bytes.
    ///
    /// # Errors
    /// [`Error::NotAKey`].
    pub fn from_bytes(spec: Spec, bytes: &[u8]) -> Result<Self, Error> {
        let bytes = match spec.symmetric_length() {
            Some(length) if length == bytes.len() => Zeroizing::new(bytes.to_vec()),
            Some(_) => return Err(Error::NotAKey),
            None => with_pair!(spec, K => K::read(spec, bytes)?.pkcs8()?),
        };
        Ok(Self { spec, bytes })
    }

    /// Material whose bytes are known to be what [`expose`](Self::expose) gave: a private key is not read before it is
    /// used.
    ///
    /// # Errors
    /// [`Error::NotAKey`] when its length shows that it is not.
    pub fn from_stored(spec: Spec, bytes: &[u8]) -> Result<Self, Error> {
        match spec.symmetric_length() {
            Some(length) if length != bytes.len() => Err(Error::NotAKey),
            _ => Ok(Self { spec, bytes: Zeroizing::new(bytes.to_vec()) }),
        }
    }

    /// The same material once more.
    pub fn duplicate(&self) -> Self {
        Self { spec: self.spec, bytes: self.bytes.clone() }
    }

    /// What kind of key it is.
    pub fn spec(&self) -> Spec {
        self.spec
    }

    /// The bytes, in the clear.
    pub fn expose(&self) -> &[u8] {
        &self.bytes
    }

    /// The public half.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`] when it is not a key pair, [`Error::NotAKey`].
    pub fn public_key(&self) -> Result<PublicKey, Error> {
        let spec = self.spec;
        let der = with_pair!(spec, K => K::read(spec, &self.bytes)?.spki()?);
        Ok(PublicKey { spec, der })
    }
}

impl PublicKey {
    /// A public key that came from elsewhere, as SubjectPublicKeyInfo in DER.
    ///
    /// # Errors
    /// [`Error::NotAKey`] when it is not one of this spec.
    pub fn from_der(spec: Spec, der: &[u8]) -> Result<Self, Error> {
        with_pair!(spec, K => K::read_public(spec, der).map(|_| ())?);
        Ok(Self { spec, der: der.to_vec() })
    }

    /// What kind of key it is.
    pub fn spec(&self) -> Spec {
        self.spec
    }

    /// The SubjectPublicKeyInfo in DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }
}

impl AesKey for KeyMaterial {
    /// The key, or nothing where it is one for another algorithm.
    fn aes_key(&self) -> &[u8] {
        if self.spec == Spec::Aes256 { &self.bytes } else { &[] }
    }
}

impl fmt::Debug for KeyMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyMaterial({:?}, [REDACTED])", self.spec)
    }
}
