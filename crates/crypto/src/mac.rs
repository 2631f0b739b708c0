//! Message authentication codes.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha224, Sha256, Sha384, Sha512};

use crate::{Error, KeyMaterial, Spec, equal};

impl KeyMaterial {
    /// HMAC (FIPS 198-1) with the hash function that belongs to the key: 28, 32, 48 or 64 bytes.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`].
    pub fn mac(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        match self.spec() {
            Spec::Hmac224 => hmac::<Hmac<Sha224>>(self.expose(), message),
            Spec::Hmac256 => hmac::<Hmac<Sha256>>(self.expose(), message),
            Spec::Hmac384 => hmac::<Hmac<Sha384>>(self.expose(), message),
            Spec::Hmac512 => hmac::<Hmac<Sha512>>(self.expose(), message),
            _ => Err(Error::NotForThisKey),
        }
    }

    /// Whether a tag is the one of the message, all of it.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`], [`Error::NotAuthentic`].
    pub fn verify_mac(&self, message: &[u8], tag: &[u8]) -> Result<(), Error> {
        if equal(&self.mac(message)?, tag) { Ok(()) } else { Err(Error::NotAuthentic) }
    }
}

fn hmac<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Result<Vec<u8>, Error> {
    let mut mac = <M as KeyInit>::new_from_slice(key).map_err(|_| Error::Failed)?;
    mac.update(message);
    Ok(mac.finalize().into_bytes().to_vec())
}
