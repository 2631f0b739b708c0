//! Algorithm suites: which cipher, key derivation, commitment and signature a message uses.

use std::fmt;

/// An algorithm suite of the AWS Encryption SDK. Its cipher is AES-GCM with a 12-byte nonce and a 16-byte tag.
/// Source: "Algorithm suites reference" in the AWS Encryption SDK developer guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suite {
    /// The number on the wire, such as 0x0478.
    pub id: u16,
    /// The version of the message format that goes with it: 1 or 2.
    pub version: u8,
    /// Whether a signature follows the message, and its public key stands in the encryption context.
    pub signed: bool,
    /// Its parts in words.
    pub name: &'static str,
}

impl Suite {
    /// Writes and reads this one: 0x0478, committing, without a signature.
    pub const COMMITTING: Self = Self::new(0x0478, 2, false, "AES-256-GCM, HKDF-SHA-512, key commitment");

    const ALL: [Self; 11] = [
        Self::new(0x0578, 2, true, "AES-256-GCM, HKDF-SHA-512, key commitment, ECDSA P-384"),
        Self::COMMITTING,
        Self::new(0x0378, 1, true, "AES-256-GCM, HKDF-SHA-384, ECDSA P-384"),
        Self::new(0x0346, 1, true, "AES-192-GCM, HKDF-SHA-384, ECDSA P-384"),
        Self::new(0x0214, 1, true, "AES-128-GCM, HKDF-SHA-256, ECDSA P-256"),
        Self::new(0x0178, 1, false, "AES-256-GCM, HKDF-SHA-256"),
        Self::new(0x0146, 1, false, "AES-192-GCM, HKDF-SHA-256"),
        Self::new(0x0114, 1, false, "AES-128-GCM, HKDF-SHA-256"),
        Self::new(0x0078, 1, false, "AES-256-GCM"),
        Self::new(0x0046, 1, false, "AES-192-GCM"),
        Self::new(0x0014, 1, false, "AES-128-GCM"),
    ];

    /// The suite with this number, if the format has it.
    pub fn find(id: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.id == id)
    }

    /// Bytes in a message ID.
    pub(crate) fn message_id_length(self) -> usize {
        if self.version == 1 { 16 } else { 32 }
    }

    const fn new(id: u16, version: u8, signed: bool, name: &'static str) -> Self {
        Self { id, version, signed, name }
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:04x} ({})", self.id, self.name)
    }
}
