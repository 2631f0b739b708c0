//! GenerateDataKeyWithoutPlaintext.

use waxseal_api::{
    operations::{
        GenerateDataKeyWithoutPlaintext as Op, GenerateDataKeyWithoutPlaintextInput as Input,
        GenerateDataKeyWithoutPlaintextOutput as Output,
    },
    trace::Role,
    types::EncryptionContext,
};

use super::{
    Rule,
    data_key::{self, Wish},
};
use crate::{
    cx::{Action, Cx},
    error::Error,
};

impl Rule for Op {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = data_key::RECORDED;

    fn context(input: &Input) -> Option<&EncryptionContext> {
        input.encryption_context.as_ref()
    }

    fn run(cx: &mut Cx<'_>, input: Input) -> Result<Output, Error> {
        let wish = Wish {
            key_id: &input.key_id,
            number_of_bytes: input.number_of_bytes,
            key_spec: input.key_spec.as_ref(),
            encryption_context: input.encryption_context.unwrap_or_default(),
            grant_tokens: input.grant_tokens,
            recipient: false,
            dry_run: input.dry_run,
        };
        let pair = wish.fulfil(cx, Action::GenerateDataKeyWithoutPlaintext)?;
        cx.give(Role::EncryptedDataKey, "CiphertextBlob", pair.sealed.blob.as_bytes().len());
        Ok(Output {
            ciphertext_blob: pair.sealed.blob,
            key_id: pair.key_arn,
            key_material_id: pair.sealed.material_id.map(|id| id.to_string()),
        })
    }
}
