//! CreateKey.

use waxseal_api::{
    EnumValue,
    operations::{CreateKey, CreateKeyInput, CreateKeyOutput},
    types::{KeySpec, KeyUsage, Origin},
};

use super::{Rule, tags};
use crate::{
    algorithms,
    constraints::Constraints,
    cx::{Account, Action, Cx, NewKey, Permit, Regional},
    error::Error,
    state::Membership,
};

const BOTH_SPECS: &str =
    "KeySpec and CustomerMasterKeySpec mean the same and cannot be given together; use KeySpec.";

const NO_USAGE: &str =
    "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.";
const KEY_STORE: &str =
    "CustomKeyStoreId goes together with the origins AWS_CLOUDHSM and EXTERNAL_KEY_STORE, and with no other.";
const XKS_KEY: &str = "XksKeyId goes together with the origin EXTERNAL_KEY_STORE, and with no other.";

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

    fn run(cx: &mut Cx<'_>, mut input: CreateKeyInput) -> Result<CreateKeyOutput, Error> {
        let origin = check(&input)?;
        let (key_spec, key_usage) = kind(&input)?;
        let account = cx.authorize(Action::CreateKey, cx.account())?;
        let tags = input.tags.take().unwrap_or_default();
        tags::check(&tags)?;
        input.policy.as_deref().map_or(Ok(()), |policy| cx.check_policy(policy))?;
        let custom_key_store = custom_key_store(cx, &account, &mut input, key_spec, origin)?;
        let new = NewKey {
            regional: Regional {
                description: input.description.unwrap_or_default(),
                policy: input.policy,
                tags,
            },
            key_spec,
            key_usage,
            origin,
            multi_region: input.multi_region == Some(true),
            custom_key_store,
        };
        Ok(CreateKeyOutput { key_metadata: account.create_key(cx, new)? })
    }
}

fn check(input: &CreateKeyInput) -> Result<Origin, Error> {
    let mut check = Constraints::default();
    check.policy(input.policy.as_deref());
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

/// The spec and the usage, which have to go together.
fn kind(input: &CreateKeyInput) -> Result<(KeySpec, KeyUsage), Error> {
    let older = input.customer_master_key_spec.as_ref().and_then(known).map(<&str>::from);
    let older = older.and_then(|name| name.parse().ok());
    let spec = input.key_spec.as_ref().and_then(known).or(older).unwrap_or(KeySpec::SymmetricDefault);
    let usage = match input.key_usage.as_ref().and_then(known) {
        Some(usage) => usage,
        None if spec == KeySpec::SymmetricDefault => KeyUsage::EncryptDecrypt,
        None => return Err(Error::Validation(NO_USAGE)),
    };
    let fits = algorithms::usages(spec).contains(&usage);
    if fits { Ok((spec, usage)) } else { Err(Error::UsageAndSpec(usage, spec)) }
}

fn known<T: Copy>(value: &EnumValue<T>) -> Option<T> {
    match value {
        EnumValue::Known(value) => Some(*value),
        EnumValue::Other(_) => None,
    }
}

/// In which custom key store the key is to be, if in one.
fn custom_key_store(
    cx: &Cx<'_>,
    account: &Permit<Account>,
    input: &mut CreateKeyInput,
    key_spec: KeySpec,
    origin: Origin,
) -> Result<Option<Membership>, Error> {
    let xks_key_id = input.xks_key_id.take();
    if xks_key_id.is_some() != (origin == Origin::ExternalKeyStore) {
        return Err(Error::Validation(XKS_KEY));
    }
    match (input.custom_key_store_id.take(), origin) {
        (None, Origin::AwsKms | Origin::External) => Ok(None),
        (Some(_), _) if input.multi_region == Some(true) => {
            Err(Error::Unsupported("A multi-Region key in a custom key store"))
        }
        (Some(id), Origin::AwsCloudHsm | Origin::ExternalKeyStore) => {
            account.room_in(cx, &id, key_spec, origin, xks_key_id).map(Some)
        }
        _ => Err(Error::Validation(KEY_STORE)),
    }
}
