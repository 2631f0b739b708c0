//! Keys that come from a passphrase: scrypt (RFC 7914), with 8 blocks and one lane.

use rand_core::CryptoRng;
use scrypt::{Params, scrypt};
use zeroize::Zeroizing;

use crate::keys::{AesKey, KeyBytes};

/// Blocks that are mixed at once (`r`).
const BLOCKS: u32 = 8;
/// Independent mixings (`p`).
const LANES: u32 = 1;

/// How a passphrase is stretched: slowly, and with `2^log_n` KiB of memory, so that guessing is dear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scrypt {
    salt: Vec<u8>,
    log_n: u8,
}

/// What a passphrase has become: 32 bytes. Erased when dropped, never printed.
pub struct PassphraseKey(KeyBytes);

impl Scrypt {
    /// What is good enough in 2026, in a browser: 128 MiB, and about half a second.
    pub const LOG_N: u8 = 17;
    /// The most that is done for somebody else's file: 1 GiB.
    pub const MOST: u8 = 20;

    /// With a salt of a label and 16 random bytes.
    pub fn fresh(label: &[u8], log_n: u8, rng: &mut dyn CryptoRng) -> (Self, [u8; 16]) {
        let mut random = [0; 16];
        rng.fill_bytes(&mut random);
        (Self::new(label, &random, log_n), random)
    }

    /// With a salt of a label and what was random once.
    pub fn new(label: &[u8], random: &[u8], log_n: u8) -> Self {
        Self { salt: [label, random].concat(), log_n }
    }

    /// The whole salt.
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    /// The cost: the base 2 logarithm of the KiB that are filled.
    pub fn log_n(&self) -> u8 {
        self.log_n
    }

    /// Does it. `None` when the cost is more than [`MOST`](Self::MOST), or nothing.
    pub fn stretch(&self, passphrase: &[u8]) -> Option<PassphraseKey> {
        if !(1..=Self::MOST).contains(&self.log_n) {
            return None;
        }
        let mut key = Zeroizing::new(vec![0; PassphraseKey::LENGTH]);
        let params = Params::new(self.log_n, BLOCKS, LANES).ok()?;
        scrypt(passphrase, &self.salt, &params, &mut key).ok()?;
        Some(PassphraseKey(key))
    }
}

impl PassphraseKey {
    /// Bytes in it.
    pub const LENGTH: usize = 32;

    /// A key that was derived elsewhere: 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == Self::LENGTH).then(|| Self(Zeroizing::new(bytes.to_vec())))
    }

    /// The bytes.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl AesKey for PassphraseKey {
    fn aes_key(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for PassphraseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PassphraseKey([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7914, section 12, the third vector: the first half of what it derives.
    #[test]
    fn pleaseletmein() {
        let scrypt = Scrypt::new(b"Sodium", b"Chloride", 14);
        let key = scrypt.stretch(b"pleaseletmein").unwrap();
        assert_eq!(
            hex::encode(key.expose()),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        );
    }

    #[test]
    fn costs_beyond_the_limit_are_not_paid() {
        for log_n in [0, Scrypt::MOST + 1, 63, 255] {
            assert!(Scrypt::new(b"", b"", log_n).stretch(b"").is_none(), "{log_n}");
        }
    }

    #[test]
    fn a_key_is_not_printed() {
        assert_eq!(
            format!("{:?}", PassphraseKey::from_bytes(&[7; 32]).unwrap()),
            "PassphraseKey([REDACTED])"
        );
    }
}
