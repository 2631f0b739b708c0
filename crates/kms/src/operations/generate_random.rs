//! GenerateRandom.

use waxseal_api::{
    operations::{GenerateRandom, GenerateRandomInput, GenerateRandomOutput},
    trace::Role,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for GenerateRandom {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["CustomKeyStoreId", "NumberOfBytes"];

    fn run(cx: &mut Cx<'_>, input: GenerateRandomInput) -> Result<GenerateRandomOutput, Error> {
        let mut check = Constraints::default();
        check.number("numberOfBytes", input.number_of_bytes, 1..=1024);
        check.optional_text("customKeyStoreId", input.custom_key_store_id.as_deref(), 1..=64);
        check.done()?;
        let length = input.number_of_bytes.and_then(|n| usize::try_from(n).ok());
        let length = length.ok_or(Error::Validation("NumberOfBytes is required."))?;
        if input.custom_key_store_id.is_some() {
            return Err(Error::Unsupported("A custom key store"));
        }
        if input.recipient.is_some() {
            return Err(Error::Unsupported("Recipient"));
        }
        cx.authorize(Action::GenerateRandom, cx.account())?;
        let bytes = cx.random(Role::Plaintext, length);
        cx.give(Role::Plaintext, "Plaintext", length);
        Ok(GenerateRandomOutput { plaintext: bytes.expose().into() })
    }
}
