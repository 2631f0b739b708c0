//! Key pairs on the curve of SM2: signatures, encryption and ECDH (GB/T 32918).

use ecdsa::elliptic_curve::{Generate, ecdh::diffie_hellman};
use rand_core::CryptoRng;
use sm2::{
    PublicKey, SecretKey,
    dsa::{
        Signature, SigningKey, VerifyingKey,
        signature::{
            RandomizedSigner, Verifier,
            hazmat::{PrehashVerifier, RandomizedPrehashSigner},
        },
    },
    pke::{DecryptingKey, EncryptingKey},
};
use zeroize::Zeroizing;

use super::{Pair, failed, not_authentic, pkcs8, read, read_public, spki};
use crate::{Encryption, Error, Message, Signing, Spec, keys::KeyBytes, sign::exactly};

/// The identity that signer and verifier use when they have agreed on none (GM/T 0009).
const IDENTITY: &str = "1234567812345678";
/// Bytes in an SM3 digest.
const SM3_LENGTH: usize = 32;

/// A key pair on the curve of SM2.
pub(crate) struct Sm2(SecretKey);

impl Pair for Sm2 {
    type Public = PublicKey;

    fn generate(_spec: Spec, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        Ok(Self(SecretKey::generate_from_rng(rng)))
    }

    fn read(_spec: Spec, pkcs8: &[u8]) -> Result<Self, Error> {
        read(pkcs8).map(Self)
    }

    fn pkcs8(&self) -> Result<KeyBytes, Error> {
        pkcs8(&self.0)
    }

    fn read_public(_spec: Spec, spki: &[u8]) -> Result<Self::Public, Error> {
        read_public(spki)
    }

    fn spki(&self) -> Result<Vec<u8>, Error> {
        spki(&self.0.public_key())
    }

    fn sign(&self, how: Signing, message: Message<'_>, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        check(how, message)?;
        let key = SigningKey::new(IDENTITY, &self.0).map_err(failed)?;
        let signature: Signature = match message {
            Message::Digest(digest) => key.sign_prehash_with_rng(rng, digest),
            Message::Raw(message) | Message::ExternalMu(message) => key.try_sign_with_rng(rng, message),
        }
        .map_err(failed)?;
        Ok(signature.to_der().as_bytes().to_vec())
    }

    fn verify(key: &Self::Public, how: Signing, message: Message<'_>, signature: &[u8]) -> Result<(), Error> {
        check(how, message)?;
        let key = VerifyingKey::new(IDENTITY, *key).map_err(failed)?;
        let signature = Signature::from_der(signature).map_err(not_authentic)?;
        match message {
            Message::Digest(digest) => key.verify_prehash(digest, &signature),
            Message::Raw(message) | Message::ExternalMu(message) => key.verify(message, &signature),
        }
        .map_err(not_authentic)
    }

    fn agree(&self, peer: &Self::Public) -> Result<KeyBytes, Error> {
        let shared = diffie_hellman(self.0.to_nonzero_scalar(), peer.as_affine());
        Ok(Zeroizing::new(shared.raw_secret_bytes().to_vec()))
    }

    fn encrypt(
        key: &Self::Public,
        how: Encryption,
        plaintext: &[u8],
        mut rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        match how {
            Encryption::Sm2 if plaintext.is_empty() => Err(Error::PlaintextLength),
            Encryption::Sm2 => EncryptingKey::new(*key).encrypt_der(&mut rng, plaintext).map_err(failed),
            _ => Err(Error::NotForThisKey),
        }
    }

    fn decrypt(
        &self,
        how: Encryption,
        ciphertext: &[u8],
        _rng: &mut dyn CryptoRng,
    ) -> Result<KeyBytes, Error> {
        if how != Encryption::Sm2 {
            return Err(Error::NotForThisKey);
        }
        let key = DecryptingKey::new(self.0.clone());
        key.decrypt_der(ciphertext).map(Zeroizing::new).map_err(not_authentic)
    }
}

/// Whether this is SM2's own way to sign, and the message in a form for it.
fn check(how: Signing, message: Message<'_>) -> Result<(), Error> {
    match (how, message) {
        (Signing::Sm2, Message::Raw(_)) => Ok(()),
        (Signing::Sm2, Message::Digest(digest)) => exactly(digest, SM3_LENGTH).map(drop),
        (Signing::Sm2, Message::ExternalMu(_)) => Err(Error::MessageForm),
        _ => Err(Error::NotForThisKey),
    }
}
