//! Decrypt.

use waxseal_api::{
    operations::{Decrypt, DecryptInput, DecryptOutput},
    types::EncryptionContext,
};

use super::{
    Rule,
    source::{MemberNames, Source},
};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

const NAMES: MemberNames = MemberNames { key_id: "keyId", encryption_algorithm: "encryptionAlgorithm" };

impl Rule for Decrypt {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] =
        &["DryRun", "DryRunModifiers", "EncryptionAlgorithm", "EncryptionContext", "GrantTokens", "KeyId"];
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("EncryptionAlgorithm", "SYMMETRIC_DEFAULT")];

    fn context(input: &DecryptInput) -> Option<&EncryptionContext> {
        input.encryption_context.as_ref()
    }

    fn run(cx: &mut Cx<'_>, mut input: DecryptInput) -> Result<DecryptOutput, Error> {
        let context = input.encryption_context.take().unwrap_or_default();
        let grant_tokens = input.grant_tokens.take();
        let source = source(&input, context);
        let mut check = Constraints::default();
        source.constrain(&mut check, &NAMES);
        check.grant_tokens(grant_tokens.as_deref());
        check.done()?;
        if input.recipient.is_some() {
            return Err(Error::Unsupported("Recipient"));
        }
        cx.present(grant_tokens);
        let key = source.authorize(cx, Action::Decrypt)?;
        let encryption_algorithm = source.algorithm();
        let opened = source.open(cx, &key)?;
        unless_dry_run(input.dry_run)?;
        let opened = opened.ok_or(Error::InvalidCiphertext)?;
        cx.give(opened.content.plain_role(), "Plaintext", opened.plaintext.expose().len());
        Ok(DecryptOutput {
            key_id: key.key().arn.to_string(),
            plaintext: opened.plaintext,
            encryption_algorithm,
            key_material_id: opened.material_id.map(|id| id.to_string()),
        })
    }
}

fn source(input: &DecryptInput, encryption_context: EncryptionContext) -> Source<'_> {
    Source {
        ciphertext_blob: input.ciphertext_blob.as_ref(),
        key_id: input.key_id.as_deref(),
        encryption_context,
        encryption_algorithm: input.encryption_algorithm.as_ref(),
        dry_run: input.dry_run,
        dry_run_modifiers: input.dry_run_modifiers.as_deref(),
    }
}
