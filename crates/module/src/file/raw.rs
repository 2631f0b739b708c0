//! Wrapping keys that come with the job.

use waxseal_api::{
    LocalError, LocalErrorCode,
    job::{RawKey, RsaPadding},
};
use waxseal_crypto::{CryptoRng, DataKey, Encryption, KeyMaterial, Spec, WrappingKey};
use waxseal_envelope::{Header, RawAesKeyring, RawRsaKeyring};

/// Opens the data key of a message with the first of the keys that can. None when the message names none of them.
///
/// # Errors
/// [`LocalErrorCode::BadRequest`] for a key that is none; what the last key said that is named and does not open it.
pub(super) fn unwrap(
    keys: &[RawKey],
    header: &Header,
    rng: &mut dyn CryptoRng,
) -> Result<Option<DataKey>, LocalError> {
    let mut refusal = None;
    for key in keys {
        let opened = match key.padding {
            None => aes(key)?.unwrap(header),
            Some(padding) => rsa(key, padding)?.unwrap(header, rng),
        };
        match opened {
            Ok(None) => {}
            Ok(opened) => return Ok(opened),
            Err(error) => refusal = Some(error),
        }
    }
    refusal.map_or(Ok(None), |error| Err(error.into()))
}

fn aes(key: &RawKey) -> Result<RawAesKeyring, LocalError> {
    let wrapping_key = WrappingKey::from_bytes(key.key.expose()).map_err(|_| unusable(key))?;
    Ok(RawAesKeyring::new(&key.namespace, &key.name, wrapping_key)?)
}

fn rsa(key: &RawKey, padding: RsaPadding) -> Result<RawRsaKeyring, LocalError> {
    let how = match padding {
        RsaPadding::Pkcs1 => Encryption::RsaPkcs1,
        RsaPadding::OaepSha1 => Encryption::OaepSha1,
        RsaPadding::OaepSha256 => Encryption::OaepSha256,
        RsaPadding::OaepSha384 => Encryption::OaepSha384,
        RsaPadding::OaepSha512 => Encryption::OaepSha512,
    };
    let read = |spec| KeyMaterial::from_bytes(spec, key.key.expose()).ok();
    let pair = [Spec::Rsa2048, Spec::Rsa3072, Spec::Rsa4096].into_iter().find_map(read);
    Ok(RawRsaKeyring::new(&key.namespace, &key.name, pair.ok_or_else(|| unusable(key))?, how)?)
}

fn unusable(key: &RawKey) -> LocalError {
    let form = match key.padding {
        None => "16, 24 or 32 bytes",
        Some(_) => "a private key of 2,048, 3,072 or 4,096 bits in PKCS #8 (DER)",
    };
    LocalError::new(LocalErrorCode::BadRequest, format!("Wrapping key '{}' is not {form}.", key.name))
}
