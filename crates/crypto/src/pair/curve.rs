//! Key pairs on P-256, P-384, P-521 and secp256k1: ECDSA (FIPS 186-5) and ECDH (SP 800-56A).

use std::ops::Add;

use ecdsa::{
    EcdsaCurve, Signature, SigningKey, VerifyingKey,
    der::{MaxOverhead, MaxSize},
    elliptic_curve::{
        CurveArithmetic, FieldBytesSize, Generate, PublicKey, SecretKey,
        array::ArraySize,
        ecdh::diffie_hellman,
        pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey},
    },
    signature::hazmat::{PrehashVerifier, RandomizedPrehashSigner},
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{Pair, failed, not_authentic, pkcs8, read, read_public, spki};
use crate::{Error, Message, Signing, Spec, keys::KeyBytes};

/// A key pair on the curve `C`.
pub(crate) struct Ecc<C: CurveArithmetic>(SecretKey<C>);

impl<C> Pair for Ecc<C>
where
    C: EcdsaCurve + CurveArithmetic,
    SecretKey<C>: DecodePrivateKey + EncodePrivateKey + Generate,
    PublicKey<C>: DecodePublicKey + EncodePublicKey,
    SigningKey<C>: for<'k> From<&'k SecretKey<C>> + RandomizedPrehashSigner<Signature<C>>,
    MaxSize<C>: ArraySize,
    <FieldBytesSize<C> as Add>::Output: Add<MaxOverhead> + ArraySize,
{
    type Public = PublicKey<C>;

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
        let Signing::Ecdsa(hash) = how else { return Err(Error::NotForThisKey) };
        let digest = message.digest(hash)?;
        let signature = SigningKey::from(&self.0).sign_prehash_with_rng(rng, &digest).map_err(failed)?;
        Ok(signature.to_der().as_bytes().to_vec())
    }

    /// Both signatures that belong to a nonce are right, also on secp256k1, where the library knows one of them.
    fn verify(key: &Self::Public, how: Signing, message: Message<'_>, signature: &[u8]) -> Result<(), Error> {
        let Signing::Ecdsa(hash) = how else { return Err(Error::NotForThisKey) };
        let digest = message.digest(hash)?;
        let signature = Signature::<C>::from_der(signature).map_err(not_authentic)?.normalize_s();
        VerifyingKey::from(key).verify_prehash(&digest, &signature).map_err(not_authentic)
    }

    fn agree(&self, peer: &Self::Public) -> Result<KeyBytes, Error> {
        let shared = diffie_hellman(self.0.to_nonzero_scalar(), peer.as_affine());
        Ok(Zeroizing::new(shared.raw_secret_bytes().to_vec()))
    }
}
