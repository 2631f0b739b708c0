//! Keeps web pages out. A browser lets any page send requests to this machine; it tells from which page they come, and
//! under which name that page knows this machine.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};

use super::aws_json;
use crate::refusal::Refusal;

/// Passes on what was addressed to this machine, unless it comes from a page of another.
pub(super) async fn only_this_machine(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if is_local(headers, &header::HOST) && is_local(headers, &header::ORIGIN) {
        return next.run(request).await;
    }
    aws_json::refused(&Refusal {
        status: StatusCode::FORBIDDEN,
        code: "AccessDeniedException",
        message: "This endpoint answers programs and pages of this machine only.".into(),
    })
}

/// Whether a header is absent or names this machine: by an address, which no name server can redirect, or as localhost.
fn is_local(headers: &HeaderMap, name: &HeaderName) -> bool {
    let Some(value) = headers.get(name) else { return true };
    let uri = value.to_str().ok().and_then(|text| text.parse::<Uri>().ok());
    uri.as_ref().and_then(Uri::host).is_some_and(|host| {
        let host = host.trim_matches(['[', ']']);
        host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
            || host == "localhost"
            || host.ends_with(".localhost")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &'static str, expect: bool) {
        let headers = HeaderMap::from_iter([(header::HOST, value.parse().unwrap())]);
        assert_eq!(is_local(&headers, &header::HOST), expect, "{value}");
    }

    #[test]
    fn names_of_this_machine() {
        check("127.0.0.1:4599", true);
        check("localhost", true);
        check("http://localhost:8080", true);
        check("kms.us-east-1.localhost:4599", true);
        check("[::1]:4599", true);
        assert!(is_local(&HeaderMap::new(), &header::ORIGIN));
    }

    #[test]
    fn other_names() {
        check("example.org", false);
        check("https://example.org", false);
        check("192.0.2.1:4599", false);
        check("localhost.example.org", false);
        check("null", false);
        check("", false);
    }
}
