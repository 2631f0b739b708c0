//! What the audit log says of a call, and of what the service does by itself.

use serde_json::Value;
use uuid::Uuid;
use waxseal_api::{
    ApiError, ErrorCode, KeyArn, Service, Timestamp,
    audit::{AuditRecord, Resource, UserIdentity},
};
use waxseal_crypto::sha256;

use crate::request::{Caller, Request};

const EVENT_VERSION: &str = "1.11";

/// What became of a call.
pub(crate) struct Call<'a> {
    /// Of the request and of the record.
    pub(crate) ids: [Uuid; 2],
    pub(crate) read_only: bool,
    pub(crate) resources: &'a [KeyArn],
    pub(crate) refusal: Option<&'a ApiError>,
    pub(crate) request_parameters: Option<Value>,
    pub(crate) response_elements: Option<Value>,
    pub(crate) additional_event_data: Option<Value>,
}

/// The record of a call.
pub(crate) fn call(request: &Request<'_>, call: Call<'_>) -> AuditRecord {
    let place = &request.caller.place;
    let [request_id, event_id] = call.ids.map(|id| id.to_string());
    AuditRecord {
        event_version: EVENT_VERSION.to_owned(),
        user_identity: identity(request.caller),
        event_time: request.now.to_iso8601(),
        event_source: event_source(request.service),
        event_name: request.operation.to_owned(),
        aws_region: place.region.to_string(),
        error_code: call.refusal.map(|error| error_code(error.code)),
        error_message: call.refusal.map(|error| error.message.clone()).filter(|text| !text.is_empty()),
        request_parameters: call.request_parameters,
        response_elements: call.response_elements,
        additional_event_data: call.additional_event_data,
        request_id,
        event_id,
        read_only: call.read_only,
        resources: call.resources.iter().map(resource).collect(),
        event_type: "AwsApiCall".to_owned(),
        service_event_details: None,
        recipient_account_id: place.account.to_string(),
    }
}

/// The record of what the service does by itself to a key. The same for whoever comes to do the same.
pub(crate) fn event(name: &str, key: &KeyArn, at: Timestamp, details: Option<Value>) -> AuditRecord {
    let told = details.as_ref().map(Value::to_string).unwrap_or_default();
    let id = |what: &str| derived_uuid(&format!("{what} {name} {key} {}{told}", at.as_millis()));
    AuditRecord {
        event_version: EVENT_VERSION.to_owned(),
        user_identity: UserIdentity {
            kind: "AWSService".to_owned(),
            arn: None,
            account_id: Some(key.place.account.to_string()),
            invoked_by: None,
        },
        event_time: at.to_iso8601(),
        event_source: event_source(Service::Kms),
        event_name: name.to_owned(),
        aws_region: key.place.region.to_string(),
        error_code: None,
        error_message: None,
        request_parameters: None,
        response_elements: None,
        additional_event_data: None,
        request_id: id("request"),
        event_id: id("event"),
        read_only: false,
        resources: vec![resource(key)],
        event_type: "AwsServiceEvent".to_owned(),
        service_event_details: details,
        recipient_account_id: key.place.account.to_string(),
    }
}

/// What CloudTrail calls a refusal: by the exception's name, but for a denial, which it calls `AccessDenied` whatever the
/// service's own word.
fn error_code(code: ErrorCode) -> String {
    match code {
        ErrorCode::AccessDeniedException => "AccessDenied".to_owned(),
        code => code.to_string(),
    }
}

/// `kms.amazonaws.com`
fn event_source(service: Service) -> String {
    format!("{service}.amazonaws.com")
}

fn identity(caller: &Caller) -> UserIdentity {
    UserIdentity {
        kind: caller.principal.kind().to_owned(),
        arn: Some(caller.arn()),
        account_id: Some(caller.account().to_string()),
        invoked_by: caller
            .via
            .as_deref()
            .and_then(|via| Some(format!("{}.amazonaws.com", via.split('.').next()?))),
    }
}

fn resource(key: &KeyArn) -> Resource {
    Resource {
        account_id: key.place.account.to_string(),
        kind: "AWS::KMS::Key".to_owned(),
        arn: key.to_string(),
    }
}

fn derived_uuid(text: &str) -> String {
    let [bytes @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _]: [u8; 32] = sha256(&[text.as_bytes()]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
