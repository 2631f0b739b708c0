//! The endpoint's HTTP: what is served where, and what every answer has in common.

mod aws_json;
mod control;
mod guard;
mod query;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header, request::Parts},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};

use waxseal_kms::Caller;

use crate::{
    engine::Engine,
    identity::{Authorization, Identities},
    refusal::Refusal,
};

/// The most bytes of a request: more than the longest key policy takes when each character is escaped.
const BODY_LIMIT: usize = 1 << 20;

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) engine: Engine,
    pub(crate) identities: Identities,
}

impl Service {
    /// Who makes a request to a service, by the name that the service has in credential scopes.
    async fn caller(&self, service: &str, head: &Parts, body: &[u8]) -> Result<Caller, Refusal> {
        let Some(claimed) = Authorization::of(&head.headers)? else { return self.identities.unsigned() };
        let issued = self.engine.credential(claimed.access_key_id).await?;
        self.identities.caller(service, &claimed, issued, head, body)
    }
}

/// The endpoint's routes.
pub(crate) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/", post(call).fallback(wrong_method))
        .route("/_waxseal/health", get(control::health))
        .route("/_waxseal/audit", get(control::audit))
        .route("/_waxseal/reset", post(control::reset))
        .route("/_waxseal/clock", post(control::clock))
        .route("/_waxseal/key-store-lost", post(control::key_store_lost))
        .route("/_waxseal/service-key", post(control::service_key))
        .fallback(wrong_path)
        .layer(middleware::from_fn(guard::only_this_machine))
        .with_state(service)
}

/// A call of an operation.
async fn call(State(service): State<Arc<Service>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    match read(body).await {
        Ok(body) if query::is_spoken(&head.headers) => query::answer(&service, &head, &body).await,
        Ok(body) => aws_json::answer(&service, &head, &body).await,
        Err(refusal) => aws_json::refused(&refusal),
    }
}

async fn read(body: Body) -> Result<Bytes, Refusal> {
    to_bytes(body, BODY_LIMIT).await.map_err(|_| Refusal {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        code: "RequestEntityTooLargeException",
        message: format!("The request is longer than {BODY_LIMIT} bytes, or it was broken off."),
    })
}

async fn wrong_method(method: Method) -> Response {
    let refusal = Refusal {
        status: StatusCode::METHOD_NOT_ALLOWED,
        code: "UnknownOperationException",
        message: format!("Operations are called with POST, not with {method}."),
    };
    ([(header::ALLOW, "POST")], aws_json::refused(&refusal)).into_response()
}

async fn wrong_path(head: Parts) -> Response {
    aws_json::refused(&Refusal {
        status: StatusCode::NOT_FOUND,
        code: "UnknownOperationException",
        message: format!("There is nothing at {}. Operations are called at /.", head.uri.path()),
    })
}
