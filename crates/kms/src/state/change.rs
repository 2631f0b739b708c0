//! How the state changes: typed for the engine, as records for the store.

use serde::Serialize;
use waxseal_api::{AliasName, KeyArn, Place};

use super::{
    AliasArn, AliasRecord, GrantRecord, IdentityName, IdentityRecord, KeyRecord, KeyStoreRecord, MaterialId,
    MaterialRecord, ResourceRecord, Stored, Table, UsageRecord, WrappingKeyRecord, Write, record,
    wrapping_key,
};

/// One change of the state.
#[derive(Debug)]
pub enum Change {
    /// A key is new, or different from before.
    PutKey(Box<KeyRecord>),
    /// A key has a new material.
    PutMaterial(Box<MaterialRecord>),
    /// An alias is new, or points elsewhere.
    PutAlias(Box<AliasRecord>),
    /// A custom key store is new, or different from before.
    PutKeyStore(Box<KeyStoreRecord>),
    /// A key has been used.
    PutUsage(Box<UsageRecord>),
    /// A key has a new grant.
    PutGrant(Box<GrantRecord>),
    /// A user, a role or a credential is new, or different from before.
    PutIdentity(Box<IdentityRecord>),
    /// Material can be wrapped for a key.
    PutWrappingKey(Box<WrappingKeyRecord>),
    /// A record of another service is new, or different from before.
    PutResource(Box<ResourceRecord>),
    /// A key is gone.
    DeleteKey(KeyArn),
    /// A key's material is gone for good.
    DeleteMaterial(KeyArn, MaterialId),
    /// A grant of a key has ended: its ID.
    DeleteGrant(KeyArn, String),
    /// An alias is gone.
    DeleteAlias(Place, AliasName),
    /// A custom key store is gone.
    DeleteKeyStore(Place, String),
    /// A wrapping key is of no use any more.
    DeleteWrappingKey(KeyArn, String),
    /// It does not matter any more when a key was used.
    DeleteUsage(KeyArn),
    /// A user, a role or a credential is gone.
    DeleteIdentity(IdentityName),
    /// A record of another service is gone: its name.
    DeleteResource(String),
}

impl Change {
    /// The change as something a store can do.
    pub fn write(&self) -> Write {
        match self {
            Self::PutKey(key) => put(Table::Keys, key.arn.to_string(), key),
            Self::PutMaterial(material) => Write::Put(material.stored()),
            Self::PutAlias(alias) => put(Table::Aliases, alias.arn.to_string(), alias),
            Self::PutGrant(grant) => {
                put(Table::Grants, record::grant_name(&grant.key_arn, &grant.grant_id), grant)
            }
            Self::PutKeyStore(store) => put(Table::KeyStores, store.record_name(), store),
            Self::PutUsage(usage) => put(Table::Usage, usage.key_arn.to_string(), usage),
            Self::PutIdentity(identity) => Write::Put(identity.stored()),
            Self::PutWrappingKey(key) => Write::Put(key.stored()),
            Self::PutResource(resource) => Write::Put(resource.stored()),
            Self::DeleteKey(arn) => delete(Table::Keys, arn.to_string()),
            Self::DeleteMaterial(arn, id) => delete(Table::Materials, record::material_name(arn, *id)),
            Self::DeleteAlias(place, name) => {
                let arn = AliasArn { place: place.clone(), name: name.clone() };
                delete(Table::Aliases, arn.to_string())
            }
            Self::DeleteGrant(arn, grant_id) => delete(Table::Grants, record::grant_name(arn, grant_id)),
            Self::DeleteKeyStore(place, id) => delete(Table::KeyStores, KeyStoreRecord::name_in(place, id)),
            Self::DeleteWrappingKey(arn, id) => delete(Table::WrappingKeys, wrapping_key::name(arn, id)),
            Self::DeleteUsage(arn) => delete(Table::Usage, arn.to_string()),
            Self::DeleteIdentity(name) => delete(Table::Identities, name.to_string()),
            Self::DeleteResource(name) => delete(Table::Resources, name.clone()),
        }
    }
}

fn put(table: Table, key: String, record: &impl Serialize) -> Write {
    Write::Put(Stored { table, key, body: record::json(record), secret: None })
}

fn delete(table: Table, key: String) -> Write {
    Write::Delete { table, key }
}
