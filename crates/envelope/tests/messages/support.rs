//! What the tests share.

use waxseal_crypto::{DataKey, WrappingKey, sha256};
use waxseal_envelope::{
    CommitmentPolicy, DecryptOptions, Draft, EncryptionContext, Error, Header, Materials, Message, Parse,
    RawAesKeyring, Suite, decrypt_bytes, encrypt_bytes,
};

pub(crate) use crate::service::rng;

/// The suites that are written.
pub(crate) const WRITTEN: [Suite; 2] = [Suite::COMMITTING, Suite::SIGNED];

/// A keyring whose key is the bytes 0, 1, 2, …
pub(crate) fn keyring() -> RawAesKeyring {
    let key: Vec<u8> = (0..32).collect();
    RawAesKeyring::new("cellar", "2026", WrappingKey::from_bytes(&key).unwrap()).unwrap()
}

/// `SHA-256(0) || SHA-256(1) || …`, cut to length; the numbers as 8 bytes.
pub(crate) fn plaintext(length: usize) -> Vec<u8> {
    let blocks = (0_u64..).flat_map(|number| sha256(&[&number.to_be_bytes()]));
    blocks.take(length).collect()
}

pub(crate) fn context(pairs: &[(&str, &str)]) -> EncryptionContext {
    pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}

/// The context without what the format has added.
pub(crate) fn of_caller(context: &EncryptionContext) -> EncryptionContext {
    context.clone().into_iter().filter(|(key, _)| key != "aws-crypto-public-key").collect()
}

pub(crate) fn draft(suite: Suite, context: &EncryptionContext) -> Draft {
    Draft::new(suite, context.clone(), &mut rng()).unwrap()
}

/// Materials of [`keyring`].
pub(crate) fn materials(suite: Suite, context: &EncryptionContext) -> Materials {
    keyring().generate(draft(suite, context), &mut rng()).unwrap()
}

/// A message under [`keyring`], with [`plaintext`] of this length.
pub(crate) fn message_of(suite: Suite, length: usize, frame_length: u32) -> Vec<u8> {
    let materials = materials(suite, &context(&[("k", "v")]));
    encrypt_bytes(materials, frame_length, &plaintext(length), &mut rng()).unwrap()
}

/// The same, of the suite that is the default.
pub(crate) fn message(length: usize, frame_length: u32) -> Vec<u8> {
    message_of(Suite::COMMITTING, length, frame_length)
}

/// Options that allow every suite.
pub(crate) fn lenient() -> DecryptOptions {
    let commitment_policy = CommitmentPolicy::RequireEncryptAllowDecrypt;
    DecryptOptions { commitment_policy, ..DecryptOptions::default() }
}

/// A header of any suite.
pub(crate) fn parse(bytes: &[u8]) -> Result<Parse, Error> {
    Header::parse(bytes, &lenient())
}

/// A message as it is read when nothing else is said.
pub(crate) fn read(
    message: &[u8],
    unwrap: impl FnOnce(&Header) -> Result<Option<DataKey>, Error>,
) -> Result<Message, Error> {
    decrypt_bytes(message, &DecryptOptions::default(), unwrap)
}

/// The plaintext of a message under [`keyring`].
pub(crate) fn open(message: &[u8]) -> Result<Vec<u8>, Error> {
    let keyring = keyring();
    read(message, |header| keyring.unwrap(header)).map(|opened| opened.plaintext.to_vec())
}
