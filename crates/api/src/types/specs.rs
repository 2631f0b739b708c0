//! What keys are, and what they are for.

use super::wire_enum;

wire_enum! {
    /// What a key's material is, and so what it can do.
    KeySpec {
        /// An RSA key pair of 2,048 bits.
        Rsa2048 = "RSA_2048",
        /// An RSA key pair of 3,072 bits.
        Rsa3072 = "RSA_3072",
        /// An RSA key pair of 4,096 bits.
        Rsa4096 = "RSA_4096",
        /// A key pair on the curve NIST P-256.
        EccNistP256 = "ECC_NIST_P256",
        /// A key pair on the curve NIST P-384.
        EccNistP384 = "ECC_NIST_P384",
        /// A key pair on the curve NIST P-521.
        EccNistP521 = "ECC_NIST_P521",
        /// A key pair on the curve secp256k1.
        EccSecgP256k1 = "ECC_SECG_P256K1",
        /// A 256-bit AES-GCM key that never leaves the service.
        SymmetricDefault = "SYMMETRIC_DEFAULT",
        /// An HMAC key of 224 bits.
        Hmac224 = "HMAC_224",
        /// An HMAC key of 256 bits.
        Hmac256 = "HMAC_256",
        /// An HMAC key of 384 bits.
        Hmac384 = "HMAC_384",
        /// An HMAC key of 512 bits.
        Hmac512 = "HMAC_512",
        /// A key pair on the curve SM2.
        Sm2 = "SM2",
        /// An ML-DSA-44 key pair (FIPS 204).
        MlDsa44 = "ML_DSA_44",
        /// An ML-DSA-65 key pair (FIPS 204).
        MlDsa65 = "ML_DSA_65",
        /// An ML-DSA-87 key pair (FIPS 204).
        MlDsa87 = "ML_DSA_87",
        /// An Ed25519 key pair.
        EccNistEdwards25519 = "ECC_NIST_EDWARDS25519",
        /// An ML-KEM-512 key pair (FIPS 203).
        MlKem512 = "ML_KEM_512",
        /// An ML-KEM-768 key pair (FIPS 203).
        MlKem768 = "ML_KEM_768",
        /// An ML-KEM-1024 key pair (FIPS 203).
        MlKem1024 = "ML_KEM_1024",
    }
}

wire_enum! {
    /// What [`KeySpec`] was before it got its name. It has no newer values.
    CustomerMasterKeySpec {
        /// An RSA key pair of 2,048 bits.
        Rsa2048 = "RSA_2048",
        /// An RSA key pair of 3,072 bits.
        Rsa3072 = "RSA_3072",
        /// An RSA key pair of 4,096 bits.
        Rsa4096 = "RSA_4096",
        /// A key pair on the curve NIST P-256.
        EccNistP256 = "ECC_NIST_P256",
        /// A key pair on the curve NIST P-384.
        EccNistP384 = "ECC_NIST_P384",
        /// A key pair on the curve NIST P-521.
        EccNistP521 = "ECC_NIST_P521",
        /// A key pair on the curve secp256k1.
        EccSecgP256k1 = "ECC_SECG_P256K1",
        /// A 256-bit AES-GCM key that never leaves the service.
        SymmetricDefault = "SYMMETRIC_DEFAULT",
        /// An HMAC key of 224 bits.
        Hmac224 = "HMAC_224",
        /// An HMAC key of 256 bits.
        Hmac256 = "HMAC_256",
        /// An HMAC key of 384 bits.
        Hmac384 = "HMAC_384",
        /// An HMAC key of 512 bits.
        Hmac512 = "HMAC_512",
        /// A key pair on the curve SM2.
        Sm2 = "SM2",
    }
}

wire_enum! {
    /// The one thing a key is for; fixed when it is made.
    KeyUsage {
        /// Sign and verify.
        SignVerify = "SIGN_VERIFY",
        /// Encrypt and decrypt; with a symmetric key, also make data keys.
        EncryptDecrypt = "ENCRYPT_DECRYPT",
        /// Compute and verify message authentication codes.
        GenerateVerifyMac = "GENERATE_VERIFY_MAC",
        /// Agree on a secret with another key pair.
        KeyAgreement = "KEY_AGREEMENT",
        /// Make and recover shared secrets.
        EncapsulateDecapsulate = "ENCAPSULATE_DECAPSULATE",
    }
}

wire_enum! {
    /// How long a data key is.
    DataKeySpec {
        /// 32 bytes.
        Aes256 = "AES_256",
        /// 16 bytes.
        Aes128 = "AES_128",
    }
}

impl DataKeySpec {
    /// Its length in bytes.
    pub fn len(self) -> usize {
        match self {
            Self::Aes256 => 32,
            Self::Aes128 => 16,
        }
    }

    /// Never: a data key has a length.
    pub fn is_empty(self) -> bool {
        false
    }
}

wire_enum! {
    /// What a data key pair is.
    DataKeyPairSpec {
        /// An RSA key pair of 2,048 bits.
        Rsa2048 = "RSA_2048",
        /// An RSA key pair of 3,072 bits.
        Rsa3072 = "RSA_3072",
        /// An RSA key pair of 4,096 bits.
        Rsa4096 = "RSA_4096",
        /// A key pair on the curve NIST P-256.
        EccNistP256 = "ECC_NIST_P256",
        /// A key pair on the curve NIST P-384.
        EccNistP384 = "ECC_NIST_P384",
        /// A key pair on the curve NIST P-521.
        EccNistP521 = "ECC_NIST_P521",
        /// A key pair on the curve secp256k1.
        EccSecgP256k1 = "ECC_SECG_P256K1",
        /// A key pair on the curve SM2.
        Sm2 = "SM2",
        /// An Ed25519 key pair.
        EccNistEdwards25519 = "ECC_NIST_EDWARDS25519",
        /// An ML-KEM-512 key pair (FIPS 203).
        MlKem512 = "ML_KEM_512",
        /// An ML-KEM-768 key pair (FIPS 203).
        MlKem768 = "ML_KEM_768",
        /// An ML-KEM-1024 key pair (FIPS 203).
        MlKem1024 = "ML_KEM_1024",
    }
}

wire_enum! {
    /// What a key is allowed to do at this moment.
    KeyState {
        /// Being made (multi-Region replicas).
        Creating = "Creating",
        /// Ready for use.
        Enabled = "Enabled",
        /// Kept, but refused to everyone.
        Disabled = "Disabled",
        /// Waiting for its deletion date; can still be rescued.
        PendingDeletion = "PendingDeletion",
        /// Waiting for its material to be imported.
        PendingImport = "PendingImport",
        /// Waiting for its replicas to be deleted first.
        PendingReplicaDeletion = "PendingReplicaDeletion",
        /// Its custom key store cannot be reached.
        Unavailable = "Unavailable",
        /// Its primary Region is being changed.
        Updating = "Updating",
    }
}

wire_enum! {
    /// Where a key's material came from.
    Origin {
        /// Made by the service.
        AwsKms = "AWS_KMS",
        /// Imported by its owner.
        External = "EXTERNAL",
        /// Made in an AWS CloudHSM cluster.
        AwsCloudHsm = "AWS_CLOUDHSM",
        /// Kept in a key manager outside AWS.
        ExternalKeyStore = "EXTERNAL_KEY_STORE",
    }
}

wire_enum! {
    /// Who looks after a key.
    KeyManager {
        /// An AWS service, for its customer.
        Aws = "AWS",
        /// The customer.
        Customer = "CUSTOMER",
    }
}

wire_enum! {
    /// Which of the related multi-Region keys a key is.
    MultiRegionKeyType {
        /// The one that is replicated, and that rotates for all.
        Primary = "PRIMARY",
        /// A copy of its material in another Region.
        Replica = "REPLICA",
    }
}

wire_enum! {
    /// Whose keys to list.
    ResourceOwner {
        /// The caller's.
        Own = "SELF",
        /// Those that others share through AWS RAM.
        OtherAccountsViaRam = "OTHER_ACCOUNTS_VIA_RAM",
    }
}

wire_enum! {
    /// How a dry run differs from the real call.
    DryRunModifier {
        /// Check without a ciphertext.
        IgnoreCiphertext = "IGNORE_CIPHERTEXT",
    }
}

wire_enum! {
    /// An operation that counts as a use of a key.
    TrackedOperation {
        /// Decrypt.
        Decrypt = "Decrypt",
        /// DeriveSharedSecret.
        DeriveSharedSecret = "DeriveSharedSecret",
        /// Encrypt.
        Encrypt = "Encrypt",
        /// GenerateDataKey.
        GenerateDataKey = "GenerateDataKey",
        /// GenerateDataKeyPair.
        GenerateDataKeyPair = "GenerateDataKeyPair",
        /// GenerateDataKeyPairWithoutPlaintext.
        GenerateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext",
        /// GenerateDataKeyWithoutPlaintext.
        GenerateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext",
        /// GenerateMac.
        GenerateMac = "GenerateMac",
        /// ReEncrypt.
        ReEncrypt = "ReEncrypt",
        /// Sign.
        Sign = "Sign",
        /// Verify.
        Verify = "Verify",
        /// VerifyMac.
        VerifyMac = "VerifyMac",
        /// Encapsulate.
        Encapsulate = "Encapsulate",
        /// Decapsulate.
        Decapsulate = "Decapsulate",
    }
}
