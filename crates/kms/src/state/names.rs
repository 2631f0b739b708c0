//! Names that only the engine needs.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use waxseal_api::{AliasName, KeyId, KeyRef, Place, arn::NameError};
use waxseal_crypto::{KeyMaterial, sha256};

/// The ID of one material of a key; prints as 64 hexadecimal digits.
///
/// It is a digest of the key ID and the material's 256 bits, so the same material imported again into the same key
/// has the same ID, and a record whose material was exchanged is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MaterialId([u8; Self::LENGTH]);

impl MaterialId {
    pub(crate) const LENGTH: usize = 32;
    const LABEL: &[u8] = b"waxseal key material id v1";

    /// SHA-256 of a label, the key ID and the material. All but the last have fixed lengths.
    pub(crate) fn of(key_id: &KeyId, material: &KeyMaterial) -> Self {
        Self(sha256(&[Self::LABEL, key_id.as_str().as_bytes(), material.expose()]))
    }

    pub(crate) fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for MaterialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl FromStr for MaterialId {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let mut bytes = [0; Self::LENGTH];
        let expected = "a key material ID";
        hex::decode_to_slice(text, &mut bytes)
            .map(|()| Self(bytes))
            .map_err(|_| NameError { text: text.to_owned(), expected })
    }
}

/// The full name of an alias. Prints as its ARN.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct AliasArn {
    pub(crate) place: Place,
    pub(crate) name: AliasName,
}

impl fmt::Display for AliasArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place.alias_arn(&self.name))
    }
}

impl FromStr for AliasArn {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        match text.parse()? {
            KeyRef::AliasArn(place, name) => Ok(Self { place, name }),
            _ => Err(NameError { text: text.to_owned(), expected: "an alias ARN" }),
        }
    }
}

/// Serde's conversions, for names that are stored as text.
macro_rules! stored_as_text {
    ($($name:ident),+) => {$(
        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.to_string()
            }
        }
        impl TryFrom<String> for $name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                text.parse()
            }
        }
    )+};
}
stored_as_text!(MaterialId, AliasArn);
