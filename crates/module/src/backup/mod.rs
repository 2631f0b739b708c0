//! Backups of a vault: every record, with its key material, in a file under a passphrase. `docs/backup.md` has the format.

mod error;
mod text;

use std::collections::BTreeSet;

use waxseal_api::{
    Timestamp,
    vault::{Contents, Summary},
};
use waxseal_crypto::{
    CryptoRng, PassphraseKey,
    age::{Fresh, Sealed},
};
use waxseal_kms::{State, Stored, Table};

use crate::share;
pub use error::BackupError;

/// Everything that a vault held at one moment.
#[derive(Debug, PartialEq)]
pub struct Backup {
    made: Timestamp,
    records: Vec<Stored>,
}

impl Backup {
    /// Of these records.
    pub fn new(made: Timestamp, records: Vec<Stored>) -> Self {
        Self { made, records }
    }

    /// Opens a file, given what its passphrase has become. Every record in it was taken in by the engine once.
    ///
    /// # Errors
    /// Any [`BackupError`]. Nothing of it is used then.
    pub fn open(file: &Sealed<'_>, key: &PassphraseKey) -> Result<Self, BackupError> {
        let backup = text::read(&file.open(key)?)?;
        backup.check()?;
        Ok(backup)
    }

    /// Writes it into a file, opens that again and compares.
    ///
    /// # Errors
    /// What is here could not be restored from a backup.
    pub fn seal(
        &self,
        passphrase: (&Fresh, &PassphraseKey),
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, BackupError> {
        let (fresh, key) = passphrase;
        let file = fresh.seal(key, &text::write(self)?, rng);
        let again = Self::open(&Sealed::parse(&file)?, key)?;
        if again != *self {
            return Err(BackupError::Damaged("what was written does not read as what is here".to_owned()));
        }
        Ok(file)
    }

    /// It at a glance.
    pub fn summary(&self) -> Summary {
        Summary { made: self.made, contents: contents(&self.records) }
    }

    /// A copy of its records, to be stored.
    pub fn records(&self) -> Vec<Stored> {
        self.records.iter().map(Stored::duplicate).collect()
    }

    /// Whether the engine takes all of it, and each name once.
    fn check(&self) -> Result<(), BackupError> {
        let mut names = BTreeSet::new();
        if !self.records.iter().all(|record| names.insert((record.table, &record.key))) {
            return Err(BackupError::Damaged("a record is in it twice".to_owned()));
        }
        let mut state = State::default();
        let restored = self.records().into_iter().try_for_each(|record| state.restore(record));
        restored.map_err(|damaged| BackupError::Damaged(damaged.to_string()))
    }
}

/// The container of a file.
///
/// # Errors
/// [`BackupError::NotABackup`]
pub fn sealed(file: &[u8]) -> Result<Sealed<'_>, BackupError> {
    if share::is_sandbox(file) {
        let text = "This is a sandbox, which the workbench opens; the vault never takes one.";
        return Err(BackupError::NotABackup(text.to_owned()));
    }
    Ok(Sealed::parse(file)?)
}

/// How much this is.
pub fn contents(records: &[Stored]) -> Contents {
    let count = |table| records.iter().filter(|record| record.table == table).count() as u32;
    Contents { keys: count(Table::Keys), aliases: count(Table::Aliases), records: records.len() as u32 }
}

#[cfg(test)]
mod tests;
