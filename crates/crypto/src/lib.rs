#![doc = include_str!("../README.md")]

pub mod age;
mod block;
mod encrypt;
mod error;
pub mod gcm;
mod hash;
mod kdf;
mod keys;
mod mac;
mod material;
mod pair;
mod passphrase;
mod point;
mod public_key;
mod sign;
mod spec;
mod wrap;

pub use block::{aes_256_cbc, aes_256_ctr};
pub use encrypt::Encryption;
pub use error::Error;
pub use hash::{Hasher, equal, hmac_sha256, md5, sha256};
pub use kdf::Prk;
pub use keys::{AesKey, ContentKey, DataKey, WrappingKey, WrongLength};
pub use material::{KeyMaterial, PublicKey};
pub use passphrase::{PassphraseKey, Scrypt};
pub use public_key::{Part, PublicKeyParts, public_key_parts};
pub use rand_core::CryptoRng;
pub use sign::{Hash, Message, Signing};
pub use spec::Spec;
pub use wrap::Wrapping;
