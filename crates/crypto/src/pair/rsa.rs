//! RSA key pairs with two primes and the exponent 65,537 (RFC 8017). Private operations are blinded.

use rand_core::CryptoRng;
use rsa::{
    BoxedUint, Pkcs1v15Sign, PrivateKey, PublicKey, hazmat::rsa_decrypt_and_check, pss::Pss,
    traits::PublicKeyParts,
};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};
use zeroize::{Zeroize, Zeroizing};

use super::{Pair, failed, not_authentic, pkcs8, read, read_public, spki};
use crate::{Encryption, Error, Hash, Message, Signing, Spec, keys::KeyBytes};

/// An RSA key pair.
pub(crate) struct Rsa(PrivateKey);

impl Pair for Rsa {
    type Public = PublicKey;

    fn generate(spec: Spec, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        let bits = spec.modulus_bits().ok_or(Error::NotForThisKey)?;
        PrivateKey::new(rng, bits.into()).map(Self).map_err(failed)
    }

    fn read(spec: Spec, pkcs8: &[u8]) -> Result<Self, Error> {
        // All its numbers take less than five times the modulus; a key of many more bits would take long to read.
        if pkcs8.len() > 6 * usize::from(spec.modulus_bits().unwrap_or_default()) / 8 {
            return Err(Error::NotAKey);
        }
        let key: PrivateKey = read(pkcs8)?;
        check_size(spec, &key)?;
        Ok(Self(key))
    }

    fn pkcs8(&self) -> Result<KeyBytes, Error> {
        pkcs8(&self.0)
    }

    fn read_public(spec: Spec, spki: &[u8]) -> Result<Self::Public, Error> {
        let key = read_public(spki)?;
        check_size(spec, &key)?;
        Ok(key)
    }

    fn spki(&self) -> Result<Vec<u8>, Error> {
        spki(self.0.as_public_key())
    }

    fn sign(&self, how: Signing, message: Message<'_>, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        let hash = hash(how)?;
        let digest = message.digest(hash)?;
        let key = &self.0;
        match how {
            Signing::RsaPss(Hash::Sha256) => key.sign_with_rng(rng, Pss::<Sha256>::new_blinded(), &digest),
            Signing::RsaPss(Hash::Sha384) => key.sign_with_rng(rng, Pss::<Sha384>::new_blinded(), &digest),
            Signing::RsaPss(Hash::Sha512) => key.sign_with_rng(rng, Pss::<Sha512>::new_blinded(), &digest),
            _ => key.sign_with_rng(rng, pkcs1v15(hash), &digest),
        }
        .map_err(failed)
    }

    fn verify(key: &Self::Public, how: Signing, message: Message<'_>, signature: &[u8]) -> Result<(), Error> {
        let hash = hash(how)?;
        let digest = message.digest(hash)?;
        match how {
            Signing::RsaPss(Hash::Sha256) => key.verify(Pss::<Sha256>::new(), &digest, signature),
            Signing::RsaPss(Hash::Sha384) => key.verify(Pss::<Sha384>::new(), &digest, signature),
            Signing::RsaPss(Hash::Sha512) => key.verify(Pss::<Sha512>::new(), &digest, signature),
            _ => key.verify(pkcs1v15(hash), &digest, signature),
        }
        .map_err(not_authentic)
    }

    fn encrypt(
        key: &Self::Public,
        how: Encryption,
        plaintext: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let room = key.size().saturating_sub(how.overhead().ok_or(Error::NotForThisKey)?);
        if plaintext.len() > room {
            return Err(Error::PlaintextLength);
        }
        match how {
            Encryption::OaepSha1 => key.oaep_encrypt_with_rng::<Sha1, _>(rng, plaintext),
            Encryption::OaepSha384 => key.oaep_encrypt_with_rng::<Sha384, _>(rng, plaintext),
            Encryption::OaepSha512 => key.oaep_encrypt_with_rng::<Sha512, _>(rng, plaintext),
            Encryption::RsaPkcs1 => key.pkcs1v15_encrypt_with_rng(rng, plaintext),
            _ => key.oaep_encrypt_with_rng::<Sha256, _>(rng, plaintext),
        }
        .map_err(failed)
    }

    fn decrypt(
        &self,
        how: Encryption,
        ciphertext: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<KeyBytes, Error> {
        let plaintext = match how {
            Encryption::OaepSha1 => self.0.oaep_decrypt_with_rng::<Sha1, _>(rng, ciphertext),
            Encryption::OaepSha256 => self.0.oaep_decrypt_with_rng::<Sha256, _>(rng, ciphertext),
            Encryption::OaepSha384 => self.0.oaep_decrypt_with_rng::<Sha384, _>(rng, ciphertext),
            Encryption::OaepSha512 => self.0.oaep_decrypt_with_rng::<Sha512, _>(rng, ciphertext),
            Encryption::RsaPkcs1 => self.0.pkcs1v15_decrypt_with_rng(rng, ciphertext),
            Encryption::Sm2 => return Err(Error::NotForThisKey),
        }
        .map(Zeroizing::new)
        .map_err(not_authentic)?;
        if how != Encryption::RsaPkcs1 {
            self.check_first_byte(ciphertext, rng)?;
        }
        Ok(plaintext)
    }
}

impl Rsa {
    /// The first byte of what OAEP has padded is zero (RFC 8017, section 7.1.2, step 3g); the library does not look.
    fn check_first_byte(&self, ciphertext: &[u8], rng: &mut dyn CryptoRng) -> Result<(), Error> {
        let number = BoxedUint::from_be_slice(ciphertext, self.0.n_bits_precision()).map_err(failed)?;
        let mut padded = rsa_decrypt_and_check(&self.0, Some(rng), &number).map_err(failed)?;
        let room = 8 * (self.0.size() as u32 - 1);
        let fits = padded.bit_width() <= room;
        padded.zeroize();
        if fits { Ok(()) } else { Err(Error::NotAuthentic) }
    }
}

fn check_size(spec: Spec, key: &impl PublicKeyParts) -> Result<(), Error> {
    let fits = spec.modulus_bits().is_some_and(|bits| key.n().bit_width() == u32::from(bits));
    if fits { Ok(()) } else { Err(Error::NotAKey) }
}

/// The padding of PKCS #1, with the name of the hash function in it.
fn pkcs1v15(hash: Hash) -> Pkcs1v15Sign {
    match hash {
        Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
        Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
    }
}

fn hash(how: Signing) -> Result<Hash, Error> {
    match how {
        Signing::RsaPkcs1(hash) | Signing::RsaPss(hash) => Ok(hash),
        _ => Err(Error::NotForThisKey),
    }
}
