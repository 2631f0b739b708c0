//! ML-DSA key pairs (FIPS 204); the private key is the seed (RFC 9881).

use ecdsa::elliptic_curve::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ml_dsa::signature::Keypair;
use ml_dsa::{MlDsaParams, Seed, Signature, SigningKey, VerifyingKey};
use rand_core::CryptoRng;

use super::{Pair, failed, not_authentic, pkcs8, read, read_public, spki};
use crate::{Error, Message, Signing, Spec, keys::KeyBytes, sign::exactly};

/// Bytes in a message representative.
const MU_LENGTH: usize = 64;

/// An ML-DSA key pair with the parameters `P`.
pub(crate) struct MlDsa<P: MlDsaParams>(SigningKey<P>);

impl<P> Pair for MlDsa<P>
where
    P: MlDsaParams,
    SigningKey<P>: DecodePrivateKey + EncodePrivateKey,
    VerifyingKey<P>: DecodePublicKey + EncodePublicKey,
{
    type Public = VerifyingKey<P>;

    fn generate(_spec: Spec, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        let mut seed = Seed::default();
        rng.fill_bytes(&mut seed);
        Ok(Self(SigningKey::from_seed(&seed)))
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
        spki(&self.0.verifying_key())
    }

    fn sign(&self, how: Signing, message: Message<'_>, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        let key = self.0.expanded_key();
        let signature = match form(how, message)? {
            Form::Raw(message) => key.sign_randomized(message, &[], rng),
            Form::Mu(mu) => key.sign_mu_randomized(&mu.into(), rng),
        };
        Ok(signature.map_err(failed)?.encode().to_vec())
    }

    fn verify(key: &Self::Public, how: Signing, message: Message<'_>, signature: &[u8]) -> Result<(), Error> {
        let form = form(how, message)?;
        let signature = Signature::<P>::try_from(signature).map_err(not_authentic)?;
        let right = match form {
            Form::Raw(message) => key.verify_with_context(message, &[], &signature),
            Form::Mu(mu) => key.verify_mu(&mu.into(), &signature),
        };
        if right { Ok(()) } else { Err(Error::NotAuthentic) }
    }
}

/// What ML-DSA signs.
enum Form<'a> {
    Raw(&'a [u8]),
    Mu([u8; MU_LENGTH]),
}

fn form(how: Signing, message: Message<'_>) -> Result<Form<'_>, Error> {
    match message {
        _ if how != Signing::MlDsa => Err(Error::NotForThisKey),
        Message::Raw(message) => Ok(Form::Raw(message)),
        Message::ExternalMu(mu) => {
            let mu = exactly(mu, MU_LENGTH)?.try_into().map_err(failed)?;
            Ok(Form::Mu(mu))
        }
        Message::Digest(_) => Err(Error::MessageForm),
    }
}
