//! DisconnectCustomKeyStore.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Disconnects a custom key store. Its keys are unavailable from then on.
#[derive(Debug, Clone, Copy)]
pub struct DisconnectCustomKeyStore;

impl Operation for DisconnectCustomKeyStore {
    const NAME: &'static str = "DisconnectCustomKeyStore";
    const READ_ONLY: bool = false;
    type Input = DisconnectCustomKeyStoreInput;
    type Output = Nothing;
}

/// What DisconnectCustomKeyStore takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct DisconnectCustomKeyStoreInput {
    /// The store's ID.
    pub custom_key_store_id: String,
}
