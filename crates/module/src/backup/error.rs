//! Why a backup is not opened.

use waxseal_api::{LocalError, LocalErrorCode};
use waxseal_crypto::age;

/// Why a backup is not opened, or cannot be made. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// The file is something else.
    #[error("{0}")]
    NotABackup(String),
    /// A newer version has written it.
    #[error("This backup is of format version {0}, and this Waxseal reads version 1.")]
    Newer(u32),
    /// It is not what was written.
    #[error("The backup is not what was written: {0}.")]
    Damaged(String),
    /// Its passphrase is another one.
    #[error("The passphrase does not open this backup.")]
    WrongPassphrase,
}

impl From<age::Error> for BackupError {
    fn from(error: age::Error) -> Self {
        match error {
            age::Error::NotAge => Self::NotABackup(
                "This file does not begin like a backup of Waxseal, which is an age file.".to_owned(),
            ),
            age::Error::Unsupported(_) | age::Error::TooCostly(_) => {
                Self::NotABackup(format!("This is not a backup as Waxseal writes it: {error}."))
            }
            age::Error::WrongPassphrase => Self::WrongPassphrase,
            age::Error::Damaged => Self::Damaged(error.to_string()),
        }
    }
}

impl From<BackupError> for LocalError {
    fn from(error: BackupError) -> Self {
        let code = match error {
            BackupError::NotABackup(_) => LocalErrorCode::NotABackup,
            BackupError::Newer(_) => LocalErrorCode::BackupNewer,
            BackupError::Damaged(_) => LocalErrorCode::BackupDamaged,
            BackupError::WrongPassphrase => LocalErrorCode::WrongPassphrase,
        };
        Self::new(code, error.to_string())
    }
}
