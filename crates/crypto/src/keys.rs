//! Keys by role. The bytes live on the heap, so that moving a key leaves no copy behind.

use std::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// A key of a length that its role does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key of {0} bytes does not fit here")]
pub struct WrongLength(pub usize);

/// A key that AES can be run with.
pub trait AesKey {
    /// 16, 24 or 32 bytes.
    fn aes_key(&self) -> &[u8];
}

pub(crate) type KeyBytes = Zeroizing<Vec<u8>>;

/// A key for one message: 1 to 1,024 bytes, 32 for a file.
pub struct DataKey(KeyBytes);

/// An AES key of 16, 24 or 32 bytes that wraps data keys without a KMS.
pub struct WrappingKey(KeyBytes);

/// The key that encrypts the content of one message: 16, 24 or 32 bytes, derived from its data key.
pub struct ContentKey(KeyBytes);

impl DataKey {
    /// A new data key of so many bytes.
    pub fn generate(rng: &mut dyn CryptoRng, length: usize) -> Self {
        Self(random(rng, length))
    }

    /// A data key that came from elsewhere.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl WrappingKey {
    /// A wrapping key that came from elsewhere.
    ///
    /// # Errors
    /// When it is not 16, 24 or 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WrongLength> {
        for_aes(Zeroizing::new(bytes.to_vec())).map(Self)
    }
}

impl ContentKey {
    /// A content key that was derived elsewhere.
    ///
    /// # Errors
    /// When it is not 16, 24 or 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WrongLength> {
        Self::derived(Zeroizing::new(bytes.to_vec()))
    }

    pub(crate) fn derived(bytes: KeyBytes) -> Result<Self, WrongLength> {
        for_aes(bytes).map(Self)
    }
}

impl TryFrom<DataKey> for ContentKey {
    type Error = WrongLength;

    /// The data key itself.
    fn try_from(key: DataKey) -> Result<Self, WrongLength> {
        Self::derived(key.0)
    }
}

pub(crate) fn random(rng: &mut dyn CryptoRng, length: usize) -> KeyBytes {
    let mut bytes = Zeroizing::new(vec![0; length]);
    rng.fill_bytes(&mut bytes);
    bytes
}

fn for_aes(bytes: KeyBytes) -> Result<KeyBytes, WrongLength> {
    if [16, 24, 32].contains(&bytes.len()) { Ok(bytes) } else { Err(WrongLength(bytes.len())) }
}

/// What every key has: its bytes on request, and a print that does not show them.
macro_rules! key {
    ($($name:ident),+) => {$(
        impl $name {
            /// The bytes, in the clear.
            pub fn expose(&self) -> &[u8] {
                &self.0
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([REDACTED])"))
            }
        }
    )+};
}
key!(DataKey, WrappingKey, ContentKey);

impl AesKey for WrappingKey {
    fn aes_key(&self) -> &[u8] {
        &self.0
    }
}

impl AesKey for ContentKey {
    fn aes_key(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lengths_of_the_role() {
        for length in 0..80 {
            let bytes = vec![1; length];
            let fits = [16, 24, 32].contains(&length);
            assert_eq!(ContentKey::from_bytes(&bytes).is_ok(), fits);
            assert_eq!(ContentKey::try_from(DataKey::new(bytes.clone())).is_ok(), fits);
            assert_eq!(WrappingKey::from_bytes(&bytes).is_ok(), fits);
        }
    }
}
