//! GetKeyLastUsage.

use waxseal_api::{
    operations::{GetKeyLastUsage, GetKeyLastUsageInput, GetKeyLastUsageOutput},
    types::KeyLastUsageData,
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
};

impl Rule for GetKeyLastUsage {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId"];

    /// Keys are watched from the beginning.
    fn run(cx: &mut Cx<'_>, input: GetKeyLastUsageInput) -> Result<GetKeyLastUsageOutput, Error> {
        names::key_id(&input.key_id)?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::GetKeyLastUsage, key)?;
        let usage = key.usage(cx);
        Ok(GetKeyLastUsageOutput {
            key_id: key.key().arn.to_string(),
            key_last_usage: usage.map(|usage| KeyLastUsageData {
                operation: usage.operation,
                timestamp: usage.timestamp,
                cloud_trail_event_id: usage.event_id.clone(),
                kms_request_id: usage.request_id.clone(),
            }),
            tracking_start_date: key.key().creation_date,
            key_creation_date: key.key().creation_date,
        })
    }
}
