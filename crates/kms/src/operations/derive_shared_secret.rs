//! DeriveSharedSecret.

use waxseal_api::{
    operations::{DeriveSharedSecret, DeriveSharedSecretInput, DeriveSharedSecretOutput},
    trace::Role,
    types::KeyUsage,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for DeriveSharedSecret {
    const REQUIRED: &'static [&'static str] = &["KeyAgreementAlgorithm", "KeyId", "PublicKey"];
    const RECORDED: &'static [&'static str] = &["DryRun", "GrantTokens", "KeyAgreementAlgorithm", "KeyId"];

    fn run(cx: &mut Cx<'_>, input: DeriveSharedSecretInput) -> Result<DeriveSharedSecretOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        let algorithm = check.value("keyAgreementAlgorithm", Some(&input.key_agreement_algorithm));
        check.bytes("publicKey", Some(input.public_key.as_bytes()), 1..=8192);
        check.grant_tokens(input.grant_tokens.as_deref());
        let algorithm = check.done_with(algorithm)?;
        if input.recipient.is_some() {
            return Err(Error::Unsupported("Recipient"));
        }
        let key = cx.find(&input.key_id)?;
        cx.present(input.grant_tokens);
        let key = cx.authorize(Action::DeriveSharedSecret, key)?;
        key.require_usage(KeyUsage::KeyAgreement)?;
        key.require_algorithm(key.key().key_agreement_algorithms(), algorithm)?;
        let shared_secret = key.agree(cx, algorithm.into(), input.public_key.as_bytes())?;
        unless_dry_run(input.dry_run)?;
        cx.give(Role::Plaintext, "SharedSecret", shared_secret.expose().len());
        Ok(DeriveSharedSecretOutput {
            key_id: key.key().arn.to_string(),
            shared_secret,
            key_agreement_algorithm: algorithm,
            key_origin: key.key().origin,
        })
    }
}
