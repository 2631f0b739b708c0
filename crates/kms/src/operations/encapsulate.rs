//! Encapsulate.

use waxseal_api::{
    operations::{Encapsulate, EncapsulateInput, EncapsulateOutput},
    trace::Role,
    types::KeyUsage,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for Encapsulate {
    const REQUIRED: &'static [&'static str] = &["EncapsulationAlgorithm", "KeyId"];
    const RECORDED: &'static [&'static str] = &["DryRun", "EncapsulationAlgorithm", "GrantTokens", "KeyId"];

    fn run(cx: &mut Cx<'_>, input: EncapsulateInput) -> Result<EncapsulateOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        let algorithm = check.value("encapsulationAlgorithm", Some(&input.encapsulation_algorithm));
        check.grant_tokens(input.grant_tokens.as_deref());
        let algorithm = check.done_with(algorithm)?;
        let key = cx.find(&input.key_id)?;
        cx.present(input.grant_tokens);
        let key = cx.authorize(Action::Encapsulate, key)?;
        key.require_usage(KeyUsage::EncapsulateDecapsulate)?;
        key.require_algorithm(key.key().encapsulation_algorithms(), algorithm)?;
        unless_dry_run(input.dry_run)?;
        let (shared_secret, ciphertext) = key.encapsulate(cx, algorithm.into())?;
        cx.give(Role::Plaintext, "SharedSecret", shared_secret.expose().len());
        cx.give(Role::Ciphertext, "SharedSecretCiphertextBlob", ciphertext.as_bytes().len());
        Ok(EncapsulateOutput {
            key_id: key.key().arn.to_string(),
            shared_secret,
            shared_secret_ciphertext_blob: ciphertext,
            encapsulation_algorithm: algorithm,
        })
    }
}
