//! Verify.

use waxseal_api::operations::{Verify, VerifyInput, VerifyOutput};

use super::{Rule, message::Signed};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for Verify {
    const REQUIRED: &'static [&'static str] = &["KeyId", "Message", "Signature", "SigningAlgorithm"];
    const RECORDED: &'static [&'static str] =
        &["DryRun", "GrantTokens", "KeyId", "MessageType", "SigningAlgorithm"];
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("MessageType", "RAW")];

    fn run(cx: &mut Cx<'_>, input: VerifyInput) -> Result<VerifyOutput, Error> {
        let mut check = Constraints::default();
        check.bytes("signature", Some(input.signature.as_bytes()), 1..=6144);
        let signed = Signed {
            key_id: &input.key_id,
            message: &input.message,
            message_type: input.message_type.as_ref(),
            signing_algorithm: &input.signing_algorithm,
            grant_tokens: input.grant_tokens,
        };
        let ready = signed.check(cx, check, Action::Verify)?;
        ready.key.verify(cx, ready.algorithm, ready.message, input.signature.as_bytes())?;
        unless_dry_run(input.dry_run)?;
        Ok(VerifyOutput {
            key_id: ready.key.key().arn.to_string(),
            signature_valid: true,
            signing_algorithm: ready.algorithm,
        })
    }
}
