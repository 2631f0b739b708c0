//! Signature Version 4: what is signed, and with which key. See "Create a signed AWS API request" in the IAM user guide.

use axum::http::{HeaderMap, request::Parts};
use jiff::{civil::DateTime, tz::TimeZone};
use waxseal_crypto::{equal, hmac_sha256, sha256};

use super::authorization::{ALGORITHM, Authorization, TERMINATOR, incomplete};
use crate::refusal::Refusal;

/// How far a caller's clock may be off, in milliseconds.
const SKEW: i64 = 15 * 60 * 1000;

/// Checks a request's signature. `now` is real time, in milliseconds since the epoch: callers' clocks know no other.
///
/// # Errors
/// The signature is another's, of another request or of another time.
pub(super) fn verify(
    claimed: &Authorization<'_>,
    secret: &[u8],
    head: &Parts,
    body: &[u8],
    now: i64,
) -> Result<(), Refusal> {
    check_parts(claimed, &head.headers)?;
    let date =
        text(&head.headers, "x-amz-date").ok_or_else(|| incomplete("The header X-Amz-Date is missing."))?;
    check_date(claimed, date, now)?;
    let expected = sign(claimed, secret, date, &canonical_request(claimed, head, body));
    if equal(hex::encode(expected).as_bytes(), claimed.signature.as_bytes()) {
        Ok(())
    } else {
        Err(mismatch())
    }
}

fn check_parts(claimed: &Authorization<'_>, headers: &HeaderMap) -> Result<(), Refusal> {
    if claimed.signed_headers.is_empty() || claimed.signature.is_empty() {
        return Err(incomplete("Authorization needs SignedHeaders=<names> and Signature=<hexadecimal>."));
    }
    let names = headers.keys().map(|name| name.as_str());
    let needed = names.filter(|name| *name == "host" || name.starts_with("x-amz-"));
    let missing =
        needed.into_iter().find(|name| !claimed.signed_headers.split(';').any(|signed| signed == *name));
    match missing {
        Some(name) => Err(invalid(format!("'{name}' must be a 'SignedHeader' in the AWS Authorization."))),
        None => Ok(()),
    }
}

fn check_date(claimed: &Authorization<'_>, date: &str, now: i64) -> Result<(), Refusal> {
    let signed = DateTime::strptime("%Y%m%dT%H%M%SZ", date).and_then(|date| TimeZone::UTC.to_timestamp(date));
    let signed =
        signed.map_err(|_| incomplete("X-Amz-Date is not of the form 20261124T190958Z."))?.as_millisecond();
    if !date.starts_with(claimed.date) {
        return Err(invalid(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{date}'.",
            claimed.date
        )));
    }
    let shown =
        |millis| jiff::Timestamp::from_millisecond(millis).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ");
    if signed < now - SKEW {
        let (limit, now) = (shown(now - SKEW), shown(now));
        return Err(invalid(format!(
            "Signature expired: {date} is now earlier than {limit} ({now} - 15 min.)"
        )));
    }
    if signed > now + SKEW {
        let (limit, now) = (shown(now + SKEW), shown(now));
        return Err(invalid(format!(
            "Signature not yet current: {date} is still later than {limit} ({now} + 15 min.)"
        )));
    }
    Ok(())
}

/// `HMAC(HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), Region), service), "aws4_request"), string to sign)`
fn sign(claimed: &Authorization<'_>, secret: &[u8], date: &str, canonical_request: &str) -> [u8; 32] {
    let hash = hex::encode(sha256(&[canonical_request.as_bytes()]));
    let string_to_sign = format!("{ALGORITHM}\n{date}\n{}\n{hash}", claimed.scope());
    let first = hmac_sha256(&[b"AWS4", secret].concat(), claimed.date.as_bytes());
    [claimed.region, claimed.service, TERMINATOR, &string_to_sign]
        .iter()
        .fold(first, |key, text| hmac_sha256(&key, text.as_bytes()))
}

fn canonical_request(claimed: &Authorization<'_>, head: &Parts, body: &[u8]) -> String {
    let mut query: Vec<String> = head.uri.query().unwrap_or_default().split('&').map(pair).collect();
    query.sort();
    let headers: String =
        claimed.signed_headers.split(';').map(|name| canonical_header(&head.headers, name)).collect();
    format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        head.method,
        head.uri.path(),
        query.join("&"),
        claimed.signed_headers,
        hex::encode(sha256(&[body]))
    )
}

/// A part of a query, with an equals sign even when it has no value.
fn pair(part: &str) -> String {
    if part.is_empty() || part.contains('=') { part.to_owned() } else { format!("{part}=") }
}

/// `name:value` and a line feed; spaces at the ends are left out, and several are one.
fn canonical_header(headers: &HeaderMap, name: &str) -> String {
    let values = headers.get_all(name).iter().map(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    });
    format!("{name}:{}\n", values.collect::<Vec<_>>().join(","))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn mismatch() -> Refusal {
    invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
         Key and signing method. Consult the service documentation for details."
            .into(),
    )
}

fn invalid(message: String) -> Refusal {
    Refusal::bad_request("InvalidSignatureException", message)
}

#[cfg(test)]
mod tests;
