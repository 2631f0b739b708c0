//! When keys are used.

use waxseal_api::{KeyArn, audit::AuditRecord, types::TrackedOperation};

use crate::{
    request::Request,
    state::{Change, UsageRecord},
};

/// What is to be remembered of a call that has succeeded: of each key that it used, if it was a cryptographic operation.
pub(crate) fn notes(request: &Request<'_>, audit: &AuditRecord, keys: Vec<KeyArn>) -> Vec<Change> {
    let Ok(operation) = request.operation.parse::<TrackedOperation>() else { return Vec::new() };
    let usage = |key_arn| UsageRecord {
        key_arn,
        operation,
        timestamp: request.now,
        event_id: audit.event_id.clone(),
        request_id: audit.request_id.clone(),
    };
    keys.into_iter().map(|key| Change::PutUsage(Box::new(usage(key)))).collect()
}
