//! GenerateMac.

use waxseal_api::{
    operations::{GenerateMac, GenerateMacInput, GenerateMacOutput},
    trace::Role,
    types::KeyUsage,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
};

impl Rule for GenerateMac {
    const REQUIRED: &'static [&'static str] = &["KeyId", "MacAlgorithm", "Message"];
    const RECORDED: &'static [&'static str] = &["DryRun", "GrantTokens", "KeyId", "MacAlgorithm"];

    fn run(cx: &mut Cx<'_>, input: GenerateMacInput) -> Result<GenerateMacOutput, Error> {
        let mut check = Constraints::default();
        check.bytes("message", Some(input.message.expose()), 1..=4096);
        check.key_id("keyId", &input.key_id);
        let algorithm = check.value("macAlgorithm", Some(&input.mac_algorithm));
        check.grant_tokens(input.grant_tokens.as_deref());
        let algorithm = check.done_with(algorithm)?;
        let key = cx.find(&input.key_id)?;
        cx.present(input.grant_tokens);
        let key = cx.authorize(Action::GenerateMac, key)?;
        key.require_usage(KeyUsage::GenerateVerifyMac)?;
        key.require_algorithm(key.key().mac_algorithms(), algorithm)?;
        unless_dry_run(input.dry_run)?;
        let mac = key.mac(cx, algorithm, input.message.expose())?;
        cx.give(Role::Authenticated, "Mac", mac.as_bytes().len());
        Ok(GenerateMacOutput { mac, mac_algorithm: algorithm, key_id: key.key().arn.to_string() })
    }
}
