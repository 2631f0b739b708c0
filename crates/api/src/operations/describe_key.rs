//! DescribeKey.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{operation::Operation, types::KeyMetadata};

/// Returns everything about a key but its material, aliases and rotation status.
#[derive(Debug, Clone, Copy)]
pub struct DescribeKey;

impl Operation for DescribeKey {
    const NAME: &'static str = "DescribeKey";
    const READ_ONLY: bool = true;
    type Input = DescribeKeyInput;
    type Output = DescribeKeyOutput;
}

/// What DescribeKey takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DescribeKeyInput {
    /// Key ID, key ARN, alias name or alias ARN.
    pub key_id: String,
    /// Permissions that are too new to be known everywhere.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grant_tokens: Option<Vec<String>>,
}

/// What DescribeKey returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DescribeKeyOutput {
    /// The key.
    pub key_metadata: KeyMetadata,
}
