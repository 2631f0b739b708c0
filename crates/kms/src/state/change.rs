//! How the state changes: typed for the engine, as records for the store.

use waxseal_api::{AliasName, KeyArn, Place};

use super::{AliasArn, AliasRecord, KeyRecord, MaterialId, MaterialRecord, Stored, Table, Write, record};

/// One change of the state.
#[derive(Debug)]
pub enum Change {
    /// A key is new, or different from before.
    PutKey(Box<KeyRecord>),
    /// A key has a new material.
    PutMaterial(Box<MaterialRecord>),
    /// An alias is new, or points elsewhere.
    PutAlias(Box<AliasRecord>),
    /// A key is gone.
    DeleteKey(KeyArn),
    /// A key's material is gone for good.
    DeleteMaterial(KeyArn, MaterialId),
    /// An alias is gone.
    DeleteAlias(Place, AliasName),
}

impl Change {
    /// The change as something a store can do.
    pub fn write(&self) -> Write {
        match self {
            Self::PutKey(key) => Write::Put(Stored {
                table: Table::Keys,
                key: key.arn.to_string(),
                body: record::json(key),
                secret: None,
            }),
            Self::PutMaterial(material) => Write::Put(material.stored()),
            Self::PutAlias(alias) => Write::Put(Stored {
                table: Table::Aliases,
                key: alias.arn.to_string(),
                body: record::json(alias),
                secret: None,
            }),
            Self::DeleteKey(arn) => Write::Delete { table: Table::Keys, key: arn.to_string() },
            Self::DeleteMaterial(arn, id) => {
                Write::Delete { table: Table::Materials, key: record::material_name(arn, *id) }
            }
            Self::DeleteAlias(place, name) => {
                let arn = AliasArn { place: place.clone(), name: name.clone() };
                Write::Delete { table: Table::Aliases, key: arn.to_string() }
            }
        }
    }
}
