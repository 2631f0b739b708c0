//! Data keys under an AES key that you hold yourself.

use rand_core::CryptoRng;
use waxseal_crypto::{
    DataKey, WrappingKey,
    gcm::{self, NONCE_LENGTH, Nonce, TAG_LENGTH},
};

use crate::{
    context,
    error::Error,
    header::{EncryptedDataKey, Header},
    keyring::{Draft, KMS_PROVIDER, Materials},
};

/// A wrapping key of 128, 192 or 256 bits, known by namespace and name. It wraps with AES-GCM; the encryption context,
/// as it stands in the header, is the associated data.
/// Source: "Raw AES keyrings" in the AWS Encryption SDK developer guide.
#[derive(Debug)]
pub struct RawAesKeyring {
    namespace: String,
    name: String,
    wrapping_key: WrappingKey,
}

impl RawAesKeyring {
    /// A keyring of one wrapping key.
    ///
    /// # Errors
    /// [`Error::ReservedNamespace`] for a namespace that begins with `aws-kms`.
    pub fn new(namespace: &str, name: &str, wrapping_key: WrappingKey) -> Result<Self, Error> {
        if namespace.starts_with(KMS_PROVIDER) {
            return Err(Error::ReservedNamespace { namespace: namespace.into() });
        }
        Ok(Self { namespace: namespace.into(), name: name.into(), wrapping_key })
    }

    /// Makes a data key, and wraps it.
    ///
    /// # Errors
    /// What the cipher refuses.
    pub fn generate(&self, draft: Draft, rng: &mut dyn CryptoRng) -> Result<Materials, Error> {
        let data_key = DataKey::generate(rng, draft.suite.key_length);
        let mut materials = Materials { draft, data_key, encrypted_data_keys: Vec::new() };
        self.wrap(&mut materials, rng)?;
        Ok(materials)
    }

    /// Wraps the data key of another keyring, so that this one's key can open the message as well.
    ///
    /// # Errors
    /// [`Error::ContextTooLarge`].
    pub fn wrap(&self, materials: &mut Materials, rng: &mut dyn CryptoRng) -> Result<(), Error> {
        let nonce = gcm::fresh_nonce(rng);
        let aad = context::write(&materials.draft.context)?;
        let ciphertext = gcm::seal(&self.wrapping_key, &nonce, &aad, materials.data_key.expose())?;
        materials.encrypted_data_keys.push(EncryptedDataKey {
            provider_id: self.namespace.clone(),
            provider_info: [self.info_prefix().as_slice(), &nonce].concat(),
            ciphertext,
        });
        Ok(())
    }

    /// Opens the data key of a message. None when the message does not name this wrapping key.
    ///
    /// # Errors
    /// [`Error::WrappingKey`] when it does, but none of its data keys opens.
    pub fn unwrap(&self, header: &Header) -> Result<Option<DataKey>, Error> {
        let aad = context::write(header.context())?;
        let mut named = false;
        for key in header.encrypted_data_keys() {
            let Some(nonce) = self.nonce_of(key) else { continue };
            if let Ok(data_key) = gcm::open(&self.wrapping_key, &nonce, &aad, &key.ciphertext) {
                return Ok(Some(DataKey::new(data_key.to_vec())));
            }
            named = true;
        }
        if named { Err(Error::WrappingKey { name: self.name.clone() }) } else { Ok(None) }
    }

    /// What the provider info begins with: the name, the bits of the tag, the bytes of the nonce. The nonce follows.
    fn info_prefix(&self) -> Vec<u8> {
        let tag_bits = (TAG_LENGTH as u32 * 8).to_be_bytes();
        [self.name.as_bytes(), &tag_bits, &(NONCE_LENGTH as u32).to_be_bytes()].concat()
    }

    /// The nonce that the data key is wrapped with, if it is wrapped with this key.
    fn nonce_of(&self, key: &EncryptedDataKey) -> Option<Nonce> {
        if key.provider_id != self.namespace {
            return None;
        }
        key.provider_info.strip_prefix(self.info_prefix().as_slice())?.try_into().ok()
    }
}
