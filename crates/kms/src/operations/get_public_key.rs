//! GetPublicKey.

use waxseal_api::{
    operations::{GetPublicKey, GetPublicKeyInput, GetPublicKeyOutput},
    trace::Role,
};

use super::Rule;
use crate::{
    algorithms::list,
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for GetPublicKey {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["GrantTokens", "KeyId"];

    fn run(cx: &mut Cx<'_>, input: GetPublicKeyInput) -> Result<GetPublicKeyOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.grant_tokens(input.grant_tokens.as_deref());
        check.done()?;
        let key = cx.find(&input.key_id)?;
        cx.present(input.grant_tokens);
        let permit = cx.authorize(Action::GetPublicKey, key)?;
        let public_key = permit.public_key(cx)?;
        cx.give(Role::Plaintext, "PublicKey", public_key.der().len());
        let key = permit.key();
        Ok(GetPublicKeyOutput {
            key_id: key.arn.to_string(),
            public_key: public_key.der().into(),
            customer_master_key_spec: key.key_spec,
            key_spec: key.key_spec,
            key_usage: key.key_usage,
            encryption_algorithms: list(key.encryption_algorithms()),
            signing_algorithms: list(key.signing_algorithms()),
            key_agreement_algorithms: list(key.key_agreement_algorithms()),
            encapsulation_algorithms: list(key.encapsulation_algorithms()),
        })
    }
}
