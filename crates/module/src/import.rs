//! Import of key material that a person brings along.
//!
//! It goes the way that it would go to any key service: wrapped under a wrapping key that is made for it, with the two
//! operations that anybody can call. Wrapping is done here because a page links no cipher.

use waxseal_api::{
    Client, Failure, LocalError, LocalErrorCode, Timestamp,
    operations::{
        GetParametersForImport, GetParametersForImportInput, ImportKeyMaterial, ImportKeyMaterialInput,
    },
    types::{ExpirationModel, WrappingAlgorithm, WrappingKeySpec},
};
use waxseal_crypto::{Encryption, PublicKey, Spec, Wrapping};

use crate::world::Vault;

/// What the material is wrapped under. Every private key fits, since only an AES key is encrypted under it.
const WRAPPING_KEY: (WrappingKeySpec, Spec) = (WrappingKeySpec::Rsa3072, Spec::Rsa3072);
const WRAPPING: (WrappingAlgorithm, Wrapping) =
    (WrappingAlgorithm::RsaAesKeyWrapSha256, Wrapping::AesKeyWrap(Encryption::OaepSha256));

/// Imports bytes as the material of a key of origin `EXTERNAL`: 32 bytes for a symmetric one, a private key in PKCS #8.
/// Without `valid_to` the material does not expire.
///
/// # Errors
/// The service's refusal, or the store's; nothing has been imported then.
pub async fn import(
    vault: &dyn Vault,
    key_id: String,
    valid_to: Option<Timestamp>,
    material: &[u8],
) -> Result<(), Failure> {
    let kms = Client(vault);
    let wish = GetParametersForImportInput {
        key_id: key_id.clone(),
        wrapping_algorithm: WRAPPING.0.into(),
        wrapping_key_spec: WRAPPING_KEY.0.into(),
    };
    let parameters = kms.call::<GetParametersForImport>(&wish).await?;
    let wrapped = PublicKey::from_der(WRAPPING_KEY.1, parameters.public_key.as_bytes())
        .and_then(|key| key.wrap(WRAPPING.1, material, &mut *vault.randomness()))
        .map_err(|error| LocalError::new(LocalErrorCode::BadRequest, format!("{error}.")))?;
    let model = match valid_to {
        Some(_) => ExpirationModel::KeyMaterialExpires,
        None => ExpirationModel::KeyMaterialDoesNotExpire,
    };
    let input = ImportKeyMaterialInput {
        key_id,
        import_token: parameters.import_token,
        encrypted_key_material: wrapped.into(),
        valid_to,
        expiration_model: Some(model.into()),
        ..ImportKeyMaterialInput::default()
    };
    kms.call::<ImportKeyMaterial>(&input).await.map(drop)
}

#[cfg(test)]
mod tests;
