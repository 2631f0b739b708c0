//! Encrypt.

use waxseal_api::{
    operations::{Encrypt, EncryptInput, EncryptOutput},
    trace::Role,
    types::{EncryptionAlgorithm, EncryptionContext, KeyUsage},
};

use super::Rule;
use crate::{
    ciphertext::Content,
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for Encrypt {
    const REQUIRED: &'static [&'static str] = &["KeyId", "Plaintext"];
    const RECORDED: &'static [&'static str] =
        &["DryRun", "EncryptionAlgorithm", "EncryptionContext", "GrantTokens", "KeyId"];
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("EncryptionAlgorithm", "SYMMETRIC_DEFAULT")];

    fn context(input: &EncryptInput) -> Option<&EncryptionContext> {
        input.encryption_context.as_ref()
    }

    fn run(cx: &mut Cx<'_>, input: EncryptInput) -> Result<EncryptOutput, Error> {
        let algorithm = check(&input)?;
        let key = cx.find(&input.key_id)?;
        cx.present(input.grant_tokens);
        let key = cx.authorize(Action::Encrypt, key)?;
        key.require_usage(KeyUsage::EncryptDecrypt)?;
        key.require_algorithm(key.key().encryption_algorithms(), algorithm)?;
        let plaintext = input.plaintext;
        let context = input.encryption_context.unwrap_or_default();
        key.require_fit(algorithm, plaintext.expose().len(), &context)?;
        unless_dry_run(input.dry_run)?;
        let sealed = key.encrypt(cx, algorithm, Content::Bytes, plaintext.expose(), context)?;
        cx.give(Role::Ciphertext, "CiphertextBlob", sealed.blob.as_bytes().len());
        Ok(EncryptOutput {
            ciphertext_blob: sealed.blob,
            key_id: key.key().arn.to_string(),
            encryption_algorithm: algorithm,
        })
    }
}

/// The constraints; the algorithm.
fn check(input: &EncryptInput) -> Result<EncryptionAlgorithm, Error> {
    let mut check = Constraints::default();
    check.key_id("keyId", &input.key_id);
    check.bytes("plaintext", Some(input.plaintext.expose()), 1..=4096);
    let algorithm = check.value("encryptionAlgorithm", input.encryption_algorithm.as_ref());
    check.grant_tokens(input.grant_tokens.as_deref());
    check.done()?;
    Ok(algorithm.unwrap_or(EncryptionAlgorithm::SymmetricDefault))
}
