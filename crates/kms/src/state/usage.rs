//! When a key was last used.

use serde::{Deserialize, Serialize};
use waxseal_api::{KeyArn, Timestamp, types::TrackedOperation};

/// The last cryptographic operation that a key has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UsageRecord {
    pub(crate) key_arn: KeyArn,
    pub(crate) operation: TrackedOperation,
    pub(crate) timestamp: Timestamp,
    /// Of its audit record.
    pub(crate) event_id: String,
    pub(crate) request_id: String,
}
