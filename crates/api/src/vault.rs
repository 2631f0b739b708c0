//! What is done beside the operations: the vault is backed up and restored, locked and unlocked, and material is imported.

use serde::{Deserialize, Serialize};

use crate::{arn::KeyId, time::Timestamp};

/// What is to be done. Passphrases are attached as `secret`, in UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Task {
    /// Write everything into a file under the attached passphrase.
    BackUp,
    /// Open the attached `file` with the attached passphrase. Where nothing is here, it is restored at once; otherwise it is
    /// kept open, and nothing is stored yet.
    Open,
    /// Put the open backup in the place of everything that is here, provided that this is what the page was told of.
    Restore {
        /// What the page was told of.
        seen: Contents,
    },
    /// Forget the open backup.
    Close,
    /// Note that somebody has taken the backup that was made last.
    Saved,
    /// Say how the last backup stands to what is here.
    LastBackup,
    /// Have the attached passphrase asked for from now on, whenever the vault is opened. The vault stays open.
    Protect {
        /// After how many minutes without use the page is to lock it.
        minutes: u32,
    },
    /// Do not have a passphrase asked for any more, given that the attached one is right.
    Unprotect,
    /// Have another passphrase asked for from now on. Attached are the old one, a line feed, and the new one.
    Change {
        /// See `Protect`.
        minutes: u32,
    },
    /// Forget everything that was read, until the passphrase is given. Jobs end.
    Lock,
    /// Open the vault with the attached passphrase.
    Unlock,
    /// Make a key that is elsewhere here too: a multi-Region key of this ID that waits for the same material.
    CreateAgain {
        /// Its key ID, which begins with `mrk-`.
        key_id: KeyId,
        /// The input of CreateKey, as JSON text.
        body: String,
    },
    /// Make the attached `secret` the material of a key: it is wrapped under a wrapping key that the service gives out for
    /// it, and imported.
    Import {
        /// Key ID or key ARN.
        key_id: String,
        /// When the material expires; none: never.
        valid_to: Option<Timestamp>,
    },
}

/// What came of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Outcome {
    /// The backup is attached as `file`. It was read back and holds what is here.
    BackedUp(Summary),
    /// The backup is open. Also the answer to `Restore` when what is here is not what the page was told of any more.
    Opened {
        /// What is in it.
        backup: Summary,
        /// What is here, and would be replaced.
        here: Contents,
        /// Whether what is here cannot be opened: it is damaged, or locked. Then it is only counted, and a lock will go
        /// with it.
        unreadable: bool,
    },
    /// What was in the backup is here now, and nothing else.
    Restored(Summary),
    /// How the last backup stands to what is here.
    LastBackup(LastBackup),
    /// There is nothing more to say.
    Done,
}

/// The last backup that somebody has taken, or that was restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LastBackup {
    /// When it was made, if there is one.
    pub made: Option<Timestamp>,
    /// Whether something has changed since then that a backup should have.
    pub behind: bool,
}

/// A backup, at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// When it was made.
    pub made: Timestamp,
    /// What is in it.
    pub contents: Contents,
}

/// So much is kept in a vault or a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contents {
    /// KMS keys.
    pub keys: u32,
    /// Aliases.
    pub aliases: u32,
    /// Records of all kinds: keys, their materials, aliases, grants, people.
    pub records: u32,
}
