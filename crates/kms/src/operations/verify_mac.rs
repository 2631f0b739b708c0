//! VerifyMac.

use waxseal_api::{
    operations::{VerifyMac, VerifyMacInput, VerifyMacOutput},
    types::KeyUsage,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for VerifyMac {
    const REQUIRED: &'static [&'static str] = &["KeyId", "Mac", "MacAlgorithm", "Message"];
    const RECORDED: &'static [&'static str] = &["DryRun", "GrantTokens", "KeyId", "MacAlgorithm"];

    fn run(cx: &mut Cx<'_>, input: VerifyMacInput) -> Result<VerifyMacOutput, Error> {
        let mut check = Constraints::default();
        check.bytes("message", Some(input.message.expose()), 1..=4096);
        check.key_id("keyId", &input.key_id);
        let algorithm = check.value("macAlgorithm", Some(&input.mac_algorithm));
        check.bytes("mac", Some(input.mac.as_bytes()), 1..=6144);
        check.grant_tokens(input.grant_tokens.as_deref());
        let algorithm = check.done_with(algorithm)?;
        let key = cx.find(&input.key_id)?;
        cx.present(input.grant_tokens);
        let key = cx.authorize(Action::VerifyMac, key)?;
        key.require_usage(KeyUsage::GenerateVerifyMac)?;
        key.require_algorithm(key.key().mac_algorithms(), algorithm)?;
        key.verify_mac(cx, algorithm, input.message.expose(), input.mac.as_bytes())?;
        unless_dry_run(input.dry_run)?;
        Ok(VerifyMacOutput { key_id: key.key().arn.to_string(), mac_valid: true, mac_algorithm: algorithm })
    }
}
