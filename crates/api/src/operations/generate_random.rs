//! GenerateRandom.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{blob::Secret, operation::Operation, types::RecipientInfo};

/// Returns random bytes.
#[derive(Debug, Clone, Copy)]
pub struct GenerateRandom;

impl Operation for GenerateRandom {
    const NAME: &'static str = "GenerateRandom";
    const READ_ONLY: bool = true;
    type Input = GenerateRandomInput;
    type Output = GenerateRandomOutput;
}

/// What GenerateRandom takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateRandomInput {
    /// 1 to 1,024.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub number_of_bytes: Option<i64>,
    /// A CloudHSM key store to take them from.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub custom_key_store_id: Option<String>,
    /// A Nitro enclave's attestation; there is none in a browser, so it is refused.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub recipient: Option<RecipientInfo>,
}

/// What GenerateRandom returns.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GenerateRandomOutput {
    /// The bytes.
    #[cfg_attr(feature = "typescript", tsify(type = "Uint8Array"))]
    pub plaintext: Secret,
}
