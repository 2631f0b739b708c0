//! AWS JSON 1.1: an operation's name in a header, JSON in, JSON out.

use axum::{
    http::{HeaderName, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::json;
use waxseal_api::Reply;

use super::Service;
use crate::refusal::Refusal;

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
/// What precedes the operation's name in `X-Amz-Target`.
const TARGET: &str = "TrentService.";

/// Answers a call of the key service.
pub(super) async fn answer(service: &Service, head: &Parts, body: &[u8]) -> Response {
    match reply(service, head, body).await {
        Ok((operation, reply)) => response(operation, &reply),
        Err(refusal) => refused(&refusal),
    }
}

async fn reply<'a>(service: &Service, head: &'a Parts, body: &[u8]) -> Result<(&'a str, Reply), Refusal> {
    let target = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let operation = target.strip_prefix(TARGET).ok_or_else(|| Refusal::unknown_operation(target))?;
    let caller = service.caller("kms", head, body).await?;
    let body = std::str::from_utf8(body).map_err(|_| Refusal::not_text())?;
    Ok((operation, service.engine.call(&caller, waxseal_api::Service::Kms, operation, body).await?))
}

fn response(operation: &str, reply: &Reply) -> Response {
    let request_id = [(REQUEST_ID, reply.audit.request_id.as_str())];
    let content_type = [(header::CONTENT_TYPE, CONTENT_TYPE)];
    match &reply.result {
        Ok(output) => (request_id, content_type, body(operation, output)).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
            let body = serde_json::to_string(error).unwrap_or_default();
            (status, request_id, content_type, body).into_response()
        }
    }
}

/// Operations without an output shape are answered with an empty body; those of custom key stores have one, without
/// members.
fn body(operation: &str, output: &str) -> String {
    if output == "{}" && !operation.ends_with("CustomKeyStore") { String::new() } else { output.to_owned() }
}

/// A refusal that does not come from the engine.
pub(super) fn refused(refusal: &Refusal) -> Response {
    let body = json!({ "__type": refusal.code, "message": refusal.message }).to_string();
    (refusal.status, [(header::CONTENT_TYPE, CONTENT_TYPE)], body).into_response()
}
