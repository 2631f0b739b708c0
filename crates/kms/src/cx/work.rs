//! What keys do besides encrypting with AES, for whoever holds their permit.

use waxseal_api::{
    Blob, Secret,
    trace::{Item, Role, Step},
    types::{EncryptionAlgorithm, EncryptionContext, KeyUsage, MacAlgorithm, SigningAlgorithm},
};
use waxseal_crypto::{Error as CryptoError, KeyMaterial, Message, PublicKey};

use super::{Cx, Found, Opened, Permit, Sealed, crypt::no_material};
use crate::{algorithms, ciphertext::Content, error::Error, state::MaterialId};

const CONTEXT: &str = "An encryption context can only be used with a symmetric KMS key.";
/// The longest plaintext in bytes for SM2PKE.
const SM2_LONGEST: usize = 1024;

impl Permit<Found<'_>> {
    /// Refuses what the key is not for.
    pub(crate) fn require_usage(&self, usage: KeyUsage) -> Result<(), Error> {
        let key = self.key();
        if key.key_usage == usage {
            return Ok(());
        }
        Err(Error::Usage { key: key.arn.clone(), usage: key.key_usage, action: self.action })
    }

    /// Refuses a key that is not a symmetric one for encryption.
    pub(crate) fn require_symmetric(&self) -> Result<(), Error> {
        self.require_usage(KeyUsage::EncryptDecrypt)?;
        self.require_algorithm(self.key().encryption_algorithms(), EncryptionAlgorithm::SymmetricDefault)
    }

    /// Refuses an algorithm that is not one of the key's.
    pub(crate) fn require_algorithm<A>(&self, of_key: &[A], algorithm: A) -> Result<(), Error>
    where
        A: Copy + PartialEq + Into<&'static str>,
    {
        if of_key.contains(&algorithm) {
            return Ok(());
        }
        Err(Error::Algorithm(algorithm.into(), self.key().key_spec))
    }

    /// The public half of a key pair.
    pub(crate) fn public_key(&self, cx: &Cx<'_>) -> Result<PublicKey, Error> {
        let key = self.key();
        if algorithms::spec(key.key_spec).symmetric_length().is_some() {
            return Err(Error::NoPublicKey(key.arn.clone(), key.key_spec));
        }
        self.only_material(cx)?.public_key().map_err(internal)
    }

    /// Signs a message that the algorithm takes.
    pub(crate) fn sign(
        &self,
        cx: &mut Cx<'_>,
        algorithm: SigningAlgorithm,
        message: Message<'_>,
    ) -> Result<Blob, Error> {
        let how = algorithms::signing(algorithm);
        let signature = self.only_material(cx)?.sign(how, message, cx.rng).map_err(internal)?;
        let input = Item::withheld(Role::Plaintext, message.bytes().len());
        let output = Item::here(Role::Authenticated, &signature);
        self.worked(cx, "signs the message", algorithm.into(), input, Some(output));
        Ok(signature.into())
    }

    /// Verifies a signature of a message that the algorithm takes.
    pub(crate) fn verify(
        &self,
        cx: &mut Cx<'_>,
        algorithm: SigningAlgorithm,
        message: Message<'_>,
        signature: &[u8],
    ) -> Result<(), Error> {
        let public = self.public_key(cx)?;
        let found = public.verify(algorithms::signing(algorithm), message, signature);
        found.map_err(
            |error| if error == CryptoError::NotAuthentic { Error::Signature } else { internal(error) },
        )?;
        let input = Item::here(Role::Authenticated, signature);
        self.worked(cx, "verifies the signature", algorithm.into(), input, None);
        Ok(())
    }

    /// The tag of a message.
    pub(crate) fn mac(
        &self,
        cx: &mut Cx<'_>,
        algorithm: MacAlgorithm,
        message: &[u8],
    ) -> Result<Blob, Error> {
        let tag = self.only_material(cx)?.mac(message).map_err(internal)?;
        let input = Item::withheld(Role::Plaintext, message.len());
        let output = Item::here(Role::Authenticated, &tag);
        self.worked(cx, "makes a tag for the message", algorithm.into(), input, Some(output));
        Ok(tag.into())
    }

    /// Verifies the tag of a message.
    pub(crate) fn verify_mac(
        &self,
        cx: &mut Cx<'_>,
        algorithm: MacAlgorithm,
        message: &[u8],
        tag: &[u8],
    ) -> Result<(), Error> {
        self.only_material(cx)?.verify_mac(message, tag).map_err(|_| Error::Mac)?;
        let input = Item::here(Role::Authenticated, tag);
        self.worked(cx, "verifies the tag", algorithm.into(), input, None);
        Ok(())
    }

    /// The secret shared with the holder of another key: SubjectPublicKeyInfo in DER.
    pub(crate) fn agree(
        &self,
        cx: &mut Cx<'_>,
        algorithm: &'static str,
        peer: &[u8],
    ) -> Result<Secret, Error> {
        let material = self.only_material(cx)?;
        let public = PublicKey::from_der(material.spec(), peer).map_err(|_| Error::PeerKey)?;
        let mut secret = material.agree(&public).map_err(internal)?;
        let input = Item::here(Role::Plaintext, peer);
        let output = Item::withheld(Role::Plaintext, secret.len());
        self.worked(cx, "agrees on a secret", algorithm, input, Some(output));
        Ok(Secret::new(std::mem::take(&mut *secret)))
    }

    /// A new secret and its encapsulation.
    pub(crate) fn encapsulate(
        &self,
        cx: &mut Cx<'_>,
        algorithm: &'static str,
    ) -> Result<(Secret, Blob), Error> {
        let (ciphertext, mut secret) = self.public_key(cx)?.encapsulate(cx.rng).map_err(internal)?;
        let input = Item::withheld(Role::Plaintext, secret.len());
        let output = Item::here(Role::Ciphertext, &ciphertext);
        self.worked(cx, "encapsulates a secret", algorithm, input, Some(output));
        Ok((Secret::new(std::mem::take(&mut *secret)), ciphertext.into()))
    }

    /// The secret in an encapsulation.
    pub(crate) fn decapsulate(
        &self,
        cx: &mut Cx<'_>,
        algorithm: &'static str,
        ciphertext: &[u8],
    ) -> Result<Secret, Error> {
        let found = self.only_material(cx)?.decapsulate(ciphertext);
        let mut secret = found.map_err(ciphertext_error)?;
        let input = Item::here(Role::Ciphertext, ciphertext);
        let output = Item::withheld(Role::Plaintext, secret.len());
        self.worked(cx, "opens the encapsulation", algorithm, input, Some(output));
        Ok(Secret::new(std::mem::take(&mut *secret)))
    }

    /// Refuses what an algorithm of the key does not encrypt: too long a plaintext, a context with a key pair.
    pub(crate) fn require_fit(
        &self,
        algorithm: EncryptionAlgorithm,
        length: usize,
        context: &EncryptionContext,
    ) -> Result<(), Error> {
        let Some(how) = algorithms::encryption(algorithm) else { return Ok(()) };
        require_no_context(context)?;
        let spec = self.key().key_spec;
        let longest = how.longest(algorithms::spec(spec)).unwrap_or(SM2_LONGEST);
        if length > longest {
            return Err(Error::TooLong { algorithm: algorithm.into(), spec, longest });
        }
        Ok(())
    }

    /// Encrypts with an algorithm of the key what fits it.
    pub(crate) fn encrypt(
        &self,
        cx: &mut Cx<'_>,
        algorithm: EncryptionAlgorithm,
        content: Content,
        plaintext: &[u8],
        context: EncryptionContext,
    ) -> Result<Sealed, Error> {
        let Some(how) = algorithms::encryption(algorithm) else {
            return self.seal(cx, content, plaintext, context);
        };
        let ciphertext = self.public_key(cx)?.encrypt(how, plaintext, cx.rng).map_err(internal)?;
        cx.trace.push(Step::Encrypted {
            key_arn: self.key().arn.to_string(),
            key_material_id: self.material_id()?.to_string(),
            input: Item::withheld(Role::Plaintext, plaintext.len()),
            output: Item::here(Role::Ciphertext, &ciphertext),
            context,
        });
        Ok(Sealed { blob: ciphertext.into(), material_id: None })
    }

    /// Decrypts with the private half of the key.
    pub(crate) fn decrypt(
        &self,
        cx: &mut Cx<'_>,
        algorithm: EncryptionAlgorithm,
        ciphertext: &[u8],
        context: EncryptionContext,
    ) -> Result<Opened, Error> {
        let how = algorithms::encryption(algorithm).ok_or(Error::InvalidCiphertext)?;
        require_no_context(&context)?;
        let found = self.only_material(cx)?.decrypt(how, ciphertext, cx.rng);
        let mut plaintext = found.map_err(ciphertext_error)?;
        cx.trace.push(Step::Decrypted {
            key_arn: self.key().arn.to_string(),
            key_material_id: self.material_id()?.to_string(),
            input: Item::here(Role::Ciphertext, ciphertext),
            output: Item::withheld(Role::Plaintext, plaintext.len()),
            context,
        });
        let plaintext = Secret::new(std::mem::take(&mut *plaintext));
        Ok(Opened { plaintext, content: Content::Bytes, material_id: None })
    }

    fn material_id(&self) -> Result<MaterialId, Error> {
        self.key().current_material().map(|entry| entry.id).ok_or_else(|| no_material(self))
    }

    /// The material of a key that has but one.
    fn only_material<'c>(&self, cx: &Cx<'c>) -> Result<&'c KeyMaterial, Error> {
        self.material(cx, self.material_id()?).ok_or_else(|| no_material(self))
    }

    fn worked(
        &self,
        cx: &mut Cx<'_>,
        action: &str,
        algorithm: &'static str,
        input: Item,
        output: Option<Item>,
    ) {
        cx.trace.push(Step::KeyUsed {
            key_arn: self.key().arn.to_string(),
            action: action.to_owned(),
            algorithm: algorithm.to_owned(),
            input,
            output,
        });
    }
}

fn require_no_context(context: &EncryptionContext) -> Result<(), Error> {
    if context.is_empty() { Ok(()) } else { Err(Error::Validation(CONTEXT)) }
}

/// A ciphertext of the caller that cannot be opened.
fn ciphertext_error(error: CryptoError) -> Error {
    if error == CryptoError::NotAuthentic { Error::InvalidCiphertext } else { internal(error) }
}

/// What no request leads to, as long as the store is whole.
fn internal(error: CryptoError) -> Error {
    Error::Internal(error.to_string())
}
