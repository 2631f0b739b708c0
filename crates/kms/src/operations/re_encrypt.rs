//! ReEncrypt.

use waxseal_api::{
    operations::{ReEncrypt, ReEncryptInput, ReEncryptOutput},
    types::{EncryptionAlgorithm, EncryptionContext},
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

const NAMES: MemberNames =
    MemberNames { key_id: "sourceKeyId", encryption_algorithm: "sourceEncryptionAlgorithm" };

impl Rule for ReEncrypt {
    const REQUIRED: &'static [&'static str] = &["DestinationKeyId"];
    const RECORDED: &'static [&'static str] = &[
        "DestinationEncryptionAlgorithm",
        "DestinationEncryptionContext",
        "DestinationKeyId",
        "DryRun",
        "DryRunModifiers",
        "GrantTokens",
        "SourceEncryptionAlgorithm",
        "SourceEncryptionContext",
        "SourceKeyId",
    ];
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[
        ("SourceEncryptionAlgorithm", "SYMMETRIC_DEFAULT"),
        ("DestinationEncryptionAlgorithm", "SYMMETRIC_DEFAULT"),
    ];

    fn context(input: &ReEncryptInput) -> Option<&EncryptionContext> {
        input.source_encryption_context.as_ref()
    }

    fn run(cx: &mut Cx<'_>, mut input: ReEncryptInput) -> Result<ReEncryptOutput, Error> {
        let context = input.source_encryption_context.take().unwrap_or_default();
        let new_context = input.destination_encryption_context.take().unwrap_or_default();
        let grant_tokens = input.grant_tokens.take();
        let source = source(&input, context);
        check(&input, &source, grant_tokens.as_deref())?;
        cx.present(grant_tokens);
        let from = source.authorize(cx, Action::ReEncryptFrom)?;
        let to = cx.find(&input.destination_key_id)?;
        cx.bind(new_context.clone());
        let to = cx.authorize(Action::ReEncryptTo, to)?;
        let opened = source.open(cx, &from)?;
        unless_dry_run(input.dry_run)?;
        let opened = opened.ok_or(Error::InvalidCiphertext)?;
        let sealed = to.seal(cx, opened.content, opened.plaintext.expose(), new_context)?;
        cx.give(opened.content.sealed_role(), "CiphertextBlob", sealed.blob.as_bytes().len());
        Ok(ReEncryptOutput {
            ciphertext_blob: sealed.blob,
            source_key_id: from.key().arn.to_string(),
            key_id: to.key().arn.to_string(),
            source_encryption_algorithm: EncryptionAlgorithm::SymmetricDefault,
            destination_encryption_algorithm: EncryptionAlgorithm::SymmetricDefault,
            source_key_material_id: Some(opened.material_id.to_string()),
            destination_key_material_id: Some(sealed.material_id.to_string()),
        })
    }
}

fn check(input: &ReEncryptInput, source: &Source<'_>, grant_tokens: Option<&[String]>) -> Result<(), Error> {
    let mut check = Constraints::default();
    source.constrain(&mut check, &NAMES);
    check.key_id("destinationKeyId", &input.destination_key_id);
    check.value("destinationEncryptionAlgorithm", input.destination_encryption_algorithm.as_ref());
    check.grant_tokens(grant_tokens);
    check.done()
}

fn source(input: &ReEncryptInput, encryption_context: EncryptionContext) -> Source<'_> {
    Source {
        ciphertext_blob: input.ciphertext_blob.as_ref(),
        key_id: input.source_key_id.as_deref(),
        encryption_context,
        encryption_algorithm: input.source_encryption_algorithm.as_ref(),
        dry_run: input.dry_run,
        dry_run_modifiers: input.dry_run_modifiers.as_deref(),
    }
}
