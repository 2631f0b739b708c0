//! AWS managed keys: one for each service that needs it, account and Region.

use rand_core::CryptoRng;
use serde_json::{Value, json};
use waxseal_api::{
    AliasName, KeyArn, KeyRef, Operation, Place, Service, Timestamp,
    arn::NameError,
    operations::{DescribeKey, DescribeKeyInput},
    types::{KeyManager, KeySpec, KeyUsage, Origin},
};
use waxseal_crypto::KeyMaterial;

use crate::{
    request::Request,
    state::{
        AliasArn, AliasRecord, Automatic, Change, KeyRecord, MaterialEntry, MaterialRecord, Rank, Rotation,
        State, Status,
    },
};

/// Days between the rotations of an AWS managed key.
const PERIOD: i64 = 365;

/// What makes the key that a service uses in an account and Region when its user names none: `alias/aws/<service>`.
/// Nothing when it is there already. The account sees such a key and uses it through the service, but cannot change it.
/// See "AWS managed keys" in the AWS KMS developer guide.
///
/// # Errors
/// The service's name, such as `s3`, does not fit into an alias.
pub fn managed_key(
    state: &State,
    rng: &mut dyn CryptoRng,
    now: Timestamp,
    place: &Place,
    service: &str,
) -> Result<Vec<Change>, NameError> {
    if service.is_empty() {
        return Err(NameError { text: service.to_owned(), expected: "a service" });
    }
    let alias = AliasArn { place: place.clone(), name: alias_of(service)? };
    if state.at(now).alias(&alias).is_some() {
        return Ok(Vec::new());
    }
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    let key_id = uuid::Builder::from_random_bytes(id).into_uuid().to_string().parse()?;
    let arn = KeyArn { place: place.clone(), key_id };
    let material = MaterialRecord::new(arn.clone(), KeyMaterial::generate_aes(rng), now);
    let target_key_id = arn.key_id.clone();
    let key = record(arn, &material, service, now);
    let alias = AliasRecord { arn: alias, target_key_id, creation_date: now, last_updated_date: now };
    Ok(vec![
        Change::PutMaterial(Box::new(material)),
        Change::PutKey(Box::new(key)),
        Change::PutAlias(Box::new(alias)),
    ])
}

/// Whether that key is there.
pub fn has_managed_key(state: &State, now: Timestamp, place: &Place, service: &str) -> bool {
    alias_of(service)
        .is_ok_and(|name| state.at(now).alias(&AliasArn { place: place.clone(), name }).is_some())
}

/// `alias/aws/<service>`
pub(crate) fn alias_of(service: &str) -> Result<AliasName, NameError> {
    format!("{}{service}", AliasName::RESERVED_PREFIX).parse()
}

/// What gives a predefined alias of the account its key, where a call is one of those that do: DescribeKey, according to
/// its page in the AWS KMS API reference. Nothing for any other call. To be brought along with it as
/// [`associated`](crate::Brought::associated).
pub fn associate(
    state: &State,
    rng: &mut dyn CryptoRng,
    request: &Request<'_>,
    predefined: &[&str],
) -> Vec<Change> {
    let place = &request.caller.place;
    let service = predefined_alias(request).and_then(|name| {
        let service = name.as_str().strip_prefix(AliasName::RESERVED_PREFIX)?;
        predefined.iter().find(|it| **it == service)
    });
    let made = service.map(|service| managed_key(state, rng, request.now, place, service));
    made.and_then(Result::ok).unwrap_or_default()
}

/// The alias of the caller's own account that DescribeKey is called with.
fn predefined_alias(request: &Request<'_>) -> Option<AliasName> {
    if (request.service, request.operation) != (Service::Kms, DescribeKey::NAME) {
        return None;
    }
    let input: DescribeKeyInput = serde_json::from_str(request.body).ok()?;
    match input.key_id.parse().ok()? {
        KeyRef::Alias(name) => Some(name),
        KeyRef::AliasArn(place, name) if place == request.caller.place => Some(name),
        KeyRef::AliasArn(..) | KeyRef::Id(_) | KeyRef::Arn(_) => None,
    }
}

fn record(arn: KeyArn, material: &MaterialRecord, service: &str, now: Timestamp) -> KeyRecord {
    KeyRecord {
        version: KeyRecord::VERSION,
        creation_date: now,
        description: format!("What {service} encrypts with when no other key is named"),
        key_manager: KeyManager::Aws,
        key_spec: KeySpec::SymmetricDefault,
        key_usage: KeyUsage::EncryptDecrypt,
        origin: Origin::AwsKms,
        status: Status::Enabled,
        key_materials: vec![MaterialEntry::made(material.id(), Rank::First)],
        rotation: Rotation { automatic: Some(Automatic::every(PERIOD, now)) },
        multi_region: None,
        custom_key_store: None,
        policy: policy(&arn.place, service).to_string().into(),
        tags: Vec::new(),
        arn,
    }
}

/// The name of a service in its addresses. Volumes are those of EC2.
fn endpoint(service: &str) -> &str {
    if service == "ebs" { "ec2" } else { service }
}

/// Use through the service for the account, and a look for its administrators.
fn policy(place: &Place, service: &str) -> Value {
    let Place { account, region } = place;
    json!({
        "Version": "2012-10-17",
        "Id": format!("auto-{service}-1"),
        "Statement": [
            {
                "Sid": format!("Allow use through {service} by all who may use {service} in the account"),
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": [
                    "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant",
                    "kms:DescribeKey",
                ],
                "Resource": "*",
                "Condition": {"StringEquals": {
                    "kms:CallerAccount": account,
                    "kms:ViaService": format!("{}.{region}.amazonaws.com", endpoint(service)),
                }},
            },
            {
                "Sid": "Allow the account to see what the key is",
                "Effect": "Allow",
                "Principal": {"AWS": place.root_arn()},
                "Action": ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
                "Resource": "*",
            },
        ],
    })
}
