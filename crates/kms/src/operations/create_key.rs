//! CreateKey.

use waxseal_api::{
    operations::{CreateKey, CreateKeyInput, CreateKeyOutput},
    types::{CustomerMasterKeySpec, KeySpec, KeyUsage, Origin, Tag},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, NewKey},
    error::Error,
    policy,
};

const TAG_LIMIT: usize = 50;
const BOTH_SPECS: &str =
    "KeySpec and CustomerMasterKeySpec mean the same and cannot be given together; use KeySpec.";

impl Rule for CreateKey {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &[
        "BypassPolicyLockoutSafetyCheck",
        "CustomKeyStoreId",
        "CustomerMasterKeySpec",
        "Description",
        "KeySpec",
        "KeyUsage",
        "MultiRegion",
        "Origin",
        "Policy",
        "Tags",
        "XksKeyId",
    ];
    const DEFAULTS: &'static [(&'static str, &'static str)] =
        &[("KeySpec", "SYMMETRIC_DEFAULT"), ("KeyUsage", "ENCRYPT_DECRYPT"), ("Origin", "AWS_KMS")];

    fn run(cx: &mut Cx<'_>, input: CreateKeyInput) -> Result<CreateKeyOutput, Error> {
        let origin = check(&input)?;
        refuse_what_is_not_built(&input, origin)?;
        let account = cx.authorize(Action::CreateKey, cx.account())?;
        let tags = input.tags.unwrap_or_default();
        check_tags(&tags)?;
        input.policy.as_deref().map_or(Ok(()), policy::check)?;
        let new = NewKey { description: input.description.unwrap_or_default(), policy: input.policy, tags };
        Ok(CreateKeyOutput { key_metadata: account.create_key(cx, new)? })
    }
}

fn check(input: &CreateKeyInput) -> Result<Origin, Error> {
    let mut check = Constraints::default();
    check.optional_text("policy", input.policy.as_deref(), 1..=131_072);
    check.optional_text("description", input.description.as_deref(), 0..=8192);
    check.optional_text("customKeyStoreId", input.custom_key_store_id.as_deref(), 1..=64);
    check.optional_text("xksKeyId", input.xks_key_id.as_deref(), 1..=128);
    check.value("keyUsage", input.key_usage.as_ref());
    check.value("keySpec", input.key_spec.as_ref());
    check.value("customerMasterKeySpec", input.customer_master_key_spec.as_ref());
    let origin = check.value("origin", input.origin.as_ref());
    check.tags(input.tags.as_deref().unwrap_or_default());
    check.done()?;
    if input.key_spec.is_some() && input.customer_master_key_spec.is_some() {
        return Err(Error::Validation(BOTH_SPECS));
    }
    Ok(origin.unwrap_or(Origin::AwsKms))
}

fn refuse_what_is_not_built(input: &CreateKeyInput, origin: Origin) -> Result<(), Error> {
    if input.custom_key_store_id.is_some() || input.xks_key_id.is_some() {
        return Err(Error::Unsupported("A custom key store"));
    }
    if input.multi_region == Some(true) {
        return Err(Error::Unsupported("A multi-Region key"));
    }
    let older = input.customer_master_key_spec.as_ref();
    if input.key_spec.as_ref().is_some_and(|spec| *spec != KeySpec::SymmetricDefault.into())
        || older.is_some_and(|spec| *spec != CustomerMasterKeySpec::SymmetricDefault.into())
    {
        return Err(Error::Unsupported("A key spec other than SYMMETRIC_DEFAULT"));
    }
    if input.key_usage.as_ref().is_some_and(|usage| *usage != KeyUsage::EncryptDecrypt.into()) {
        return Err(Error::Unsupported("A key usage other than ENCRYPT_DECRYPT"));
    }
    match origin {
        Origin::AwsKms => Ok(()),
        Origin::External => Err(Error::Unsupported("Imported key material")),
        Origin::AwsCloudHsm | Origin::ExternalKeyStore => Err(Error::Unsupported("A custom key store")),
    }
}

fn check_tags(tags: &[Tag]) -> Result<(), Error> {
    if tags.len() > TAG_LIMIT {
        return Err(Error::Tag("Too many tags"));
    }
    for (position, tag) in tags.iter().enumerate() {
        if tag.tag_key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) {
            return Err(Error::Tag("Tags beginning with aws: are reserved"));
        }
        if tags.iter().take(position).any(|earlier| earlier.tag_key == tag.tag_key) {
            return Err(Error::Tag("Duplicate tag keys"));
        }
    }
    Ok(())
}
