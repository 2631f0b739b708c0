//! Sign.

use waxseal_api::{
    operations::{Sign, SignInput, SignOutput},
    trace::Role,
};

use super::{Rule, message::Signed};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for Sign {
    const REQUIRED: &'static [&'static str] = &["KeyId", "Message", "SigningAlgorithm"];
    const RECORDED: &'static [&'static str] =
        &["DryRun", "GrantTokens", "KeyId", "MessageType", "SigningAlgorithm"];
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("MessageType", "RAW")];

    fn run(cx: &mut Cx<'_>, input: SignInput) -> Result<SignOutput, Error> {
        let signed = Signed {
            key_id: &input.key_id,
            message: &input.message,
            message_type: input.message_type.as_ref(),
            signing_algorithm: &input.signing_algorithm,
            grant_tokens: input.grant_tokens,
        };
        let ready = signed.check(cx, Constraints::default(), Action::Sign)?;
        unless_dry_run(input.dry_run)?;
        let signature = ready.key.sign(cx, ready.algorithm, ready.message)?;
        cx.give(Role::Authenticated, "Signature", signature.as_bytes().len());
        Ok(SignOutput {
            key_id: ready.key.key().arn.to_string(),
            signature,
            signing_algorithm: ready.algorithm,
        })
    }
}
