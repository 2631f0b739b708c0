//! Which kinds of keys there are, what each is for and which algorithms it has.
//!
//! Source: "Key spec reference" in the AWS KMS developer guide.

use strum::VariantArray;
use waxseal_api::types::{
    EncapsulationAlgorithm, EncryptionAlgorithm, KeyAgreementAlgorithm, KeySpec, KeyUsage, MacAlgorithm,
    SigningAlgorithm,
};
use waxseal_crypto::{Encryption, Hash, Signing, Spec};

use crate::state::KeyRecord;

/// What a key of a spec can be made for.
pub(crate) fn usages(spec: KeySpec) -> &'static [KeyUsage] {
    use KeyUsage::{EncapsulateDecapsulate, EncryptDecrypt, GenerateVerifyMac, KeyAgreement, SignVerify};
    match spec {
        KeySpec::SymmetricDefault => &[EncryptDecrypt],
        KeySpec::Rsa2048 | KeySpec::Rsa3072 | KeySpec::Rsa4096 => &[EncryptDecrypt, SignVerify],
        KeySpec::EccNistP256 | KeySpec::EccNistP384 | KeySpec::EccNistP521 => &[SignVerify, KeyAgreement],
        KeySpec::Sm2 => &[EncryptDecrypt, SignVerify, KeyAgreement],
        KeySpec::EccSecgP256k1
        | KeySpec::EccNistEdwards25519
        | KeySpec::MlDsa44
        | KeySpec::MlDsa65
        | KeySpec::MlDsa87 => &[SignVerify],
        KeySpec::MlKem512 | KeySpec::MlKem768 | KeySpec::MlKem1024 => &[EncapsulateDecapsulate],
        KeySpec::Hmac224 | KeySpec::Hmac256 | KeySpec::Hmac384 | KeySpec::Hmac512 => &[GenerateVerifyMac],
    }
}

/// A spec as the primitives know it.
pub(crate) fn spec(spec: KeySpec) -> Spec {
    match spec {
        KeySpec::SymmetricDefault => Spec::Aes256,
        KeySpec::Rsa2048 => Spec::Rsa2048,
        KeySpec::Rsa3072 => Spec::Rsa3072,
        KeySpec::Rsa4096 => Spec::Rsa4096,
        KeySpec::EccNistP256 => Spec::P256,
        KeySpec::EccNistP384 => Spec::P384,
        KeySpec::EccNistP521 => Spec::P521,
        KeySpec::EccSecgP256k1 => Spec::Secp256k1,
        KeySpec::EccNistEdwards25519 => Spec::Ed25519,
        KeySpec::Sm2 => Spec::Sm2,
        KeySpec::Hmac224 => Spec::Hmac224,
        KeySpec::Hmac256 => Spec::Hmac256,
        KeySpec::Hmac384 => Spec::Hmac384,
        KeySpec::Hmac512 => Spec::Hmac512,
        KeySpec::MlDsa44 => Spec::MlDsa44,
        KeySpec::MlDsa65 => Spec::MlDsa65,
        KeySpec::MlDsa87 => Spec::MlDsa87,
        KeySpec::MlKem512 => Spec::MlKem512,
        KeySpec::MlKem768 => Spec::MlKem768,
        KeySpec::MlKem1024 => Spec::MlKem1024,
    }
}

/// The spec of the service that a primitive's is.
pub(crate) fn key_spec(primitive: Spec) -> KeySpec {
    let found = KeySpec::VARIANTS.iter().copied().find(|it| spec(*it) == primitive);
    found.unwrap_or(KeySpec::SymmetricDefault)
}

/// An algorithm as the primitives know it; none for the one of symmetric keys.
pub(crate) fn encryption(algorithm: EncryptionAlgorithm) -> Option<Encryption> {
    match algorithm {
        EncryptionAlgorithm::SymmetricDefault => None,
        EncryptionAlgorithm::RsaesOaepSha1 => Some(Encryption::OaepSha1),
        EncryptionAlgorithm::RsaesOaepSha256 => Some(Encryption::OaepSha256),
        EncryptionAlgorithm::Sm2Pke => Some(Encryption::Sm2),
    }
}

/// An algorithm as the primitives know it.
pub(crate) fn signing(algorithm: SigningAlgorithm) -> Signing {
    match algorithm {
        SigningAlgorithm::RsassaPssSha256 => Signing::RsaPss(Hash::Sha256),
        SigningAlgorithm::RsassaPssSha384 => Signing::RsaPss(Hash::Sha384),
        SigningAlgorithm::RsassaPssSha512 => Signing::RsaPss(Hash::Sha512),
        SigningAlgorithm::RsassaPkcs1V15Sha256 => Signing::RsaPkcs1(Hash::Sha256),
        SigningAlgorithm::RsassaPkcs1V15Sha384 => Signing::RsaPkcs1(Hash::Sha384),
        SigningAlgorithm::RsassaPkcs1V15Sha512 => Signing::RsaPkcs1(Hash::Sha512),
        SigningAlgorithm::EcdsaSha256 => Signing::Ecdsa(Hash::Sha256),
        SigningAlgorithm::EcdsaSha384 => Signing::Ecdsa(Hash::Sha384),
        SigningAlgorithm::EcdsaSha512 => Signing::Ecdsa(Hash::Sha512),
        SigningAlgorithm::Sm2Dsa => Signing::Sm2,
        SigningAlgorithm::MlDsaShake256 => Signing::MlDsa,
        SigningAlgorithm::Ed25519Sha512 => Signing::Ed25519,
        SigningAlgorithm::Ed25519PhSha512 => Signing::Ed25519ph,
    }
}

/// The algorithms of one key, which are those of its spec for its usage.
impl KeyRecord {
    pub(crate) fn encryption_algorithms(&self) -> &'static [EncryptionAlgorithm] {
        use EncryptionAlgorithm::{RsaesOaepSha1, RsaesOaepSha256, Sm2Pke, SymmetricDefault};
        match (self.key_usage, self.key_spec) {
            (KeyUsage::EncryptDecrypt, KeySpec::SymmetricDefault) => &[SymmetricDefault],
            (KeyUsage::EncryptDecrypt, KeySpec::Sm2) => &[Sm2Pke],
            (KeyUsage::EncryptDecrypt, _) => &[RsaesOaepSha1, RsaesOaepSha256],
            _ => &[],
        }
    }

    pub(crate) fn signing_algorithms(&self) -> &'static [SigningAlgorithm] {
        use SigningAlgorithm::{
            EcdsaSha256, EcdsaSha384, EcdsaSha512, Ed25519PhSha512, Ed25519Sha512, MlDsaShake256,
            RsassaPkcs1V15Sha256, RsassaPkcs1V15Sha384, RsassaPkcs1V15Sha512, RsassaPssSha256,
            RsassaPssSha384, RsassaPssSha512, Sm2Dsa,
        };
        if self.key_usage != KeyUsage::SignVerify {
            return &[];
        }
        match self.key_spec {
            KeySpec::Rsa2048 | KeySpec::Rsa3072 | KeySpec::Rsa4096 => &[
                RsassaPkcs1V15Sha256,
                RsassaPkcs1V15Sha384,
                RsassaPkcs1V15Sha512,
                RsassaPssSha256,
                RsassaPssSha384,
                RsassaPssSha512,
            ],
            KeySpec::EccNistP256 | KeySpec::EccSecgP256k1 => &[EcdsaSha256],
            KeySpec::EccNistP384 => &[EcdsaSha384],
            KeySpec::EccNistP521 => &[EcdsaSha512],
            KeySpec::EccNistEdwards25519 => &[Ed25519Sha512, Ed25519PhSha512],
            KeySpec::Sm2 => &[Sm2Dsa],
            KeySpec::MlDsa44 | KeySpec::MlDsa65 | KeySpec::MlDsa87 => &[MlDsaShake256],
            _ => &[],
        }
    }

    pub(crate) fn mac_algorithms(&self) -> &'static [MacAlgorithm] {
        match self.key_spec {
            KeySpec::Hmac224 => &[MacAlgorithm::HmacSha224],
            KeySpec::Hmac256 => &[MacAlgorithm::HmacSha256],
            KeySpec::Hmac384 => &[MacAlgorithm::HmacSha384],
            KeySpec::Hmac512 => &[MacAlgorithm::HmacSha512],
            _ => &[],
        }
    }

    pub(crate) fn key_agreement_algorithms(&self) -> &'static [KeyAgreementAlgorithm] {
        if self.key_usage == KeyUsage::KeyAgreement { &[KeyAgreementAlgorithm::Ecdh] } else { &[] }
    }

    pub(crate) fn encapsulation_algorithms(&self) -> &'static [EncapsulationAlgorithm] {
        let encapsulates = self.key_usage == KeyUsage::EncapsulateDecapsulate;
        if encapsulates { &[EncapsulationAlgorithm::MlKem] } else { &[] }
    }
}

/// A list as a reply has it: absent when there is nothing in it.
pub(crate) fn list<A: Copy>(algorithms: &[A]) -> Option<Vec<A>> {
    (!algorithms.is_empty()).then(|| algorithms.to_vec())
}
