//! What travels between a page and the worker of a sandbox.
//!
//! A sandbox is a world for learning: a database of its own, whose name begins with [`PREFIX`], and a clock that can be moved
//! forward. In it a call can say who makes it. None of that can be said to the worker of the vault, which reads only
//! [`ToWorker`](crate::frame::ToWorker); a sandbox's reads that, too, so that files can be worked on in it. Every frame is answered with
//! [`FromWorker::Answer`](crate::frame::FromWorker::Answer); that of a [`Task`] has the JSON text of what came of it.

mod course;
mod form;
mod terminal;

use serde::{Deserialize, Serialize};

use crate::{
    arn::Region,
    audit::AuditRecord,
    blob::{Blob, SecretText},
    error::ApiError,
    frame::FrameId,
    operation::Service,
    time::Timestamp,
    trace::Trace,
    types::{KeySpec, KeyState},
};

pub use self::{
    course::{Experiment, Holds, Played, Tried, understood},
    form::{Field, Form, Kind, Offer, Request},
    terminal::{Candidates, File, Lines, Printed, Script, Terminal},
};

/// What the name of every sandbox begins with, in the frame that opens it.
pub const PREFIX: &str = "sandbox-";

/// From the page to the worker of a sandbox, once it is open.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ToSandbox {
    /// Call an operation.
    Call {
        /// For the answer.
        id: FrameId,
        /// Who calls.
        identity: Identity,
        /// In which Region.
        region: Region,
        /// Whose operation.
        service: Service,
        /// Its name.
        operation: String,
        /// Its input, as JSON text.
        body: String,
    },
    /// Do something beside the operations.
    Do {
        /// For the answer.
        id: FrameId,
        /// What.
        task: Task,
    },
}

/// Who makes a call. What that one may do, the service decides.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Identity {
    /// An account's root user or a user that is there, by ARN. In a sandbox one can be anybody.
    Principal(String),
    /// Whoever an access key was made for.
    AccessKey {
        /// `AKIA…` or `ASIA…`
        id: String,
        /// What calls are signed with.
        secret: SecretText,
        /// What comes along with temporary credentials.
        session_token: Option<String>,
    },
}

/// What is done beside the operations.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Task {
    /// Say what time it is and what is due: a [`Clock`].
    Clock,
    /// Move the clock forward to this time: a [`Passed`].
    Advance {
        /// Not before the sandbox's own time.
        to: Timestamp,
    },
    /// Hold callers to the request quotas of KMS from now on, or no more: a [`Clock`].
    Hold {
        /// Whether.
        on: bool,
    },
    /// Say what was done after the entry of this number: [`Logged`].
    Log {
        /// 0 for all that is kept.
        after: u64,
        /// Of more than so many, only the newest.
        most: usize,
    },
    /// Say who may do what to a key: a `Result` of a [`Matrix`] or the service's refusal.
    Matrix {
        /// Key ID, key ARN, alias name or alias ARN, where the terminal is.
        key_id: String,
        /// A key policy to be tried in the place of the key's own. It must not lock out whom the terminal stands for.
        policy: Option<String>,
    },
    /// Say what the account where the terminal is has used and what that would cost: a [`Meter`](crate::bill::Meter), or `null`
    /// where the terminal stands for nobody.
    Meter,
    /// Say which steps there are to go to: [`Steps`].
    Steps,
    /// Go back to before the call or event of an entry of the log, which is not lost: a [`Clock`].
    Back {
        /// The entry's number.
        entry: u64,
    },
    /// Go to the outcome of a step that was gone back over: a [`Clock`].
    Return {
        /// The step's number.
        step: u64,
    },
    /// Save all of the sandbox, its keys included, as a file, which is attached: a [`Saved`]. `docs/sandbox-file.md` has the format.
    Save,
    /// Read and try the attached file, which was saved: what was [`Found`] in it. It is held until another one is attached.
    Examine,
    /// Make another sandbox of the file that is held: `null`. There must be none of this name.
    TakeIn {
        /// What it is to be called.
        name: String,
    },
    /// Give the sandbox a name that no other one has: `null`. This worker has none to serve then.
    Rename {
        /// Which.
        name: String,
    },
    /// Let the terminal begin, where the sandbox has none yet: `null`.
    Begin {
        /// What is there then.
        start: Start,
        /// A script that has run then, too.
        #[serde(default)]
        prepare: String,
    },
    /// Do a line of a script, which is a line of the terminal or begins with `@`: what it has [`Printed`].
    Play {
        /// The line.
        line: String,
    },
    /// Say of each expression whether it [`Holds`] of what is there and of what was done.
    Judge {
        /// In JMESPath, over what `docs/lessons.md` describes.
        checks: Vec<String>,
    },
    /// Try something in a sandbox that is made for it and forgotten: a `Result` of what was [`Tried`], or what went wrong.
    Try(Experiment),
    /// Say how the terminal stands between two lines: a [`Terminal`].
    Terminal,
    /// Say what was done that has led to what there is: a [`Script`].
    Script,
    /// Say which lines a text has that can be run by themselves: [`Lines`].
    Read {
        /// What was typed or pasted.
        text: String,
    },
    /// Run a line of the terminal: what it has [`Printed`]. Other frames are answered meanwhile.
    Enter {
        /// The line.
        line: String,
    },
    /// Give up the line that runs: `null`. Its calls so far stand, and the terminal is as it was before.
    Stop,
    /// Say what can stand where the cursor is: [`Candidates`].
    Complete {
        /// The line so far.
        line: String,
        /// Where the cursor is, in bytes.
        cursor: usize,
    },
    /// From now on be whom a profile stands for, or a user by the name that [`Terminal::people`] has: `null`.
    Be {
        /// The name.
        profile: String,
    },
    /// From now on be in another Region: `null`.
    Move {
        /// Which.
        region: String,
    },
    /// Say what is in a file of the terminal: a [`Blob`], or `null` where there is none.
    ReadFile {
        /// Its name.
        name: String,
    },
    /// Write a file of the terminal, in place of one of the same name: `null`.
    WriteFile {
        /// Its name.
        name: String,
        /// What is to be in it.
        bytes: Blob,
    },
    /// Take a file of the terminal away: `null`.
    RemoveFile {
        /// Its name.
        name: String,
    },
    /// Say which keys there are where the terminal is, in order of ID: a list of [`KeyRow`]. It leaves no entry in the log.
    Keys {
        /// The ID after which it goes on; none for the first.
        after: Option<String>,
        /// How many at most.
        limit: usize,
    },
    /// Say what there are forms for: a list of [`Offer`].
    Offers,
    /// Say what the form of an operation has: a [`Form`], or `null` if there is no such operation.
    Form {
        /// Whose.
        service: Service,
        /// Its name on the wire.
        operation: String,
    },
    /// Say what some bytes are: a [`Dissection`](crate::dissection::Dissection).
    Dissect {
        /// The bytes.
        bytes: Blob,
    },
    /// Say which command makes a request: a text, or `null` if there is none.
    Command {
        /// The request.
        request: Request,
    },
    /// Say which request a command makes: a `Result` of a [`Request`], or why there is none, in words.
    Request {
        /// The command.
        line: String,
    },
}

/// What a new sandbox begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Start {
    /// One account and its root user.
    #[default]
    Empty,
    /// Users in two accounts, a role of an application, and its key.
    TwoAccounts,
    /// A shop's buckets, volume and secret, and its keys, one of which somebody has forgotten to need.
    Company,
}

/// A key in a list that may have thousands: so its names on the wire are short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyRow {
    /// Its ID.
    #[serde(rename = "i")]
    pub id: String,
    /// Its aliases.
    #[serde(rename = "n", default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// What it may do.
    #[serde(rename = "s")]
    pub state: KeyState,
    /// What kind of key it is.
    #[serde(rename = "k")]
    pub spec: KeySpec,
    /// When it was made.
    #[serde(rename = "c")]
    pub created: Timestamp,
    /// What its owner says of it.
    #[serde(rename = "d", default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A sandbox that was saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// When, by the system's clock.
    pub made: Timestamp,
}

/// What is in the file of a sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// When it was saved, by the clock of the system where it was.
    pub made: Timestamp,
    /// How many keys it has.
    pub keys: u64,
    /// How many entries its log has.
    pub entries: u64,
}

/// Whether a sandbox can be called so: small letters, digits and hyphens, up to 32.
pub fn is_name(name: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    (1..=32).contains(&name.len()) && name.bytes().all(allowed)
}

/// A sandbox's time, and what happens by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Clock {
    /// The sandbox's time.
    pub now: Timestamp,
    /// How far it is ahead of the system's, in milliseconds.
    pub ahead: i64,
    /// What is due, the earliest first; not all of it.
    pub due: Vec<Upcoming>,
    /// Whether callers are held to the request quotas of KMS.
    #[serde(default)]
    pub held: bool,
}

/// Something that will happen by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Upcoming {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
    /// To what: the ARN of a key, or the ID of a custom key store.
    pub resource: String,
}

/// What happens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Event {
    /// A key is destroyed for good.
    Deletion,
    /// A key gets new material.
    Rotation,
    /// Imported material is dropped.
    Expiry,
    /// A key or a custom key store is ready.
    Readiness,
    /// A wrapping key, which material was to be imported under, is dropped.
    WrappingKeyExpiry,
}

/// Who may do what to a key, by policies and grants alone: called directly, without an encryption context, whatever the
/// key's state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Matrix {
    /// The key's ARN.
    pub key: String,
    /// The policy that decides here: the one that was to be tried, or the key's own.
    pub policy: String,
    /// Why the service would not take the policy that was to be tried. Then the key's own decides.
    pub problem: Option<ApiError>,
    /// Whether the policy that was tried would keep whom the terminal stands for from changing it again. The service takes such a
    /// one only if it is told to, and it decides here all the same.
    pub lockout: bool,
    /// The actions, without `kms:`.
    pub actions: Vec<String>,
    /// What decisions rest on; each text once.
    pub reasons: Vec<String>,
    /// Who there is.
    pub rows: Vec<Standing>,
}

/// What one may do to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// An ARN: of an account's root user, a user or a role, which stands for its sessions.
    pub principal: String,
    /// For each of the actions.
    pub verdicts: Vec<Verdict>,
}

/// Whether an action is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Whether it is.
    pub allowed: bool,
    /// Why or why not: the index of a reason.
    pub because: u32,
}

/// Where a sandbox stands among the steps that were made in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Steps {
    /// How many steps have led to what there is.
    pub made: usize,
    /// The ends of what was gone back over, the latest first.
    pub ends: Vec<End>,
}

/// Where a row of steps ends that does not lead to what there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct End {
    /// The number of its last step.
    pub step: u64,
    /// How many steps lead there from here, and how many have to be taken back first.
    pub on: usize,
    /// See `on`.
    pub back: usize,
    /// What the last step was: the name of an operation or of an event.
    pub label: String,
    /// When it was made, by the sandbox's clock.
    pub at: Timestamp,
}

/// What came of moving the clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Passed {
    /// What time it is now.
    pub clock: Clock,
    /// What the audit log says of what has happened on the way, in order of time.
    pub records: Vec<AuditRecord>,
}

/// What the log has after an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Logged {
    /// Whether this does not follow on that entry: somebody has gone back to before it, or much has come since.
    pub whole: bool,
    /// The oldest first.
    pub entries: Vec<Entry>,
}

/// An entry of a sandbox's log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Counts from 1. Old entries are dropped, numbers are not used again.
    #[serde(default)]
    pub number: u64,
    /// The audit record.
    pub record: AuditRecord,
    /// What happened inside; nothing for what the service does by itself.
    #[serde(default)]
    pub trace: Trace,
}
