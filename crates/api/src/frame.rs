//! What travels between a page and its worker: JSON text, with files and secrets attached beside it.
//!
//! A message is a JavaScript object `{ frame, file?, files?, packed?, target?, secret? }`: `frame` is the JSON text of one of
//! these types, `file` a `File` or `Blob`, `files` an array of such, `packed` a `Blob` of several, `target` a
//! `FileSystemFileHandle` that the result is to be written to, `secret` a transferred `ArrayBuffer` that its receiver erases
//! after use. A worker serves one world, named in the first frame; no later frame names one.

use serde::{Deserialize, Serialize};

use crate::{
    client::Answer,
    error::{Failure, LocalError},
    job::{Job, JobReport},
    operation::Service,
    vault::{Outcome, Task},
};

/// Pairs a request with its answer. Chosen by the page, never used twice.
pub type FrameId = u32;

/// From the page to the worker. A field that is not named here is not read over but refused: nobody is to believe that a
/// frame of the vault could say who calls, or when. To a sandbox, calls and work on files are made by whom its terminal stands
/// for; for the others see [`sandbox`](crate::sandbox).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ToWorker {
    /// First: which world this worker is to serve. `vault` is the real one; what begins with `sandbox-` is one for learning.
    Open {
        /// The world's name.
        world: String,
    },
    /// Call an operation.
    Call {
        /// For the answer.
        id: FrameId,
        /// Whose; of KMS when it is not said.
        #[serde(default)]
        service: Service,
        /// Its name.
        operation: String,
        /// Its input, as JSON text.
        body: String,
    },
    /// Work on the attached `file`, or pack the attached `files` and work on that. The result goes to the attached `target`, or else to where the worker has most room.
    Start {
        /// For the answers.
        id: FrameId,
        /// What to do.
        job: Job,
        /// The name the page knows the file by.
        name: String,
        /// Whether to hand the page the data key, as `secret`, so that it can be looked at.
        watch: bool,
    },
    /// Do something beside the operations. A passphrase or key material is attached as `secret`, a backup as `file`.
    Vault {
        /// For the answer.
        id: FrameId,
        /// What.
        task: Task,
    },
    /// Hold up the work on a file, or go on with it.
    Pause {
        /// Of the job.
        id: FrameId,
        /// Whether it is held up.
        paused: bool,
    },
    /// Stop working on a file and leave nothing behind; or, when the job is done, let go of its result.
    Cancel {
        /// Of the job.
        id: FrameId,
    },
}

/// From the worker to the page.
#[derive(Debug, Serialize, Deserialize)]
#[allow(
    clippy::large_enum_variant,
    reason = "only where pointers are wide, and a frame lives for one message"
)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromWorker {
    /// The script has loaded and waits for `Open`.
    Loaded,
    /// The world is open.
    Ready {
        /// What encrypts the bulk of a file: `WebCrypto` or `RustCrypto`.
        cipher: String,
        /// Whether the browser has promised not to evict the data.
        persisted: bool,
        /// The account and Region that calls are made in, and the caller's ARN.
        account: String,
        /// See `account`.
        region: String,
        /// See `account`.
        principal: String,
        /// After how many minutes without use it is to be locked, where there is a passphrase.
        #[serde(default)]
        lock: Option<u32>,
    },
    /// The world is there, and its passphrase has to be given. Nothing of it is in memory.
    Locked,
    /// The world cannot be opened, or not any longer.
    Closed {
        /// Why.
        error: LocalError,
    },
    /// The answer to `Call`; a sandbox that was saved is attached as `file`.
    Answer {
        /// To which call.
        id: FrameId,
        /// What the service said, or why it could not be asked.
        answer: Result<Answer, LocalError>,
    },
    /// A job goes on.
    Progress {
        /// Which.
        id: FrameId,
        /// Bytes of the input that have been worked on and verified.
        done: u64,
        /// Bytes of the input.
        total: u64,
    },
    /// A job is done. The result is attached as `file`; the data key as `secret` when it was to be watched. Where files were
    /// packed, what was encrypted is attached as `packed`; where packed files were found, they are attached as `files`, in the
    /// order of the report's `contents`, each a part of the result.
    Done {
        /// Which.
        id: FrameId,
        /// What happened.
        report: JobReport,
    },
    /// A job has failed or was cancelled. Nothing came out.
    Failed {
        /// Which.
        id: FrameId,
        /// Why.
        failure: Failure,
        /// What happened up to there.
        report: JobReport,
    },
    /// The answer to `Vault`. What was written is attached as `file`.
    Vault {
        /// To which task.
        id: FrameId,
        /// What came of it, or why nothing was changed.
        result: Result<Outcome, Failure>,
    },
    /// Another tab has changed what is stored here.
    Changed,
}
