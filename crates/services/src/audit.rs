//! What the audit log says of a call of a service.

use serde_json::{Map, Value};
use waxseal_api::{
    ApiError,
    audit::{AuditRecord, UserIdentity},
};

use crate::{cx::Cx, refusal};

/// Members of an input that say what it is about and are no secret, and what the log calls them.
const RECORDED: &[(&str, &str)] = &[
    ("Bucket", "bucketName"),
    ("CopySource", "x-amz-copy-source"),
    ("Encrypted", "encrypted"),
    ("FunctionName", "functionName"),
    ("InstanceId", "instanceId"),
    ("KMSKeyArn", "kMSKeyArn"),
    ("Key", "key"),
    ("KeyId", "keyId"),
    ("KmsKeyId", "kmsKeyId"),
    ("LookupAttributes", "lookupAttributes"),
    ("MaxResults", "maxResults"),
    ("Name", "name"),
    ("SSECustomerAlgorithm", "x-amz-server-side-encryption-customer-algorithm"),
    ("SSEKMSKeyId", "x-amz-server-side-encryption-aws-kms-key-id"),
    ("SSESpecification", "sSESpecification"),
    ("SecretId", "secretId"),
    ("ServerSideEncryption", "x-amz-server-side-encryption"),
    ("TableName", "tableName"),
    ("Type", "type"),
    ("VolumeId", "volumeId"),
    ("WithDecryption", "withDecryption"),
];

/// The record of a call.
pub(crate) fn record(cx: &Cx<'_>, result: &Result<String, ApiError>) -> AuditRecord {
    let (request, place) = (cx.request, &cx.place);
    let caller = request.caller;
    let refusal = result.as_ref().err();
    let [request_id, event_id] = cx.ids;
    let reads =
        ["Describe", "Get", "Head", "List", "Lookup"].iter().any(|verb| request.operation.starts_with(verb));
    AuditRecord {
        event_version: "1.11".to_owned(),
        user_identity: UserIdentity {
            kind: caller.principal.kind().to_owned(),
            arn: Some(caller.arn()),
            account_id: Some(caller.place.account.to_string()),
            invoked_by: None,
        },
        event_time: request.now.to_iso8601(),
        event_source: format!("{}.amazonaws.com", request.service),
        event_name: request.operation.to_owned(),
        aws_region: place.region.to_string(),
        error_code: refusal.map(refusal::name),
        error_message: refusal.map(|error| error.message.clone()),
        request_parameters: parameters(request.body),
        response_elements: None,
        additional_event_data: None,
        request_id: request_id.to_string(),
        event_id: event_id.to_string(),
        read_only: reads,
        resources: Vec::new(),
        event_type: "AwsApiCall".to_owned(),
        service_event_details: None,
        recipient_account_id: caller.place.account.to_string(),
    }
}

fn parameters(body: &str) -> Option<Value> {
    let input: Map<String, Value> = serde_json::from_str(body).ok()?;
    let said = RECORDED.iter().filter_map(|(member, name)| {
        let value = input.get(*member)?;
        // In a table's key the values are data.
        (!value.is_object() || *member == "SSESpecification").then(|| ((*name).to_owned(), value.clone()))
    });
    let said: Map<String, Value> = said.collect();
    (!said.is_empty()).then(|| said.into())
}
