//! DeleteCustomKeyStore.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Deletes a disconnected custom key store that has no keys.
#[derive(Debug, Clone, Copy)]
pub struct DeleteCustomKeyStore;

impl Operation for DeleteCustomKeyStore {
    const NAME: &'static str = "DeleteCustomKeyStore";
    const READ_ONLY: bool = false;
    type Input = DeleteCustomKeyStoreInput;
    type Output = Nothing;
}

/// What DeleteCustomKeyStore takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DeleteCustomKeyStoreInput {
    /// The store's ID.
    pub custom_key_store_id: String,
}
