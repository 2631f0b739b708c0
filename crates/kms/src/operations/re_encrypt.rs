//! ReEncrypt.

use waxseal_api::{
    operations::{ReEncrypt, ReEncryptInput, ReEncryptOutput},
    types::{EncryptionAlgorithm, EncryptionContext, KeyUsage},
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
        let algorithm = check(&input, &source, grant_tokens.as_deref())?;
        cx.present(grant_tokens);
        let from = source.authorize(cx, Action::ReEncryptFrom)?;
        let to = cx.find(&input.destination_key_id)?;
        cx.bind(new_context.clone());
        let to = cx.authorize(Action::ReEncryptTo, to)?;
        to.require_usage(KeyUsage::EncryptDecrypt)?;
        to.require_algorithm(to.key().encryption_algorithms(), algorithm)?;
        let source_encryption_algorithm = source.algorithm();
        let opened = source.open(cx, &from)?;
        let length = opened.as_ref().map_or(0, |opened| opened.plaintext.expose().len());
        to.require_fit(algorithm, length, &new_context)?;
        unless_dry_run(input.dry_run)?;
        let opened = opened.ok_or(Error::InvalidCiphertext)?;
        let sealed = to.encrypt(cx, algorithm, opened.content, opened.plaintext.expose(), new_context)?;
        cx.give(opened.content.sealed_role(), "CiphertextBlob", sealed.blob.as_bytes().len());
        Ok(ReEncryptOutput {
            ciphertext_blob: sealed.blob,
            source_key_id: from.key().arn.to_string(),
            key_id: to.key().arn.to_string(),
            source_encryption_algorithm,
            destination_encryption_algorithm: algorithm,
            source_key_material_id: opened.material_id.map(|id| id.to_string()),
            destination_key_material_id: sealed.material_id.map(|id| id.to_string()),
        })
    }
}

/// The constraints; the algorithm to encrypt with.
fn check(
    input: &ReEncryptInput,
    source: &Source<'_>,
    grant_tokens: Option<&[String]>,
) -> Result<EncryptionAlgorithm, Error> {
    let mut check = Constraints::default();
    source.constrain(&mut check, &NAMES);
    check.key_id("destinationKeyId", &input.destination_key_id);
    let algorithm =
        check.value("destinationEncryptionAlgorithm", input.destination_encryption_algorithm.as_ref());
    check.grant_tokens(grant_tokens);
    check.done()?;
    Ok(algorithm.unwrap_or(EncryptionAlgorithm::SymmetricDefault))
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
