//! Ed25519 key pairs (RFC 8032).

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey, pkcs8::KeypairBytes};
use rand_core::CryptoRng;
use sha2::{Digest, Sha512};
use zeroize::Zeroizing;

use super::{Pair, not_authentic, pkcs8, read, read_public, spki};
use crate::{Error, Message, Signing, Spec, keys::KeyBytes, sign::exactly};

/// Bytes in the digest that Ed25519ph is given.
const DIGEST_LENGTH: usize = 64;

/// An Ed25519 key pair.
pub(crate) struct Ed25519(SigningKey);

impl Pair for Ed25519 {
    type Public = VerifyingKey;

    fn generate(_spec: Spec, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    fn read(_spec: Spec, pkcs8: &[u8]) -> Result<Self, Error> {
        read(pkcs8).map(Self)
    }

    /// Without the public key, which many libraries do not expect there.
    fn pkcs8(&self) -> Result<KeyBytes, Error> {
        pkcs8(&KeypairBytes { secret_key: self.0.to_bytes(), public_key: None })
    }

    fn read_public(_spec: Spec, spki: &[u8]) -> Result<Self::Public, Error> {
        read_public(spki)
    }

    fn spki(&self) -> Result<Vec<u8>, Error> {
        spki(&self.0.verifying_key())
    }

    fn sign(&self, how: Signing, message: Message<'_>, _rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        let signature = match how {
            Signing::Ed25519 => self.0.try_sign(raw(message)?),
            Signing::Ed25519ph => self.0.sign_prehashed(hashed(message)?, None),
            _ => return Err(Error::NotForThisKey),
        };
        signature.map(|signature| signature.to_vec()).map_err(|_| Error::Failed)
    }

    fn verify(key: &Self::Public, how: Signing, message: Message<'_>, signature: &[u8]) -> Result<(), Error> {
        let signature = Signature::from_slice(signature).map_err(not_authentic);
        match how {
            Signing::Ed25519 => key.verify_strict(raw(message)?, &signature?),
            Signing::Ed25519ph => key.verify_prehashed_strict(hashed(message)?, None, &signature?),
            _ => return Err(Error::NotForThisKey),
        }
        .map_err(not_authentic)
    }
}

fn raw(message: Message<'_>) -> Result<&[u8], Error> {
    match message {
        Message::Raw(message) => Ok(message),
        Message::Digest(_) | Message::ExternalMu(_) => Err(Error::MessageForm),
    }
}

/// What Ed25519ph signs: the SHA-512 of what the caller gives, which is a SHA-512 digest already.
fn hashed(message: Message<'_>) -> Result<Sha512, Error> {
    match message {
        Message::Digest(digest) => Ok(Sha512::new_with_prefix(exactly(digest, DIGEST_LENGTH)?)),
        Message::Raw(_) | Message::ExternalMu(_) => Err(Error::MessageForm),
    }
}
