//! Refusals by the endpoint, before the engine is asked or when it cannot answer.

use axum::http::StatusCode;

use crate::journal::Unstored;

/// Why a request is not carried out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// The exception's name.
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    /// Of a request that is at fault.
    pub(crate) fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, message: message.into() }
    }

    /// The target names no operation of a service that is here.
    pub(crate) fn unknown_operation(target: &str) -> Self {
        let message = match target {
            "" => "The header X-Amz-Target names no operation.".into(),
            target => format!("{target} is not an operation of this service."),
        };
        Self::bad_request("UnknownOperationException", message)
    }

    /// The body is not even text.
    pub(crate) fn not_text() -> Self {
        Self::bad_request("SerializationException", "The body is not UTF-8 text.")
    }
}

impl From<Unstored> for Refusal {
    fn from(unstored: Unstored) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "KMSInternalException",
            message: format!("The change could not be stored, so nothing was changed: {unstored}"),
        }
    }
}
