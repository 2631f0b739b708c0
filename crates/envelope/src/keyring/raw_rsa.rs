//! Data keys under an RSA key that you hold yourself.

use rand_core::CryptoRng;
use waxseal_crypto::{DataKey, Encryption, KeyMaterial};

use crate::{
    error::Error,
    header::{EncryptedDataKey, Header},
    keyring::{KMS_PROVIDER, Materials},
};

/// A wrapping key pair, known by namespace and name, and how it wraps. The encryption context is not bound to the wrapped
/// key, only to the message.
/// Source: "Raw RSA keyrings" in the AWS Encryption SDK developer guide.
#[derive(Debug)]
pub struct RawRsaKeyring {
    namespace: String,
    name: String,
    key: KeyMaterial,
    how: Encryption,
}

impl RawRsaKeyring {
    /// A keyring of one key pair.
    ///
    /// # Errors
    /// [`Error::ReservedNamespace`] for a namespace that begins with `aws-kms`.
    pub fn new(namespace: &str, name: &str, key: KeyMaterial, how: Encryption) -> Result<Self, Error> {
        if namespace.starts_with(KMS_PROVIDER) {
            return Err(Error::ReservedNamespace { namespace: namespace.into() });
        }
        Ok(Self { namespace: namespace.into(), name: name.into(), key, how })
    }

    /// Wraps the data key of another keyring, so that this one's key can open the message as well.
    ///
    /// # Errors
    /// [`Error::Wrapping`].
    pub fn wrap(&self, materials: &mut Materials, rng: &mut dyn CryptoRng) -> Result<(), Error> {
        let wrapped =
            self.key.public_key().and_then(|key| key.encrypt(self.how, materials.data_key.expose(), rng));
        materials.encrypted_data_keys.push(EncryptedDataKey {
            provider_id: self.namespace.clone(),
            provider_info: self.name.clone().into_bytes(),
            ciphertext: wrapped.map_err(Error::Wrapping)?,
        });
        Ok(())
    }

    /// Opens the data key of a message. None when the message does not name this wrapping key. Randomness hides from the
    /// clock what the key is.
    ///
    /// # Errors
    /// [`Error::WrappingKey`] when it does, but none of its data keys opens.
    pub fn unwrap(&self, header: &Header, rng: &mut dyn CryptoRng) -> Result<Option<DataKey>, Error> {
        let mut named = false;
        for key in header.encrypted_data_keys() {
            if key.provider_id != self.namespace || key.provider_info != self.name.as_bytes() {
                continue;
            }
            named = true;
            match self.key.decrypt(self.how, &key.ciphertext, rng) {
                Ok(data_key) if data_key.len() == header.suite().key_length => {
                    return Ok(Some(DataKey::new(data_key.to_vec())));
                }
                _ => {}
            }
        }
        if named { Err(Error::WrappingKey { name: self.name.clone() }) } else { Ok(None) }
    }
}
