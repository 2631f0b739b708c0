//! ML-KEM key pairs (FIPS 203); the private key is the seed (RFC 9935).

use ecdsa::elliptic_curve::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ml_kem::kem::{
    Decapsulate, DecapsulationKey, Decapsulator, Encapsulate, EncapsulationKey, Generate, Kem,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{Pair, not_authentic, pkcs8, read, read_public, spki};
use crate::{Error, Spec, keys::KeyBytes};

/// An ML-KEM key pair with the parameters `P`.
pub(crate) struct MlKem<P: Kem>(DecapsulationKey<P>);

impl<P> Pair for MlKem<P>
where
    P: Kem,
    DecapsulationKey<P>: DecodePrivateKey + EncodePrivateKey + Decapsulate<Kem = P>,
    EncapsulationKey<P>: DecodePublicKey + EncodePublicKey + Encapsulate<Kem = P>,
{
    type Public = EncapsulationKey<P>;

    fn generate(_spec: Spec, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        Ok(Self(DecapsulationKey::<P>::generate_from_rng(rng)))
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
        spki(self.0.encapsulation_key())
    }

    fn encapsulate(key: &Self::Public, rng: &mut dyn CryptoRng) -> Result<(Vec<u8>, KeyBytes), Error> {
        let (ciphertext, secret) = key.encapsulate_with_rng(rng);
        Ok((ciphertext.to_vec(), Zeroizing::new(secret.to_vec())))
    }

    fn decapsulate(&self, ciphertext: &[u8]) -> Result<KeyBytes, Error> {
        let secret = self.0.decapsulate_slice(ciphertext).map_err(not_authentic)?;
        Ok(Zeroizing::new(secret.to_vec()))
    }
}
