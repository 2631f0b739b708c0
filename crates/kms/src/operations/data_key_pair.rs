//! What the two operations that make data key pairs have in common.

use waxseal_api::{
    EnumValue,
    trace::Role,
    types::{DataKeyPairSpec, EncryptionContext, Origin},
};
use waxseal_crypto::{KeyMaterial, PublicKey, Spec};

use crate::{
    ciphertext::Content,
    constraints::Constraints,
    cx::{Action, Cx, Sealed, unless_dry_run},
    error::Error,
};

/// Members that both take, as an audit record may repeat them.
pub(super) const RECORDED: &[&str] = &["DryRun", "EncryptionContext", "GrantTokens", "KeyId", "KeyPairSpec"];

/// What is asked for.
pub(super) struct Wish<'i> {
    pub(super) key_id: &'i str,
    pub(super) key_pair_spec: &'i EnumValue<DataKeyPairSpec>,
    pub(super) encryption_context: EncryptionContext,
    pub(super) grant_tokens: Option<Vec<String>>,
    /// Whether an enclave is to get it.
    pub(super) recipient: bool,
    pub(super) dry_run: Option<bool>,
}

/// A data key pair: the private key in both its forms, PKCS#8 in DER when it is in the clear.
pub(super) struct KeyPair {
    pub(super) private: KeyMaterial,
    pub(super) sealed: Sealed,
    pub(super) public: PublicKey,
    pub(super) spec: DataKeyPairSpec,
    pub(super) key_arn: String,
}

impl Wish<'_> {
    /// Makes the key pair and encrypts its private key.
    pub(super) fn fulfil(self, cx: &mut Cx<'_>, action: Action) -> Result<KeyPair, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", self.key_id);
        let spec = check.value("keyPairSpec", Some(self.key_pair_spec));
        check.grant_tokens(self.grant_tokens.as_deref());
        let spec = check.done_with(spec)?;
        if self.recipient {
            return Err(Error::Unsupported("Recipient"));
        }
        let key = cx.find(self.key_id)?;
        cx.present(self.grant_tokens);
        let key = cx.authorize(action, key)?;
        key.require_symmetric()?;
        if !matches!(key.key().origin, Origin::AwsKms | Origin::External) {
            return Err(Error::Origin(key.key().arn.clone(), key.key().origin));
        }
        unless_dry_run(self.dry_run)?;
        let (private, public) = cx.key_pair(primitive(spec))?;
        let sealed = key.seal(cx, Content::DataKey, private.expose(), self.encryption_context)?;
        cx.give(Role::Plaintext, "PublicKey", public.der().len());
        cx.give(Role::EncryptedDataKey, "PrivateKeyCiphertextBlob", sealed.blob.as_bytes().len());
        Ok(KeyPair { private, sealed, public, spec, key_arn: key.key().arn.to_string() })
    }
}

fn primitive(spec: DataKeyPairSpec) -> Spec {
    match spec {
        DataKeyPairSpec::Rsa2048 => Spec::Rsa2048,
        DataKeyPairSpec::Rsa3072 => Spec::Rsa3072,
        DataKeyPairSpec::Rsa4096 => Spec::Rsa4096,
        DataKeyPairSpec::EccNistP256 => Spec::P256,
        DataKeyPairSpec::EccNistP384 => Spec::P384,
        DataKeyPairSpec::EccNistP521 => Spec::P521,
        DataKeyPairSpec::EccSecgP256k1 => Spec::Secp256k1,
        DataKeyPairSpec::Sm2 => Spec::Sm2,
        DataKeyPairSpec::EccNistEdwards25519 => Spec::Ed25519,
        DataKeyPairSpec::MlKem512 => Spec::MlKem512,
        DataKeyPairSpec::MlKem768 => Spec::MlKem768,
        DataKeyPairSpec::MlKem1024 => Spec::MlKem1024,
    }
}
