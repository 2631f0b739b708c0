//! Records as a store keeps them.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use waxseal_api::{KeyArn, KeyId, Secret, Timestamp, types::KeySpec};
use waxseal_crypto::KeyMaterial;

use super::{
    AliasArn, Change, GrantRecord, IdentityRecord, KeyStoreRecord, MaterialId, ResourceRecord, UsageRecord,
    WrappingKeyRecord, migrate,
};
use crate::algorithms;

/// A record: its name, what anyone may read of it, and what has to be sealed.
#[derive(Debug, PartialEq)]
pub struct Stored {
    /// Which kind of record.
    pub table: Table,
    /// Its name, unique in its table.
    pub key: String,
    /// JSON text without any secret.
    pub body: String,
    /// Key material, a private key, or a secret access key.
    pub secret: Option<Secret>,
}

impl Stored {
    /// A second copy, of the secret too, for the rare place that needs one.
    pub fn duplicate(&self) -> Self {
        let secret = self.secret.as_ref().map(Secret::duplicate);
        Self { table: self.table, key: self.key.clone(), body: self.body.clone(), secret }
    }
}

/// One step of a write-set.
#[derive(Debug, PartialEq)]
pub enum Write {
    /// Writes a record, over the one of the same name if there is one.
    Put(Stored),
    /// Removes a record, and with it its secret.
    Delete {
        /// From where.
        table: Table,
        /// Its name.
        key: String,
    },
}

/// The kinds of records.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "lowercase")]
pub enum Table {
    /// KMS keys, by key ARN.
    Keys,
    /// Their materials, by key ARN and material ID with a slash between.
    Materials,
    /// Aliases, by alias ARN.
    Aliases,
    /// Custom key stores, by Region, account and ID with slashes between.
    KeyStores,
    /// The last use of keys, by key ARN.
    Usage,
    /// Grants, by key ARN and grant ID with a slash between.
    Grants,
    /// Users, roles and credentials.
    Identities,
    /// Wrapping keys, by key ARN and ID with a slash between.
    WrappingKeys,
    /// What other services keep, by name.
    Resources,
}

impl Table {
    /// Every table.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The table's name in a store; stable.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A stored record that cannot be taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the record '{key}' in '{table}' is damaged: {why}")]
pub struct Damaged {
    /// Its table.
    pub table: Table,
    /// Its name.
    pub key: String,
    /// What is wrong with it.
    pub why: String,
}

/// One material of a key.
#[derive(Debug)]
pub struct MaterialRecord {
    pub(super) body: MaterialBody,
    pub(super) material: KeyMaterial,
}

/// What is not secret about a material.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MaterialBody {
    key_arn: KeyArn,
    key_material_id: MaterialId,
    /// Told of all but symmetric keys.
    #[serde(default = "symmetric", skip_serializing_if = "is_symmetric")]
    key_spec: KeySpec,
    creation_date: Timestamp,
}

/// Another name for a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AliasRecord {
    pub(crate) arn: AliasArn,
    pub(crate) target_key_id: KeyId,
    pub(crate) creation_date: Timestamp,
    pub(crate) last_updated_date: Timestamp,
}

impl AliasRecord {
    /// The ARN of the key that is meant; it lives where the alias lives.
    pub(crate) fn target(&self) -> KeyArn {
        KeyArn { place: self.arn.place.clone(), key_id: self.target_key_id.clone() }
    }
}

impl MaterialRecord {
    /// A material that begins to exist now.
    pub(crate) fn new(key_arn: KeyArn, material: KeyMaterial, creation_date: Timestamp) -> Self {
        let key_material_id = MaterialId::of(&key_arn.key_id, &material);
        let key_spec = algorithms::key_spec(material.spec());
        Self { body: MaterialBody { key_arn, key_material_id, key_spec, creation_date }, material }
    }

    /// The same material in another Region.
    pub(crate) fn copied(key_arn: KeyArn, material: &KeyMaterial, creation_date: Timestamp) -> Self {
        Self::new(key_arn, material.duplicate(), creation_date)
    }

    pub(crate) fn id(&self) -> MaterialId {
        self.body.key_material_id
    }

    pub(crate) fn key_arn(&self) -> &KeyArn {
        &self.body.key_arn
    }

    /// The body of its record, and the secret in it.
    pub(super) fn stored(&self) -> (String, Option<Secret>) {
        (json(&self.body), Some(self.material.expose().into()))
    }
}

pub(super) fn grant_name(key: &KeyArn, grant_id: &str) -> String {
    format!("{key}/{grant_id}")
}

fn symmetric() -> KeySpec {
    KeySpec::SymmetricDefault
}

fn is_symmetric(spec: &KeySpec) -> bool {
    *spec == symmetric()
}

pub(super) fn material_name(arn: &KeyArn, id: MaterialId) -> String {
    format!("{arn}/{id}")
}

#[expect(clippy::expect_used, reason = "records are texts, numbers and lists; these always serialise")]
pub(super) fn json(record: &impl Serialize) -> String {
    serde_json::to_string(record).expect("a plain record")
}

/// The change that brings a stored record back.
pub(super) fn read(stored: Stored) -> Result<Change, Damaged> {
    let Stored { table, key, body, secret } = stored;
    let parsed = match table {
        Table::Keys => migrate::key(&body).map(|key| Change::PutKey(Box::new(key))),
        Table::Aliases => parse(&body).map(|alias: AliasRecord| Change::PutAlias(Box::new(alias))),
        Table::KeyStores => parse(&body).map(|store: KeyStoreRecord| Change::PutKeyStore(Box::new(store))),
        Table::Usage => parse(&body).map(|usage: UsageRecord| Change::PutUsage(Box::new(usage))),
        Table::Grants => parse(&body).map(|grant: GrantRecord| Change::PutGrant(Box::new(grant))),
        Table::Identities => {
            IdentityRecord::read(&body, secret).map(|identity| Change::PutIdentity(Box::new(identity)))
        }
        Table::WrappingKeys => {
            read_wrapping_key(&body, secret).map(|it| Change::PutWrappingKey(Box::new(it)))
        }
        Table::Resources => parse(&body)
            .map(|it: ResourceRecord| Change::PutResource(Box::new(ResourceRecord { secret, ..it }))),
        Table::Materials => read_material(&body, secret).map(|it| Change::PutMaterial(Box::new(it))),
    };
    let named = parsed.and_then(|change| match change.name().1 == key {
        true => Ok(change),
        false => Err("it is the record of another name".to_owned()),
    });
    named.map_err(|why| Damaged { table, key, why })
}

fn parse<T: DeserializeOwned>(body: &str) -> Result<T, String> {
    serde_json::from_str(body).map_err(|error| error.to_string())
}

fn read_wrapping_key(body: &str, secret: Option<Secret>) -> Result<WrappingKeyRecord, String> {
    let secret = secret.ok_or("it has no private key")?;
    WrappingKeyRecord::read(parse(body)?, &secret).map_err(|error| error.to_string())
}

fn read_material(body: &str, secret: Option<Secret>) -> Result<MaterialRecord, String> {
    let body: MaterialBody = parse(body)?;
    let secret = secret.ok_or("it has no key material")?;
    let spec = algorithms::spec(body.key_spec);
    let material = KeyMaterial::from_stored(spec, secret.expose()).map_err(|error| error.to_string())?;
    if MaterialId::of(&body.key_arn.key_id, &material) != body.key_material_id {
        return Err("it holds another key's material".to_owned());
    }
    Ok(MaterialRecord { body, material })
}
