//! What a key is.

/// The kinds of keys, by algorithm and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spec {
    /// AES with 256 bits.
    Aes256,
    /// HMAC with SHA-224: 28 bytes.
    Hmac224,
    /// HMAC with SHA-256: 32 bytes.
    Hmac256,
    /// HMAC with SHA-384: 48 bytes.
    Hmac384,
    /// HMAC with SHA-512: 64 bytes.
    Hmac512,
    /// RSA with a modulus of 2,048 bits.
    Rsa2048,
    /// RSA with a modulus of 3,072 bits.
    Rsa3072,
    /// RSA with a modulus of 4,096 bits.
    Rsa4096,
    /// The curve P-256 (FIPS 186-5), also secp256r1.
    P256,
    /// The curve P-384, also secp384r1.
    P384,
    /// The curve P-521, also secp521r1.
    P521,
    /// The curve secp256k1 (SEC 2).
    Secp256k1,
    /// The curve of Ed25519 (RFC 8032).
    Ed25519,
    /// The curve of SM2 (GB/T 32918).
    Sm2,
    /// ML-DSA-44 (FIPS 204).
    MlDsa44,
    /// ML-DSA-65.
    MlDsa65,
    /// ML-DSA-87.
    MlDsa87,
    /// ML-KEM-512 (FIPS 203).
    MlKem512,
    /// ML-KEM-768.
    MlKem768,
    /// ML-KEM-1024.
    MlKem1024,
}

impl Spec {
    /// Every one of them.
    pub const ALL: &[Self] = &[
        Self::Aes256,
        Self::Hmac224,
        Self::Hmac256,
        Self::Hmac384,
        Self::Hmac512,
        Self::Rsa2048,
        Self::Rsa3072,
        Self::Rsa4096,
        Self::P256,
        Self::P384,
        Self::P521,
        Self::Secp256k1,
        Self::Ed25519,
        Self::Sm2,
        Self::MlDsa44,
        Self::MlDsa65,
        Self::MlDsa87,
        Self::MlKem512,
        Self::MlKem768,
        Self::MlKem1024,
    ];

    /// The length in bytes of a key that is nothing but random bytes; none for key pairs.
    pub fn symmetric_length(self) -> Option<usize> {
        match self {
            Self::Aes256 | Self::Hmac256 => Some(32),
            Self::Hmac224 => Some(28),
            Self::Hmac384 => Some(48),
            Self::Hmac512 => Some(64),
            _ => None,
        }
    }

    /// The length in bits of the modulus of an RSA key.
    pub fn modulus_bits(self) -> Option<u16> {
        match self {
            Self::Rsa2048 => Some(2048),
            Self::Rsa3072 => Some(3072),
            Self::Rsa4096 => Some(4096),
            _ => None,
        }
    }
}
