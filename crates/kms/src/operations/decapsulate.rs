//! Decapsulate.

use waxseal_api::{
    operations::{Decapsulate, DecapsulateInput, DecapsulateOutput},
    trace::Role,
    types::KeyUsage,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for Decapsulate {
    const REQUIRED: &'static [&'static str] =
        &["EncapsulationAlgorithm", "KeyId", "SharedSecretCiphertextBlob"];
    const RECORDED: &'static [&'static str] = &["DryRun", "EncapsulationAlgorithm", "GrantTokens", "KeyId"];

    fn run(cx: &mut Cx<'_>, input: DecapsulateInput) -> Result<DecapsulateOutput, Error> {
        let ciphertext = input.shared_secret_ciphertext_blob.as_bytes();
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.bytes("sharedSecretCiphertextBlob", Some(ciphertext), 1..=6144);
        let algorithm = check.value("encapsulationAlgorithm", Some(&input.encapsulation_algorithm));
        check.grant_tokens(input.grant_tokens.as_deref());
        let algorithm = check.done_with(algorithm)?;
        let key = cx.find(&input.key_id)?;
        cx.present(input.grant_tokens);
        let key = cx.authorize(Action::Decapsulate, key)?;
        key.require_usage(KeyUsage::EncapsulateDecapsulate)?;
        key.require_algorithm(key.key().encapsulation_algorithms(), algorithm)?;
        let shared_secret = key.decapsulate(cx, algorithm.into(), ciphertext)?;
        unless_dry_run(input.dry_run)?;
        cx.give(Role::Plaintext, "SharedSecret", shared_secret.expose().len());
        Ok(DecapsulateOutput {
            key_id: key.key().arn.to_string(),
            shared_secret,
            encapsulation_algorithm: algorithm,
        })
    }
}
