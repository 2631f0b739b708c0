//! Shapes that several operations share.

mod algorithms;
mod grant;
mod key;
mod material;
mod specs;
mod store;
mod wire_enum;

use std::collections::BTreeMap;

pub use algorithms::*;
pub use grant::*;
pub use key::*;
pub use material::*;
pub use specs::*;
pub use store::*;
pub use wire_enum::EnumValue;
use wire_enum::wire_enum;
pub(crate) use wire_enum::{by_table, position};

/// Pairs that are bound to a ciphertext as associated data and have to be given again to open it. Not secret.
pub type EncryptionContext = BTreeMap<String, String>;
