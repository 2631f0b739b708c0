//! Keyrings: who makes, wraps and unwraps data keys.
//!
//! A keyring makes [`Materials`] or adds its own wrapped copy of their data key to them, so that several keyrings can
//! follow one another.

mod kms;
mod raw_aes;

pub(crate) use kms::KMS_PROVIDER;
pub use kms::KmsKeyring;
pub use raw_aes::RawAesKeyring;
use waxseal_api::types::EncryptionContext;
use waxseal_crypto::DataKey;

use crate::header::EncryptedDataKey;

/// What a message is made with.
#[derive(Debug)]
pub struct Materials {
    /// The data key in the clear.
    pub data_key: DataKey,
    /// The same key, wrapped once for each key that will be able to open the message.
    pub encrypted_data_keys: Vec<EncryptedDataKey>,
    /// Bound to the message and to each wrapped key.
    pub context: EncryptionContext,
}
