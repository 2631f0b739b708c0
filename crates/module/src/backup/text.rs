//! What is inside the age file: lines of JSON, the first about the backup, each other one a record.

use serde::{Deserialize, Serialize};
use waxseal_api::{Secret, Timestamp};
use waxseal_kms::Stored;
use zeroize::Zeroizing;

use super::{Backup, BackupError};

const FORMAT: &str = "waxseal-vault-backup";
/// Grows with every change of the lines, and of the records in them: older versions of Waxseal then say that they are too
/// old, and do not call the backup damaged.
const VERSION: u32 = 1;

/// As much of the first line as every version has.
#[derive(Deserialize)]
struct Form {
    format: String,
    version: u32,
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    version: u32,
    made: Timestamp,
    /// How many lines follow.
    records: usize,
}

/// A record on its way into a line.
#[derive(Serialize)]
struct Line<'a> {
    table: &'static str,
    name: &'a str,
    body: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a Secret>,
}

/// A record on its way out of a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadLine {
    table: String,
    name: String,
    body: String,
    #[serde(default)]
    secret: Option<Secret>,
}

/// Writes a backup.
///
/// # Errors
/// None that input leads to.
pub(super) fn write(backup: &Backup) -> Result<Zeroizing<Vec<u8>>, BackupError> {
    let mut text = Zeroizing::new(Vec::new());
    let head = Head {
        format: FORMAT.to_owned(),
        version: VERSION,
        made: backup.made,
        records: backup.records.len(),
    };
    line(&mut text, &head)?;
    for record in &backup.records {
        let Stored { table, key, body, secret } = record;
        line(&mut text, &Line { table: table.as_str(), name: key, body, secret: secret.as_ref() })?;
    }
    Ok(text)
}

fn line(text: &mut Vec<u8>, value: &impl Serialize) -> Result<(), BackupError> {
    serde_json::to_writer(&mut *text, value).map_err(damaged)?;
    text.push(b'\n');
    Ok(())
}

/// Reads a backup that is authentic; what is in the records is not looked at.
///
/// # Errors
/// [`BackupError::NotABackup`], [`BackupError::Newer`], [`BackupError::Damaged`].
pub(super) fn read(text: &[u8]) -> Result<Backup, BackupError> {
    let mut lines = text.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    match serde_json::from_slice::<Form>(first) {
        Ok(form) if form.format == FORMAT => match form.version {
            VERSION => {}
            version if version > VERSION => return Err(BackupError::Newer(version)),
            version => return Err(BackupError::Damaged(format!("there is no format version {version}"))),
        },
        _ => {
            let other = "This file opens with the passphrase, but there is no backup of Waxseal in it.";
            return Err(BackupError::NotABackup(other.to_owned()));
        }
    }
    let head: Head = serde_json::from_slice(first).map_err(damaged)?;
    let records = lines.filter(|line| !line.is_empty()).map(record).collect::<Result<Vec<_>, _>>()?;
    if records.len() != head.records {
        let (told, found) = (head.records, records.len());
        return Err(BackupError::Damaged(format!("it should have {told} records and has {found}")));
    }
    Ok(Backup { made: head.made, records })
}

fn record(line: &[u8]) -> Result<Stored, BackupError> {
    let ReadLine { table, name, body, secret } = serde_json::from_slice(line).map_err(damaged)?;
    let table = table.parse().map_err(|_| BackupError::Damaged(format!("there is no table '{table}'")))?;
    Ok(Stored { table, key: name, body, secret })
}

fn damaged(error: serde_json::Error) -> BackupError {
    BackupError::Damaged(error.to_string())
}
