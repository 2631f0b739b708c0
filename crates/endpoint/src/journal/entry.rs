//! What a state file says, entry by entry.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use waxseal_api::Secret;
use waxseal_kms::{Stored, Table, Write};

/// The tables whose records have secrets.
const SECRET: [Table; 2] = [Table::Materials, Table::Identities];

/// One thing that happened to the state.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Entry {
    /// A record is new, or different from before.
    Put {
        /// Its table.
        table: String,
        /// Its name.
        key: String,
        /// The engine's JSON.
        body: Box<RawValue>,
        /// Key material, as base64.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<Secret>,
    },
    /// A record is gone.
    Delete {
        /// Its table.
        table: String,
        /// Its name.
        key: String,
    },
    /// By how many milliseconds the service's clock is ahead.
    Clock(i64),
    /// Everything is gone.
    Reset,
}

/// What is left when all entries have been read.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// The records.
    pub(crate) records: BTreeMap<(Table, String), Stored>,
    /// By how many milliseconds the service's clock is ahead.
    pub(crate) ahead: i64,
}

impl Entry {
    /// The entry of a change.
    ///
    /// # Errors
    /// The record's body is not JSON.
    pub(crate) fn of(write: Write) -> serde_json::Result<Self> {
        Ok(match write {
            Write::Put(Stored { table, key, body, secret }) => {
                Self::Put { table: table.to_string(), key, body: RawValue::from_string(body)?, secret }
            }
            Write::Delete { table, key } => Self::Delete { table: table.to_string(), key },
        })
    }

    /// Whether the entry takes something away that must not stay readable in the file.
    pub(crate) fn forgets(&self) -> bool {
        match self {
            Self::Delete { table, .. } => SECRET.iter().any(|secret| secret.as_str() == table),
            Self::Reset => true,
            Self::Put { .. } | Self::Clock(_) => false,
        }
    }
}

impl Contents {
    /// Takes in the next entry.
    ///
    /// # Errors
    /// The entry names a table that this version does not know.
    pub(super) fn apply(&mut self, entry: Entry) -> Result<(), strum::ParseError> {
        match entry {
            Entry::Put { table, key, body, secret } => {
                let stored =
                    Stored { table: table.parse()?, key, body: Box::<str>::from(body).into(), secret };
                self.records.insert((stored.table, stored.key.clone()), stored);
            }
            Entry::Delete { table, key } => drop(self.records.remove(&(table.parse()?, key))),
            Entry::Clock(ahead) => self.ahead = ahead,
            Entry::Reset => *self = Self::default(),
        }
        Ok(())
    }

    /// The entries that lead to the same contents.
    pub(super) fn entries(self) -> impl Iterator<Item = serde_json::Result<Entry>> {
        let records = self.records.into_values().map(|stored| Entry::of(Write::Put(stored)));
        [Ok(Entry::Clock(self.ahead))].into_iter().chain(records)
    }
}
