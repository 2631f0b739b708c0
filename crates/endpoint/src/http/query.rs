//! The AWS query protocol, which IAM and STS speak: a form in, XML out.
//!
//! The engine is asked with the same JSON as ever, so the protocol is a translation of names: `Tags.member.1.Key=a`
//! becomes `{"Tags":[{"Key":"a"}]}`, and back.

mod form;
mod xml;

use axum::{
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use waxseal_api::{ErrorCode, Reply, Service as Kind};

use self::form::Form;
use super::Service;
use crate::refusal::Refusal;

/// The services that speak it: name in a credential scope, version, XML name space.
const SERVICES: [(Kind, &str, &str, &str); 2] = [
    (Kind::Iam, "iam", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"),
    (Kind::Sts, "sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"),
];

/// Whether a request speaks this protocol.
pub(super) fn is_spoken(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"))
}

/// Answers a call of IAM or STS.
pub(super) async fn answer(service: &Service, head: &Parts, body: &[u8]) -> Response {
    let form = Form::read(body);
    let spoken = SERVICES.iter().find(|(_, _, version, _)| *version == form.version);
    let Some(&(kind, name, _, namespace)) = spoken else {
        let message = format!("There is no service of version '{}' here.", form.version);
        return error(StatusCode::BAD_REQUEST, "InvalidAction", &message, "", "");
    };
    match reply(service, (kind, name), head, body, &form).await {
        Ok(reply) => response(namespace, &form.action, &reply),
        Err(refusal) => {
            let (status, code) = code(&refusal);
            error(status, code, &refusal.message, namespace, "")
        }
    }
}

async fn reply(
    service: &Service,
    (kind, name): (Kind, &str),
    head: &Parts,
    body: &[u8],
    form: &Form,
) -> Result<Reply, Refusal> {
    let caller = service.caller(name, head, body).await?;
    Ok(service.engine.call(&caller, kind, &form.action, &form.input.to_string()).await?)
}

fn response(namespace: &str, action: &str, reply: &Reply) -> Response {
    let request_id = &reply.audit.request_id;
    match &reply.result {
        Ok(output) => {
            let output = serde_json::from_str(output).unwrap_or_default();
            xml_response(StatusCode::OK, xml::result(namespace, action, &output, request_id))
        }
        Err(refusal) => {
            error(status(refusal.code), refusal.code.query_name(), &refusal.message, namespace, request_id)
        }
    }
}

fn error(status: StatusCode, code: &str, message: &str, namespace: &str, request_id: &str) -> Response {
    let party = if status.is_server_error() { "Receiver" } else { "Sender" };
    xml_response(status, xml::error(namespace, party, code, message, request_id))
}

fn xml_response(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/xml")], body).into_response()
}

/// The statuses of these services, which are of more kinds than those of KMS.
fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::AccessDeniedException => StatusCode::FORBIDDEN,
        ErrorCode::NotFoundException => StatusCode::NOT_FOUND,
        ErrorCode::AlreadyExistsException
        | ErrorCode::ConflictException
        | ErrorCode::LimitExceededException => StatusCode::CONFLICT,
        other => StatusCode::from_u16(other.status()).unwrap_or(StatusCode::BAD_REQUEST),
    }
}

/// What these services call a refusal that precedes the engine.
fn code(refusal: &Refusal) -> (StatusCode, &'static str) {
    match refusal.code {
        "UnrecognizedClientException" => (StatusCode::FORBIDDEN, "InvalidClientTokenId"),
        "ExpiredTokenException" => (StatusCode::FORBIDDEN, "ExpiredToken"),
        "MissingAuthenticationTokenException" => (StatusCode::FORBIDDEN, "MissingAuthenticationToken"),
        "InvalidSignatureException" => (StatusCode::FORBIDDEN, "SignatureDoesNotMatch"),
        "IncompleteSignatureException" => (StatusCode::BAD_REQUEST, "IncompleteSignature"),
        "KMSInternalException" => (StatusCode::INTERNAL_SERVER_ERROR, "ServiceFailure"),
        other => (refusal.status, other),
    }
}
