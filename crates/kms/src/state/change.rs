//! How the state changes: typed for the engine, as records for the store.

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
        let (table, key) = self.name();
        let (body, secret) = match self {
            Self::PutKey(key) => (record::json(key), None),
            Self::PutMaterial(material) => material.stored(),
            Self::PutAlias(alias) => (record::json(alias), None),
            Self::PutGrant(grant) => (record::json(grant), None),
            Self::PutKeyStore(store) => (record::json(store), None),
            Self::PutUsage(usage) => (record::json(usage), None),
            Self::PutIdentity(identity) => identity.stored(),
            Self::PutWrappingKey(key) => key.stored(),
            Self::PutResource(resource) => resource.stored(),
            Self::DeleteKey(_)
            | Self::DeleteMaterial(..)
            | Self::DeleteAlias(..)
            | Self::DeleteGrant(..)
            | Self::DeleteKeyStore(..)
            | Self::DeleteWrappingKey(..)
            | Self::DeleteUsage(_)
            | Self::DeleteIdentity(_)
            | Self::DeleteResource(_) => return Write::Delete { table, key },
        };
        Write::Put(Stored { table, key, body, secret })
    }

    /// The record that it is about: its table, and its name there.
    pub(super) fn name(&self) -> (Table, String) {
        match self {
            Self::PutKey(key) => (Table::Keys, key.arn.to_string()),
            Self::PutMaterial(it) => (Table::Materials, record::material_name(it.key_arn(), it.id())),
            Self::PutAlias(alias) => (Table::Aliases, alias.arn.to_string()),
            Self::PutGrant(grant) => (Table::Grants, record::grant_name(&grant.key_arn, &grant.grant_id)),
            Self::PutKeyStore(store) => (Table::KeyStores, store.record_name()),
            Self::PutUsage(usage) => (Table::Usage, usage.key_arn.to_string()),
            Self::PutIdentity(identity) => (Table::Identities, identity.name().to_string()),
            Self::PutWrappingKey(it) => {
                (Table::WrappingKeys, wrapping_key::name(&it.body.key_arn, &it.body.id))
            }
            Self::PutResource(resource) => (Table::Resources, resource.name.clone()),
            Self::DeleteKey(arn) => (Table::Keys, arn.to_string()),
            Self::DeleteMaterial(arn, id) => (Table::Materials, record::material_name(arn, *id)),
            Self::DeleteAlias(place, name) => {
                let arn = AliasArn { place: place.clone(), name: name.clone() };
                (Table::Aliases, arn.to_string())
            }
            Self::DeleteGrant(arn, grant_id) => (Table::Grants, record::grant_name(arn, grant_id)),
            Self::DeleteKeyStore(place, id) => (Table::KeyStores, KeyStoreRecord::name_in(place, id)),
            Self::DeleteWrappingKey(arn, id) => (Table::WrappingKeys, wrapping_key::name(arn, id)),
            Self::DeleteUsage(arn) => (Table::Usage, arn.to_string()),
            Self::DeleteIdentity(name) => (Table::Identities, name.to_string()),
            Self::DeleteResource(name) => (Table::Resources, name.clone()),
        }
    }
}
