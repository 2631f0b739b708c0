#![doc = include_str!("../README.md")]

mod body;
mod context;
mod decrypt;
mod derive;
mod encrypt;
mod error;
mod footer;
mod frames;
mod header;
mod inspect;
mod keyring;
mod message;
mod reader;
mod suite;

pub use body::{FINAL_OVERHEAD, FRAME_OVERHEAD, MAX_FRAME_LENGTH};
pub use decrypt::Decryptor;
pub use encrypt::Encryptor;
pub use error::Error;
pub use footer::MAX_FOOTER_LENGTH;
pub use frames::{FrameHead, FramePlan, FrameReader, FrameWriter, Framing, Next};
pub use header::{Content, EncryptedDataKey, Header, MAX_ENCRYPTED_DATA_KEYS, MAX_HEADER_LENGTH, Parse};
pub use inspect::{Inspector, inspect_all};
pub use keyring::{Draft, KmsKeyring, Materials, RawAesKeyring, RawRsaKeyring};
pub use message::{Message, decrypt_bytes, encrypt_bytes};
pub use suite::{Derivation, Signature, Suite};
pub use waxseal_api::{
    job::{CommitmentPolicy, DecryptOptions},
    types::EncryptionContext,
};
