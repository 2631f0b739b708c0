//! Key pairs: one file a kind, and what all have in common.

mod curve;
mod ed25519;
mod ml_dsa;
mod ml_kem;
mod rsa;
mod sm2;

use ecdsa::elliptic_curve::pkcs8::{
    DecodePrivateKey, DecodePublicKey, Document, EncodePrivateKey, EncodePublicKey, SecretDocument,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

pub(crate) use self::{curve::Ecc, ed25519::Ed25519, ml_dsa::MlDsa, ml_kem::MlKem, rsa::Rsa, sm2::Sm2};
use crate::{Encryption, Error, Message, Signing, Spec, keys::KeyBytes};

/// A kind of key pair: how it is made, written and read, and what it can do.
///
/// Private keys are PKCS#8 (RFC 5958) and public keys are SubjectPublicKeyInfo (RFC 5280), both in DER.
pub(crate) trait Pair: Sized {
    /// The public half.
    type Public;

    /// A new one.
    fn generate(spec: Spec, rng: &mut dyn CryptoRng) -> Result<Self, Error>;

    /// Reads a private key.
    fn read(spec: Spec, pkcs8: &[u8]) -> Result<Self, Error>;

    /// Writes the private key.
    fn pkcs8(&self) -> Result<KeyBytes, Error>;

    /// Reads a public key.
    fn read_public(spec: Spec, spki: &[u8]) -> Result<Self::Public, Error>;

    /// Writes the public key.
    fn spki(&self) -> Result<Vec<u8>, Error>;

    /// Signs.
    fn sign(&self, _how: Signing, _message: Message<'_>, _rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        Err(Error::NotForThisKey)
    }

    /// Verifies a signature.
    fn verify(
        _key: &Self::Public,
        _how: Signing,
        _message: Message<'_>,
        _signature: &[u8],
    ) -> Result<(), Error> {
        Err(Error::NotForThisKey)
    }

    /// The secret shared with the holder of another key.
    fn agree(&self, _peer: &Self::Public) -> Result<KeyBytes, Error> {
        Err(Error::NotForThisKey)
    }

    /// Encrypts.
    fn encrypt(
        _key: &Self::Public,
        _how: Encryption,
        _plaintext: &[u8],
        _rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        Err(Error::NotForThisKey)
    }

    /// Decrypts.
    fn decrypt(
        &self,
        _how: Encryption,
        _ciphertext: &[u8],
        _rng: &mut dyn CryptoRng,
    ) -> Result<KeyBytes, Error> {
        Err(Error::NotForThisKey)
    }

    /// Makes a secret and its encapsulation.
    fn encapsulate(_key: &Self::Public, _rng: &mut dyn CryptoRng) -> Result<(Vec<u8>, KeyBytes), Error> {
        Err(Error::NotForThisKey)
    }

    /// Finds the secret in an encapsulation.
    fn decapsulate(&self, _ciphertext: &[u8]) -> Result<KeyBytes, Error> {
        Err(Error::NotForThisKey)
    }
}

/// Reads a private key.
fn read<K: DecodePrivateKey>(pkcs8: &[u8]) -> Result<K, Error> {
    K::from_pkcs8_der(pkcs8).map_err(|_| Error::NotAKey)
}

/// Reads a public key.
fn read_public<K: DecodePublicKey>(spki: &[u8]) -> Result<K, Error> {
    K::from_public_key_der(spki).map_err(|_| Error::NotAKey)
}

/// Writes a private key.
fn pkcs8(key: &impl EncodePrivateKey) -> Result<KeyBytes, Error> {
    let document: SecretDocument = key.to_pkcs8_der().map_err(failed)?;
    Ok(Zeroizing::new(document.as_bytes().to_vec()))
}

/// Writes a public key.
fn spki(key: &impl EncodePublicKey) -> Result<Vec<u8>, Error> {
    key.to_public_key_der().map(Document::into_vec).map_err(failed)
}

/// What no input leads to.
fn failed<E>(_: E) -> Error {
    Error::Failed
}

/// A signature, a tag or a ciphertext that does not verify.
fn not_authentic<E>(_: E) -> Error {
    Error::NotAuthentic
}

/// Evaluates an expression with a name for the type of key pair that a spec stands for. A spec without one returns
/// [`Error::NotForThisKey`].
macro_rules! with_pair {
    ($spec:expr, $K:ident => $body:expr) => {{
        use $crate::{Spec, pair};
        macro_rules! run {
            ($type:ty) => {{
                type $K = $type;
                $body
            }};
        }
        match $spec {
            Spec::Rsa2048 | Spec::Rsa3072 | Spec::Rsa4096 => run!(pair::Rsa),
            Spec::P256 => run!(pair::Ecc<p256::NistP256>),
            Spec::P384 => run!(pair::Ecc<p384::NistP384>),
            Spec::P521 => run!(pair::Ecc<p521::NistP521>),
            Spec::Secp256k1 => run!(pair::Ecc<k256::Secp256k1>),
            Spec::Ed25519 => run!(pair::Ed25519),
            Spec::Sm2 => run!(pair::Sm2),
            Spec::MlDsa44 => run!(pair::MlDsa<ml_dsa::MlDsa44>),
            Spec::MlDsa65 => run!(pair::MlDsa<ml_dsa::MlDsa65>),
            Spec::MlDsa87 => run!(pair::MlDsa<ml_dsa::MlDsa87>),
            Spec::MlKem512 => run!(pair::MlKem<ml_kem::MlKem512>),
            Spec::MlKem768 => run!(pair::MlKem<ml_kem::MlKem768>),
            Spec::MlKem1024 => run!(pair::MlKem<ml_kem::MlKem1024>),
            Spec::Aes256 | Spec::Hmac224 | Spec::Hmac256 | Spec::Hmac384 | Spec::Hmac512 => {
                return Err($crate::Error::NotForThisKey);
            }
        }
    }};
}
pub(crate) use with_pair;
