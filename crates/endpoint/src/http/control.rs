//! `/_waxseal/…`: what a test asks of the endpoint itself.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use waxseal_api::{Place, types::ConnectionErrorCode};

use super::{Service, read};
use crate::{engine::entropy, journal::Unstored, refusal::Refusal};

/// `GET /_waxseal/health`: that it is there.
pub(super) async fn health() -> Response {
    answer(StatusCode::OK, &json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// `POST /_waxseal/reset`: empties the state and sets the clock to real time.
pub(super) async fn reset(State(service): State<Arc<Service>>) -> Result<Response, Response> {
    service.engine.reset().await.map_err(unstored)?;
    Ok(answer(StatusCode::OK, &json!({})))
}

/// `GET /_waxseal/audit`: the last 10,000 records, in the shape of a CloudTrail log file: `{"Records": […]}`.
pub(super) async fn audit(State(service): State<Arc<Service>>) -> Result<Response, Response> {
    let records = service.engine.log().await.map_err(unstored)?;
    Ok(answer(StatusCode::OK, &json!({ "Records": records })))
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

/// What `POST /_waxseal/key-store-lost` takes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lost {
    #[serde(flatten)]
    place: Place,
    custom_key_store_id: String,
    error_code: ConnectionErrorCode,
}

/// `POST /_waxseal/key-store-lost {"account", "region", "customKeyStoreId", "errorCode"}`: loses the connection of a custom
/// key store. Answers `{"lost": whether it was connected}`.
pub(super) async fn key_store_lost(
    State(service): State<Arc<Service>>,
    request: Request,
) -> Result<Response, Response> {
    let Lost { place, custom_key_store_id, error_code } = taken(request).await?;
    let lost = service.engine.act(|state, _| {
        let change = waxseal_kms::sever(state, &place, &custom_key_store_id, error_code);
        let lost = change.is_some();
        (change.into_iter().collect(), lost)
    });
    Ok(answer(StatusCode::OK, &json!({ "lost": lost.await.map_err(unstored)? })))
}

/// What `POST /_waxseal/service-key` takes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Used {
    #[serde(flatten)]
    place: Place,
    service: String,
}

/// `POST /_waxseal/service-key {"account", "region", "service"}`: an AWS service uses its AWS managed key in an account
/// for the first time. Answers `{"made": whether it was not there before}`.
pub(super) async fn service_key(
    State(service): State<Arc<Service>>,
    request: Request,
) -> Result<Response, Response> {
    let Used { place, service: user } = taken(request).await?;
    let made = service.engine.act(|state, now| {
        match waxseal_kms::managed_key(state, &mut entropy(), now, &place, &user) {
            Ok(changes) => {
                let made = !changes.is_empty();
                (changes, Ok(made))
            }
            Err(error) => (Vec::new(), Err(bad_request(&error.to_string()))),
        }
    });
    Ok(answer(StatusCode::OK, &json!({ "made": made.await.map_err(unstored)?? })))
}

async fn taken<T: DeserializeOwned>(request: Request) -> Result<T, Response> {
    let body = read(request.into_body()).await.map_err(|refusal| refused(&refusal))?;
    serde_json::from_slice(&body).map_err(|error| bad_request(&error.to_string()))
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
