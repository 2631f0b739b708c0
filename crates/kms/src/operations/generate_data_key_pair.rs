//! GenerateDataKeyPair.

use waxseal_api::{
    operations::{GenerateDataKeyPair, GenerateDataKeyPairInput, GenerateDataKeyPairOutput},
    trace::Role,
    types::EncryptionContext,
};

use super::{
    Rule,
    data_key_pair::{self, Wish},
};
use crate::{
    cx::{Action, Cx},
    error::Error,
};

impl Rule for GenerateDataKeyPair {
    const REQUIRED: &'static [&'static str] = &["KeyId", "KeyPairSpec"];
    const RECORDED: &'static [&'static str] = data_key_pair::RECORDED;

    fn context(input: &GenerateDataKeyPairInput) -> Option<&EncryptionContext> {
        input.encryption_context.as_ref()
    }

    fn run(cx: &mut Cx<'_>, input: GenerateDataKeyPairInput) -> Result<GenerateDataKeyPairOutput, Error> {
        let wish = Wish {
            key_id: &input.key_id,
            key_pair_spec: &input.key_pair_spec,
            encryption_context: input.encryption_context.unwrap_or_default(),
            grant_tokens: input.grant_tokens,
            recipient: input.recipient.is_some(),
            dry_run: input.dry_run,
        };
        let pair = wish.fulfil(cx, Action::GenerateDataKeyPair)?;
        cx.give(Role::DataKey, "PrivateKeyPlaintext", pair.private.expose().len());
        Ok(GenerateDataKeyPairOutput {
            private_key_ciphertext_blob: pair.sealed.blob,
            private_key_plaintext: pair.private.expose().into(),
            public_key: pair.public.der().into(),
            key_id: pair.key_arn,
            key_pair_spec: pair.spec,
            key_material_id: pair.sealed.material_id.map(|id| id.to_string()),
        })
    }
}
