#![doc = include_str!("../README.md")]

pub mod gcm;
mod hash;
mod kdf;
mod keys;

pub use hash::{equal, hmac_sha256, sha256};
pub use kdf::Prk;
pub use keys::{AesKey, ContentKey, DataKey, KeyMaterial, WrappingKey, WrongLength};
pub use rand_core::CryptoRng;
