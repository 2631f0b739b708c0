//! Algorithm suites: which cipher, key derivation, commitment and signature a message uses.

use std::fmt;

use waxseal_api::job::{COMMITTING_SUITE, SIGNED_SUITE};
use waxseal_crypto::{Hash, Spec};

use crate::error::Error;

/// An algorithm suite of the AWS Encryption SDK. Its cipher is AES-GCM with a 12-byte nonce and a 16-byte tag.
/// Source: "Algorithm suites reference" in the AWS Encryption SDK developer guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suite {
    /// The number on the wire, such as 0x0478.
    pub id: u16,
    /// Its name in the AWS Encryption SDK.
    pub name: &'static str,
    /// Bytes in the data key and in the content key: 16, 24 or 32.
    pub key_length: usize,
    /// How the content key comes from the data key.
    pub derivation: Derivation,
    /// What signs the message, if anything does. Its public key stands in the encryption context.
    pub signature: Option<Signature>,
}

/// How the content key comes from the data key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivation {
    /// It is the data key.
    Identity,
    /// HKDF (RFC 5869) without a salt.
    Hkdf(Hash),
    /// HKDF with SHA-512 and the message ID as salt, which gives the key commitment as well.
    Committing,
}

/// ECDSA over all of the message before the footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// On P-256 with SHA-256.
    P256,
    /// On P-384 with SHA-384.
    P384,
}

impl Suite {
    /// 0x0478: committing, without a signature.
    pub const COMMITTING: Self =
        Self::new(COMMITTING_SUITE, "AES_256_GCM_HKDF_SHA512_COMMIT_KEY", Derivation::Committing, None);
    /// 0x0578: committing and signed.
    pub const SIGNED: Self = Self::new(
        SIGNED_SUITE,
        "AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384",
        Derivation::Committing,
        Some(Signature::P384),
    );

    const ALL: [Self; 11] = {
        const SHA256: Derivation = Derivation::Hkdf(Hash::Sha256);
        const SHA384: Derivation = Derivation::Hkdf(Hash::Sha384);
        const P256: Option<Signature> = Some(Signature::P256);
        const P384: Option<Signature> = Some(Signature::P384);
        [
            Self::SIGNED,
            Self::COMMITTING,
            Self::new(0x0378, "AES_256_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384", SHA384, P384),
            Self::new(0x0346, "AES_192_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384", SHA384, P384),
            Self::new(0x0214, "AES_128_GCM_IV12_TAG16_HKDF_SHA256_ECDSA_P256", SHA256, P256),
            Self::new(0x0178, "AES_256_GCM_IV12_TAG16_HKDF_SHA256", SHA256, None),
            Self::new(0x0146, "AES_192_GCM_IV12_TAG16_HKDF_SHA256", SHA256, None),
            Self::new(0x0114, "AES_128_GCM_IV12_TAG16_HKDF_SHA256", SHA256, None),
            Self::new(0x0078, "AES_256_GCM_IV12_TAG16", Derivation::Identity, None),
            Self::new(0x0046, "AES_192_GCM_IV12_TAG16", Derivation::Identity, None),
            Self::new(0x0014, "AES_128_GCM_IV12_TAG16", Derivation::Identity, None),
        ]
    };

    /// The suite with this number, if the format has it.
    pub fn find(id: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.id == id)
    }

    /// The suite that messages are to be written in, by its number.
    ///
    /// # Errors
    /// [`Error::SuiteNotWritten`] unless it commits to its key.
    pub fn to_write(id: u16) -> Result<Self, Error> {
        let known = Self::find(id).filter(|suite| suite.commits());
        known.ok_or_else(|| Error::SuiteNotWritten { suite: format!("0x{id:04x}") })
    }

    /// The suite that messages are to be written in, by its name.
    ///
    /// # Errors
    /// [`Error::SuiteNotWritten`] unless it commits to its key.
    pub fn named(name: &str) -> Result<Self, Error> {
        let known = [Self::COMMITTING, Self::SIGNED].into_iter().find(|suite| suite.name == name);
        known.ok_or_else(|| Error::SuiteNotWritten { suite: name.into() })
    }

    /// The version of the message format that goes with it: 1 or 2.
    pub fn version(self) -> u8 {
        if self.commits() { 2 } else { 1 }
    }

    /// Whether a message opens with one data key only.
    pub fn commits(self) -> bool {
        self.derivation == Derivation::Committing
    }

    /// Bytes in a message ID.
    pub(crate) fn message_id_length(self) -> usize {
        if self.commits() { 32 } else { 16 }
    }

    const fn new(id: u16, name: &'static str, derivation: Derivation, signature: Option<Signature>) -> Self {
        let key_length = match id & 0xff {
            0x14 => 16,
            0x46 => 24,
            _ => 32,
        };
        Self { id, name, key_length, derivation, signature }
    }
}

impl Signature {
    /// The curve that its keys are on.
    pub(crate) fn curve(self) -> Spec {
        match self {
            Self::P256 => Spec::P256,
            Self::P384 => Spec::P384,
        }
    }

    /// What is signed is the digest of the message.
    pub(crate) fn hash(self) -> Hash {
        match self {
            Self::P256 => Hash::Sha256,
            Self::P384 => Hash::Sha384,
        }
    }

    /// The most bytes in a signature: a sequence of two integers, each with a zero before it, in DER.
    pub(crate) fn longest(self) -> usize {
        match self {
            Self::P256 => 2 + 2 * (2 + 1 + 32),
            Self::P384 => 2 + 2 * (2 + 1 + 48),
        }
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:04x} (AES-{}-GCM", self.id, self.key_length * 8)?;
        f.write_str(match self.derivation {
            Derivation::Identity => "",
            Derivation::Hkdf(Hash::Sha256) => ", HKDF-SHA-256",
            Derivation::Hkdf(_) => ", HKDF-SHA-384",
            Derivation::Committing => ", HKDF-SHA-512, key commitment",
        })?;
        f.write_str(match self.signature {
            None => ")",
            Some(Signature::P256) => ", ECDSA P-256)",
            Some(Signature::P384) => ", ECDSA P-384)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_words() {
        let words: Vec<_> = Suite::ALL.iter().map(Suite::to_string).collect();
        assert_eq!(
            words,
            [
                "0x0578 (AES-256-GCM, HKDF-SHA-512, key commitment, ECDSA P-384)",
                "0x0478 (AES-256-GCM, HKDF-SHA-512, key commitment)",
                "0x0378 (AES-256-GCM, HKDF-SHA-384, ECDSA P-384)",
                "0x0346 (AES-192-GCM, HKDF-SHA-384, ECDSA P-384)",
                "0x0214 (AES-128-GCM, HKDF-SHA-256, ECDSA P-256)",
                "0x0178 (AES-256-GCM, HKDF-SHA-256)",
                "0x0146 (AES-192-GCM, HKDF-SHA-256)",
                "0x0114 (AES-128-GCM, HKDF-SHA-256)",
                "0x0078 (AES-256-GCM)",
                "0x0046 (AES-192-GCM)",
                "0x0014 (AES-128-GCM)",
            ]
        );
    }

    #[test]
    fn committing_suites_are_written() {
        for suite in Suite::ALL {
            assert_eq!(Suite::find(suite.id), Some(suite));
            assert_eq!(Suite::to_write(suite.id).is_ok(), suite.commits());
            assert_eq!(Suite::named(suite.name).is_ok(), suite.commits());
        }
        for id in [0, 0x70, 0x477, 0x6701, 0xffff] {
            assert_eq!(Suite::find(id), None);
            assert!(Suite::to_write(id).is_err());
        }
    }
}
