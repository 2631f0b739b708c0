//! UpdatePrimaryRegion.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Makes a replica the primary key, and the primary key a replica.
#[derive(Debug, Clone, Copy)]
pub struct UpdatePrimaryRegion;

impl Operation for UpdatePrimaryRegion {
    const NAME: &'static str = "UpdatePrimaryRegion";
    const READ_ONLY: bool = false;
    type Input = UpdatePrimaryRegionInput;
    type Output = Nothing;
}

/// What UpdatePrimaryRegion takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct UpdatePrimaryRegionInput {
    /// The primary key as it is now: its key ID or key ARN.
    pub key_id: String,
    /// Which replica becomes the primary key.
    pub primary_region: String,
}
