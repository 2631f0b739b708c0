//! Keyrings: who makes, wraps and unwraps data keys.
//!
//! A keyring makes [`Materials`] of a [`Draft`], or adds its own wrapped copy of their data key to them, so that several
//! keyrings can follow one another.

mod kms;
mod raw_aes;
mod raw_rsa;

pub(crate) use kms::KMS_PROVIDER;
pub use kms::KmsKeyring;
pub use raw_aes::RawAesKeyring;
pub use raw_rsa::RawRsaKeyring;
use waxseal_api::types::EncryptionContext;
use waxseal_crypto::{CryptoRng, DataKey};

use crate::{context, error::Error, footer::Signer, header::EncryptedDataKey, suite::Suite};

/// A message that is to be, before there is a data key.
#[derive(Debug)]
pub struct Draft {
    pub(crate) suite: Suite,
    pub(crate) context: EncryptionContext,
    pub(crate) signer: Option<Signer>,
}

/// What a message is made with.
#[derive(Debug)]
pub struct Materials {
    /// What it is to be.
    pub draft: Draft,
    /// The data key in the clear.
    pub data_key: DataKey,
    /// The same key, wrapped once for each key that will be able to open the message.
    pub encrypted_data_keys: Vec<EncryptedDataKey>,
}

impl Draft {
    /// A message of a committing suite, with a context from the caller. For a signed suite it makes the key pair of the
    /// message, and adds the public key to the context.
    ///
    /// # Errors
    /// [`Error::SuiteNotWritten`]; [`Error::ReservedContextKey`], [`Error::EmptyContextKey`], [`Error::ContextTooLarge`].
    pub fn new(suite: Suite, mut context: EncryptionContext, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        if !suite.commits() {
            return Err(Error::SuiteNotWritten { suite: suite.name.into() });
        }
        context::check(&context)?;
        let mut signer = None;
        if let Some(signature) = suite.signature {
            let (made, public_key) = Signer::generate(signature, rng).map_err(Error::Signing)?;
            context.insert(context::PUBLIC_KEY.into(), public_key);
            context::write(&context)?;
            signer = Some(made);
        }
        Ok(Self { suite, context, signer })
    }

    /// What is bound to the message and to each wrapped key.
    pub fn context(&self) -> &EncryptionContext {
        &self.context
    }
}
