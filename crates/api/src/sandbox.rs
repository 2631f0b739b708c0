//! What travels between a page and the worker of a sandbox.
//!
//! A sandbox is a world for learning: a database of its own, whose name begins with [`PREFIX`], and a clock that can be moved
//! forward. In it a call says who makes it. None of that can be said to the worker of the vault, which reads only
//! [`ToWorker`](crate::frame::ToWorker). Every frame is answered with
//! [`FromWorker::Answer`](crate::frame::FromWorker::Answer); that of a [`Task`] has the JSON text of what came of it.

use serde::{Deserialize, Serialize};

use crate::{
    arn::{Place, Region},
    audit::AuditRecord,
    blob::SecretText,
    error::ApiError,
    frame::FrameId,
    operation::Service,
    time::Timestamp,
    trace::Trace,
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
    /// Say what was done after the entry of this number: a list of [`Entry`].
    Log {
        /// 0 for all that is kept.
        after: u64,
    },
    /// Say who an identity is: an ARN, or `null` for nobody.
    Who {
        /// Which.
        identity: Identity,
    },
    /// Say who there is: the ARNs of all users.
    People,
    /// Say what keys can be called in an account and Region: IDs, ARNs and alias names. It leaves no entry in the log.
    Names {
        /// Where.
        place: Place,
    },
    /// Say who may do what to a key: a `Result` of a [`Matrix`] or the service's refusal.
    Matrix {
        /// Who asks. A new policy must not lock that one out.
        identity: Identity,
        /// In which Region.
        region: Region,
        /// Key ID, key ARN, alias name or alias ARN.
        key_id: String,
        /// A key policy to be tried in the place of the key's own.
        policy: Option<String>,
    },
    /// Say what [`Task::Keep`] has kept: a text or `null`.
    Kept,
    /// Keep a text for the page, in place of the last one. It is sealed like key material.
    Keep {
        /// What its terminal holds.
        text: SecretText,
    },
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

/// What came of moving the clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Passed {
    /// What time it is now.
    pub clock: Clock,
    /// What the audit log says of what has happened on the way, in order of time.
    pub records: Vec<AuditRecord>,
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
