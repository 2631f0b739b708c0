//! The record that every call leaves, in the shape of an AWS CloudTrail event.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// One call: who, what, where, when and how it ended. Without plaintext and without ciphertext.
/// Source: "CloudTrail record contents" in the AWS CloudTrail user guide.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditRecord {
    /// `1.11`
    pub event_version: String,
    /// Who called.
    pub user_identity: UserIdentity,
    /// When, as `2026-11-24T12:00:00Z`.
    pub event_time: String,
    /// `kms.amazonaws.com`
    pub event_source: String,
    /// The operation.
    pub event_name: String,
    /// Where.
    pub aws_region: String,
    /// The exception, when refused.
    pub error_code: Option<String>,
    /// Its text, when it has one.
    pub error_message: Option<String>,
    /// The input, without secrets; `null` when there is nothing to say.
    pub request_parameters: Option<serde_json::Value>,
    /// The output, without secrets, for operations that change something.
    pub response_elements: Option<serde_json::Value>,
    /// What neither of them says: the ID of a grant that was retired by its token.
    pub additional_event_data: Option<serde_json::Value>,
    /// A UUID for the request.
    #[serde(rename = "requestID")]
    pub request_id: String,
    /// A UUID for this record.
    #[serde(rename = "eventID")]
    pub event_id: String,
    /// Whether it left everything as it was.
    pub read_only: bool,
    /// The keys it used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// `AwsApiCall`, or `AwsServiceEvent` for what the service does by itself.
    pub event_type: String,
    /// What the service did by itself, in its own terms.
    pub service_event_details: Option<serde_json::Value>,
    /// The account it is recorded in.
    pub recipient_account_id: String,
}

/// Who called.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserIdentity {
    /// `Root`, `IAMUser`, `AssumedRole`, `AWSService`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The caller's ARN.
    pub arn: Option<String>,
    /// The caller's account.
    pub account_id: Option<String>,
    /// The service that calls on the caller's behalf, such as `s3.amazonaws.com`.
    pub invoked_by: Option<String>,
}

/// A key that was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// Whose.
    pub account_id: String,
    /// `AWS::KMS::Key`
    #[serde(rename = "type")]
    pub kind: String,
    /// Its ARN.
    #[serde(rename = "ARN")]
    pub arn: String,
}
