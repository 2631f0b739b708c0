//! ConnectCustomKeyStore.

use serde::{Deserialize, Serialize};

use crate::operation::{Nothing, Operation};

/// Begins to connect a custom key store to the keys behind it. DescribeCustomKeyStores tells when it is done.
#[derive(Debug, Clone, Copy)]
pub struct ConnectCustomKeyStore;

impl Operation for ConnectCustomKeyStore {
    const NAME: &'static str = "ConnectCustomKeyStore";
    const READ_ONLY: bool = false;
    type Input = ConnectCustomKeyStoreInput;
    type Output = Nothing;
}

/// What ConnectCustomKeyStore takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ConnectCustomKeyStoreInput {
    /// The store's ID.
    pub custom_key_store_id: String,
}
