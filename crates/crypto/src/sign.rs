//! Signatures.

use std::borrow::Cow;

use rand_core::CryptoRng;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{
    Error, KeyMaterial, PublicKey,
    pair::{Pair, with_pair},
};

/// How a message is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// RSASSA-PKCS1-v1_5 (RFC 8017).
    RsaPkcs1(Hash),
    /// RSASSA-PSS with MGF1 and a salt as long as the digest (RFC 8017).
    RsaPss(Hash),
    /// ECDSA (FIPS 186-5), the signature in DER.
    Ecdsa(Hash),
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// Ed25519ph without a context (RFC 8032), which hashes what it is given once more.
    Ed25519ph,
    /// SM2 with SM3 (GB/T 32918.2) and the usual identity, the signature in DER.
    Sm2,
    /// ML-DSA (FIPS 204), hedged, with an empty context.
    MlDsa,
}

/// The hash function of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// 32 bytes.
    Sha256,
    /// 48 bytes.
    Sha384,
    /// 64 bytes.
    Sha512,
}

/// What is to be signed, and how much of the work has been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// The message itself.
    Raw(&'a [u8]),
    /// Its digest.
    Digest(&'a [u8]),
    /// Its representative μ: 64 bytes (FIPS 204, section 6.2).
    ExternalMu(&'a [u8]),
}

impl KeyMaterial {
    /// Signs a message.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`], [`Error::MessageForm`], [`Error::DigestLength`].
    pub fn sign(
        &self,
        how: Signing,
        message: Message<'_>,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        with_pair!(self.spec(), K => K::read(self.spec(), self.expose())?.sign(how, message, rng))
    }
}

impl PublicKey {
    /// Verifies a signature.
    ///
    /// # Errors
    /// [`Error::NotAuthentic`], and as in [`KeyMaterial::sign`].
    pub fn verify(&self, how: Signing, message: Message<'_>, signature: &[u8]) -> Result<(), Error> {
        with_pair!(self.spec(), K => K::verify(&K::read_public(self.spec(), self.der())?, how, message, signature))
    }
}

impl Signing {
    /// Whether a message is in a form that this takes, before there is a key.
    ///
    /// # Errors
    /// [`Error::MessageForm`], [`Error::DigestLength`].
    pub fn takes(self, message: Message<'_>) -> Result<(), Error> {
        let length = match (self, message) {
            (Self::Ed25519ph, Message::Raw(_)) => return Err(Error::MessageForm),
            (_, Message::Raw(_)) => return Ok(()),
            (Self::MlDsa, Message::ExternalMu(_)) | (Self::Ed25519ph, Message::Digest(_)) => 64,
            (Self::Sm2, Message::Digest(_)) => 32,
            (Self::RsaPkcs1(hash) | Self::RsaPss(hash) | Self::Ecdsa(hash), Message::Digest(_)) => {
                hash.length()
            }
            _ => return Err(Error::MessageForm),
        };
        exactly(message.bytes(), length).map(drop)
    }
}

impl Hash {
    /// The length of a digest in bytes.
    pub fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }
}

impl<'a> Message<'a> {
    /// The bytes, whatever they are.
    pub fn bytes(self) -> &'a [u8] {
        match self {
            Self::Raw(bytes) | Self::Digest(bytes) | Self::ExternalMu(bytes) => bytes,
        }
    }

    /// The digest, made here unless the caller has made it.
    pub(crate) fn digest(self, hash: Hash) -> Result<Cow<'a, [u8]>, Error> {
        match self {
            Self::Raw(message) => Ok(hash.of(message).into()),
            Self::Digest(digest) => exactly(digest, hash.length()).map(Cow::Borrowed),
            Self::ExternalMu(_) => Err(Error::MessageForm),
        }
    }
}

/// The bytes, if there are so many of them.
pub(crate) fn exactly(bytes: &[u8], length: usize) -> Result<&[u8], Error> {
    if bytes.len() == length { Ok(bytes) } else { Err(Error::DigestLength(bytes.len(), length)) }
}
