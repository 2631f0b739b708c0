//! The key pairs that material is wrapped with on its way in.

use serde::{Deserialize, Serialize};
use waxseal_api::{
    KeyArn, Secret, Timestamp,
    types::{WrappingAlgorithm, WrappingKeySpec},
};
use waxseal_crypto::{KeyMaterial, Spec};

use super::record::json;

/// The private half of a wrapping key. It is for one KMS key, and for a day.
#[derive(Debug)]
pub struct WrappingKeyRecord {
    pub(crate) body: WrappingKeyBody,
    pub(crate) private_key: KeyMaterial,
}

/// What is not secret about a wrapping key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WrappingKeyBody {
    /// Whose material it wraps.
    pub(crate) key_arn: KeyArn,
    /// 32 hexadecimal digits.
    pub(crate) id: String,
    pub(crate) spec: WrappingKeySpec,
    pub(crate) algorithm: WrappingAlgorithm,
    /// From when on it is of no use.
    pub(crate) expires: Timestamp,
}

impl WrappingKeyRecord {
    /// The body of its record, and the secret in it.
    pub(super) fn stored(&self) -> (String, Option<Secret>) {
        (json(&self.body), Some(self.private_key.expose().into()))
    }

    pub(super) fn read(body: WrappingKeyBody, secret: &Secret) -> Result<Self, waxseal_crypto::Error> {
        let private_key = KeyMaterial::from_stored(primitive(body.spec), secret.expose())?;
        Ok(Self { body, private_key })
    }
}

/// Its name in a store.
pub(super) fn name(key: &KeyArn, id: &str) -> String {
    format!("{key}/{id}")
}

/// A spec as the primitives know it.
pub(crate) fn primitive(spec: WrappingKeySpec) -> Spec {
    match spec {
        WrappingKeySpec::Rsa2048 => Spec::Rsa2048,
        WrappingKeySpec::Rsa3072 => Spec::Rsa3072,
        WrappingKeySpec::Rsa4096 => Spec::Rsa4096,
        WrappingKeySpec::Sm2 => Spec::Sm2,
    }
}
