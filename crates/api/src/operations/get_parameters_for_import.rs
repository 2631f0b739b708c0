//! GetParametersForImport.

use serde::{Deserialize, Serialize};

use crate::{
    blob::Blob,
    operation::Operation,
    time::Timestamp,
    types::{EnumValue, WrappingAlgorithm, WrappingKeySpec},
};

/// Returns a wrapping key and a token for the import of key material.
#[derive(Debug, Clone, Copy)]
pub struct GetParametersForImport;

impl Operation for GetParametersForImport {
    const NAME: &'static str = "GetParametersForImport";
    const READ_ONLY: bool = true;
    type Input = GetParametersForImportInput;
    type Output = GetParametersForImportOutput;
}

/// What GetParametersForImport takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetParametersForImportInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// How the material will be wrapped.
    #[cfg_attr(feature = "typescript", tsify(type = "WrappingAlgorithm"))]
    pub wrapping_algorithm: EnumValue<WrappingAlgorithm>,
    /// What the wrapping key is to be.
    #[cfg_attr(feature = "typescript", tsify(type = "WrappingKeySpec"))]
    pub wrapping_key_spec: EnumValue<WrappingKeySpec>,
}

/// What GetParametersForImport returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GetParametersForImportOutput {
    /// The key ARN.
    pub key_id: String,
    /// Says for which key, which wrapping key and until when; goes back with the material.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub import_token: Blob,
    /// The wrapping key, as SubjectPublicKeyInfo in DER.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub public_key: Blob,
    /// When token and wrapping key expire: 24 hours from now.
    #[cfg_attr(feature = "typescript", tsify(type = "Date"))]
    pub parameters_valid_to: Timestamp,
}
