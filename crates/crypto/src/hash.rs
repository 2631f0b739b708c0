//! Digests and comparison.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq;

use crate::Hash;

/// A digest (FIPS 180-4) that is made piece by piece.
#[derive(Debug, Clone)]
pub struct Hasher(State);

#[derive(Debug, Clone)]
enum State {
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Hasher {
    /// Of nothing yet.
    pub fn new(hash: Hash) -> Self {
        Self(match hash {
            Hash::Sha256 => State::Sha256(Sha256::new()),
            Hash::Sha384 => State::Sha384(Sha384::new()),
            Hash::Sha512 => State::Sha512(Sha512::new()),
        })
    }

    /// What follows.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Sha256(hash) => hash.update(bytes),
            State::Sha384(hash) => hash.update(bytes),
            State::Sha512(hash) => hash.update(bytes),
        }
    }

    /// The digest of all of it.
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            State::Sha256(hash) => hash.finalize().to_vec(),
            State::Sha384(hash) => hash.finalize().to_vec(),
            State::Sha512(hash) => hash.finalize().to_vec(),
        }
    }
}

/// SHA-256 (FIPS 180-4) of the parts, one after the other.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// MD5 (RFC 1321), by which some protocols notice a slip; it proves nothing.
pub fn md5(bytes: &[u8]) -> [u8; 16] {
    md5::Md5::digest(bytes).into()
}

/// HMAC-SHA-256 (RFC 2104) of a message under a key of any length.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0; 64];
    match block.get_mut(..key.len()) {
        Some(start) => start.copy_from_slice(key),
        None => block[..32].copy_from_slice(&sha256(&[key])),
    }
    Hmac::<Sha256>::new(&block.into()).chain_update(message).finalize().into_bytes().into()
}

/// Whether both are the same, in a time that does not tell where they differ.
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_of_abc() {
        let expect = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex::encode(sha256(&[b"a", b"bc"])), expect);
    }

    /// RFC 1321, A.5.
    #[test]
    fn md5_of_abc() {
        assert_eq!(hex::encode(md5(b"abc")), "900150983cd24fb0d6963f7d28e17f72");
    }

    /// However it is cut, the digest is the one that is made at once.
    #[test]
    fn digests_in_pieces() {
        let message: Vec<u8> = (0..1000_u32).map(|n| n as u8).collect();
        for (hash, whole) in [
            (Hash::Sha256, Sha256::digest(&message).to_vec()),
            (Hash::Sha384, Sha384::digest(&message).to_vec()),
            (Hash::Sha512, Sha512::digest(&message).to_vec()),
        ] {
            for size in [1, 7, 128, 999, 1000] {
                let mut hasher = Hasher::new(hash);
                message.chunks(size).for_each(|piece| hasher.update(piece));
                assert_eq!(hasher.finish(), whole, "{hash:?} {size}");
            }
        }
    }

    /// RFC 4231, test cases 2 and 6.
    #[test]
    fn hmac_sha256_of_short_and_long_keys() {
        let short = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        let expect = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex::encode(short), expect);
        let long = hmac_sha256(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
        let expect = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
        assert_eq!(hex::encode(long), expect);
    }
}
