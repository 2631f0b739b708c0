//! GenerateRandom.

use waxseal_api::{
    operations::{GenerateRandom, GenerateRandomInput, GenerateRandomOutput},
    trace::Role,
    types::{ConnectionState, Origin},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    state::KeyStoreRecord,
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
        if input.recipient.is_some() {
            return Err(Error::Unsupported("Recipient"));
        }
        let account = cx.authorize(Action::GenerateRandom, cx.account())?;
        if let Some(id) = &input.custom_key_store_id {
            must_be_cluster(account.key_store(cx, id)?.record())?;
        }
        let bytes = cx.random(Role::Plaintext, length);
        cx.give(Role::Plaintext, "Plaintext", length);
        Ok(GenerateRandomOutput { plaintext: bytes.expose().into() })
    }
}

/// Whether an AWS CloudHSM cluster is there to make the bytes.
fn must_be_cluster(store: &KeyStoreRecord) -> Result<(), Error> {
    if store.origin() != Origin::AwsCloudHsm {
        return Err(Error::Unsupported("Random bytes from an external key store"));
    }
    store.must_be(&[ConnectionState::Connected])
}
