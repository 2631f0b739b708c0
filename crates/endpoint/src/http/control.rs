//! `/_waxseal/…`: what a test asks of the endpoint itself.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Service, read};
use crate::{journal::Unstored, refusal::Refusal};

/// `GET /_waxseal/health`: that it is there.
pub(super) async fn health() -> Response {
    answer(StatusCode::OK, &json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// `POST /_waxseal/reset`: empties the state and sets the clock to real time.
pub(super) async fn reset(State(service): State<Arc<Service>>) -> Result<Response, Response> {
    service.engine.reset().await.map_err(unstored)?;
    Ok(answer(StatusCode::OK, &json!({})))
}

/// What `POST /_waxseal/clock` takes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_seconds: u64,
}

/// `POST /_waxseal/clock {"advanceSeconds": n}`: moves the clock ahead. Answers `{"now": seconds since the epoch}`.
pub(super) async fn clock(
    State(service): State<Arc<Service>>,
    request: Request,
) -> Result<Response, Response> {
    let body = read(request.into_body()).await.map_err(|refusal| refused(&refusal))?;
    let advance: Advance = serde_json::from_slice(&body)
        .map_err(|error| bad_request(&format!("expected {{\"advanceSeconds\": n}}: {error}")))?;
    match service.engine.advance(advance.advance_seconds).await.map_err(unstored)? {
        Some(now) => Ok(answer(StatusCode::OK, &json!({ "now": now }))),
        None => Err(bad_request("the clock goes no further than the year 9999")),
    }
}

fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

fn bad_request(message: &str) -> Response {
    answer(StatusCode::BAD_REQUEST, &json!({ "message": message }))
}

fn unstored(error: Unstored) -> Response {
    refused(&error.into())
}

fn refused(refusal: &Refusal) -> Response {
    answer(refusal.status, &json!({ "message": refusal.message }))
}
