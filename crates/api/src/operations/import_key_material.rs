//! ImportKeyMaterial.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::Blob,
    operation::Operation,
    time::Timestamp,
    types::{EnumValue, ExpirationModel, ImportType},
};

/// Puts key material that was made elsewhere into a key that has none or waits for it.
#[derive(Debug, Clone, Copy)]
pub struct ImportKeyMaterial;

impl Operation for ImportKeyMaterial {
    const NAME: &'static str = "ImportKeyMaterial";
    const READ_ONLY: bool = false;
    type Input = ImportKeyMaterialInput;
    type Output = ImportKeyMaterialOutput;
}

/// What ImportKeyMaterial takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ImportKeyMaterialInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// Says for which key, which wrapping key and until when; goes back with the material.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub import_token: Blob,
    /// The material, wrapped with the public key that came with the token.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub encrypted_key_material: Blob,
    /// When the material expires: at most 365 days from now.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub valid_to: Option<Timestamp>,
    /// Whether the material expires; `KEY_MATERIAL_EXPIRES` when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "ExpirationModel", optional))]
    pub expiration_model: Option<EnumValue<ExpirationModel>>,
    /// Whether this is a new material or one the key has had before.
    #[cfg_attr(feature = "typescript", tsify(type = "ImportType", optional))]
    pub import_type: Option<EnumValue<ImportType>>,
    /// Up to 256 characters about the material. Not secret.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_description: Option<String>,
    /// Which material this is expected to be: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
}

/// What ImportKeyMaterial returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ImportKeyMaterialOutput {
    /// The key ARN.
    pub key_id: String,
    /// Which material of the key: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
}
