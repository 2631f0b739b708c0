//! The algorithms of the service.

use super::wire_enum;

wire_enum! {
    /// How a plaintext becomes a ciphertext.
    EncryptionAlgorithm {
        /// AES-256-GCM under a symmetric KMS key.
        SymmetricDefault = "SYMMETRIC_DEFAULT",
        /// RSAES-OAEP with SHA-1 and MGF1 (RFC 8017).
        RsaesOaepSha1 = "RSAES_OAEP_SHA_1",
        /// RSAES-OAEP with SHA-256 and MGF1 (RFC 8017).
        RsaesOaepSha256 = "RSAES_OAEP_SHA_256",
        /// SM2 public key encryption (GM/T 0003.4).
        Sm2Pke = "SM2PKE",
    }
}

wire_enum! {
    /// How a message is signed.
    SigningAlgorithm {
        /// RSASSA-PSS with SHA-256; the salt is as long as the hash (RFC 8017).
        RsassaPssSha256 = "RSASSA_PSS_SHA_256",
        /// RSASSA-PSS with SHA-384; the salt is as long as the hash (RFC 8017).
        RsassaPssSha384 = "RSASSA_PSS_SHA_384",
        /// RSASSA-PSS with SHA-512; the salt is as long as the hash (RFC 8017).
        RsassaPssSha512 = "RSASSA_PSS_SHA_512",
        /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017).
        RsassaPkcs1V15Sha256 = "RSASSA_PKCS1_V1_5_SHA_256",
        /// RSASSA-PKCS1-v1_5 with SHA-384 (RFC 8017).
        RsassaPkcs1V15Sha384 = "RSASSA_PKCS1_V1_5_SHA_384",
        /// RSASSA-PKCS1-v1_5 with SHA-512 (RFC 8017).
        RsassaPkcs1V15Sha512 = "RSASSA_PKCS1_V1_5_SHA_512",
        /// ECDSA with SHA-256 (FIPS 186-5).
        EcdsaSha256 = "ECDSA_SHA_256",
        /// ECDSA with SHA-384 (FIPS 186-5).
        EcdsaSha384 = "ECDSA_SHA_384",
        /// ECDSA with SHA-512 (FIPS 186-5).
        EcdsaSha512 = "ECDSA_SHA_512",
        /// SM2 signatures with SM3 (GM/T 0003.2).
        Sm2Dsa = "SM2DSA",
        /// ML-DSA (FIPS 204).
        MlDsaShake256 = "ML_DSA_SHAKE_256",
        /// Ed25519 over the message (RFC 8032).
        Ed25519Sha512 = "ED25519_SHA_512",
        /// Ed25519ph over the SHA-512 of the message (RFC 8032).
        Ed25519PhSha512 = "ED25519_PH_SHA_512",
    }
}

wire_enum! {
    /// How a message authentication code is computed.
    MacAlgorithm {
        /// HMAC with SHA-224 (RFC 2104).
        HmacSha224 = "HMAC_SHA_224",
        /// HMAC with SHA-256 (RFC 2104).
        HmacSha256 = "HMAC_SHA_256",
        /// HMAC with SHA-384 (RFC 2104).
        HmacSha384 = "HMAC_SHA_384",
        /// HMAC with SHA-512 (RFC 2104).
        HmacSha512 = "HMAC_SHA_512",
    }
}

wire_enum! {
    /// How two sides agree on a secret.
    KeyAgreementAlgorithm {
        /// Elliptic curve Diffie-Hellman (SP 800-56A).
        Ecdh = "ECDH",
    }
}

wire_enum! {
    /// How a secret is made for the holder of a private key.
    EncapsulationAlgorithm {
        /// ML-KEM (FIPS 203).
        MlKem = "ML_KEM",
    }
}

wire_enum! {
    /// What is given to be signed.
    MessageType {
        /// The message itself.
        Raw = "RAW",
        /// Its digest, by the hash of the signing algorithm.
        Digest = "DIGEST",
        /// The 64-byte representative of an ML-DSA message (FIPS 204, section 6.2).
        ExternalMu = "EXTERNAL_MU",
    }
}

wire_enum! {
    /// How key material is wrapped to be imported.
    WrappingAlgorithm {
        /// RSAES-PKCS1-v1_5; no longer accepted.
        RsaesPkcs1V15 = "RSAES_PKCS1_V1_5",
        /// RSAES-OAEP with SHA-1.
        RsaesOaepSha1 = "RSAES_OAEP_SHA_1",
        /// RSAES-OAEP with SHA-256.
        RsaesOaepSha256 = "RSAES_OAEP_SHA_256",
        /// An AES-256 key under RSAES-OAEP with SHA-1, then the material under AES-KWP (RFC 5649).
        RsaAesKeyWrapSha1 = "RSA_AES_KEY_WRAP_SHA_1",
        /// An AES-256 key under RSAES-OAEP with SHA-256, then the material under AES-KWP (RFC 5649).
        RsaAesKeyWrapSha256 = "RSA_AES_KEY_WRAP_SHA_256",
        /// SM2 public key encryption.
        Sm2Pke = "SM2PKE",
    }
}

wire_enum! {
    /// What the wrapping key is.
    WrappingKeySpec {
        /// An RSA key pair of 2,048 bits.
        Rsa2048 = "RSA_2048",
        /// An RSA key pair of 3,072 bits.
        Rsa3072 = "RSA_3072",
        /// An RSA key pair of 4,096 bits.
        Rsa4096 = "RSA_4096",
        /// A key pair on the curve SM2.
        Sm2 = "SM2",
    }
}

wire_enum! {
    /// How a result is encrypted for an enclave.
    KeyEncryptionMechanism {
        /// RSAES-OAEP with SHA-256.
        RsaesOaepSha256 = "RSAES_OAEP_SHA_256",
    }
}
