//! Encryption under a public key, key agreement and key encapsulation.

use rand_core::CryptoRng;

use crate::{
    Error, KeyMaterial, PublicKey, Spec,
    keys::KeyBytes,
    pair::{Pair, with_pair},
};

/// How a plaintext is encrypted under a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// RSAES-OAEP with SHA-1, also in MGF1, and an empty label (RFC 8017).
    OaepSha1,
    /// RSAES-OAEP with SHA-256, also in MGF1, and an empty label.
    OaepSha256,
    /// The same with SHA-384.
    OaepSha384,
    /// The same with SHA-512.
    OaepSha512,
    /// RSAES-PKCS1-v1_5 (RFC 8017). What was not encrypted under the key decrypts to something that looks random, so what
    /// comes out has to be authenticated in another way.
    RsaPkcs1,
    /// SM2 (GB/T 32918.4), the ciphertext in DER (GM/T 0009).
    Sm2,
}

impl Encryption {
    /// The longest plaintext in bytes under a key of this spec, where the algorithm has such a limit.
    pub fn longest(self, spec: Spec) -> Option<usize> {
        let modulus = usize::from(spec.modulus_bits()? / 8);
        self.overhead().map(|overhead| modulus - overhead)
    }

    /// What the padding needs of a modulus: for OAEP two digests and two bytes.
    pub(crate) fn overhead(self) -> Option<usize> {
        match self {
            Self::OaepSha1 => Some(2 * 20 + 2),
            Self::OaepSha256 => Some(2 * 32 + 2),
            Self::OaepSha384 => Some(2 * 48 + 2),
            Self::OaepSha512 => Some(2 * 64 + 2),
            Self::RsaPkcs1 => Some(11),
            Self::Sm2 => None,
        }
    }
}

impl PublicKey {
    /// Encrypts.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`], [`Error::PlaintextLength`].
    pub fn encrypt(
        &self,
        how: Encryption,
        plaintext: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        with_pair!(self.spec(), K => {
            K::encrypt(&K::read_public(self.spec(), self.der())?, how, plaintext, rng)
        })
    }

    /// ML-KEM: an encapsulation, and the secret of 32 bytes in it.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`].
    pub fn encapsulate(&self, rng: &mut dyn CryptoRng) -> Result<(Vec<u8>, KeyBytes), Error> {
        with_pair!(self.spec(), K => K::encapsulate(&K::read_public(self.spec(), self.der())?, rng))
    }
}

impl KeyMaterial {
    /// Decrypts what was encrypted under its public key.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`], [`Error::NotAuthentic`].
    pub fn decrypt(
        &self,
        how: Encryption,
        ciphertext: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<KeyBytes, Error> {
        with_pair!(self.spec(), K => K::read(self.spec(), self.expose())?.decrypt(how, ciphertext, rng))
    }

    /// ML-KEM: the secret of 32 bytes in an encapsulation. One of the right length that was made for no such key gives
    /// a secret that looks random.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`], [`Error::NotAuthentic`] when the length is wrong.
    pub fn decapsulate(&self, ciphertext: &[u8]) -> Result<KeyBytes, Error> {
        with_pair!(self.spec(), K => K::read(self.spec(), self.expose())?.decapsulate(ciphertext))
    }

    /// ECDH: the secret shared with the holder of another key on the same curve, the x-coordinate as it is.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`]; [`Error::NotAKey`] when the other key is on another curve.
    pub fn agree(&self, peer: &PublicKey) -> Result<KeyBytes, Error> {
        let spec = self.spec();
        with_pair!(spec, K => K::read(spec, self.expose())?.agree(&K::read_public(spec, peer.der())?))
    }
}
