//! DeleteImportedKeyMaterial.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::operation::Operation;

/// Destroys imported key material. The key then waits for it to be imported again.
#[derive(Debug, Clone, Copy)]
pub struct DeleteImportedKeyMaterial;

impl Operation for DeleteImportedKeyMaterial {
    const NAME: &'static str = "DeleteImportedKeyMaterial";
    const READ_ONLY: bool = false;
    type Input = DeleteImportedKeyMaterialInput;
    type Output = DeleteImportedKeyMaterialOutput;
}

/// What DeleteImportedKeyMaterial takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DeleteImportedKeyMaterialInput {
    /// Key ID or key ARN; not an alias.
    pub key_id: String,
    /// Which material; the current one when absent.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
}

/// What DeleteImportedKeyMaterial returns.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DeleteImportedKeyMaterialOutput {
    /// The key ARN.
    pub key_id: String,
    /// Which material of the key: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
}
