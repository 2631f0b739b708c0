//! The Authorization header of Signature Version 4, taken apart.
//!
//! `AWS4-HMAC-SHA256 Credential=<access key>/<date>/<Region>/<service>/aws4_request, SignedHeaders=<a;b;…>,
//! Signature=<hexadecimal>`. See "Create a signed AWS API request" in the IAM user guide.

use axum::http::{HeaderMap, header};

use crate::refusal::Refusal;

/// The name of the algorithm, which begins the header.
pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// What ends a credential scope.
pub(super) const TERMINATOR: &str = "aws4_request";

/// What a caller says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Authorization<'a> {
    pub(crate) access_key_id: &'a str,
    /// `20261124`
    pub(super) date: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    /// Lower-case names with semicolons between; empty when there are none.
    pub(super) signed_headers: &'a str,
    /// Hexadecimal; empty when there is none.
    pub(super) signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Reads the header. None when there is none of this kind. Only the credential has to be there: without a known
    /// access key nothing else is looked at.
    pub(crate) fn of(headers: &'a HeaderMap) -> Result<Option<Self>, Refusal> {
        let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
        let text = value.to_str().map_err(|_| incomplete("The Authorization header is not plain text."))?;
        let Some(parts) = text.strip_prefix(ALGORITHM) else { return Ok(None) };
        let part = |name: &str| {
            parts
                .split(',')
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
                .unwrap_or_default()
        };
        let mut scope = part("Credential").rsplitn(5, '/');
        let mut next = || scope.next().unwrap_or_default();
        let (terminator, service, region, date, access_key_id) = (next(), next(), next(), next(), next());
        if terminator != TERMINATOR || access_key_id.is_empty() {
            return Err(incomplete(
                "Authorization needs Credential=<access key>/<date>/<Region>/<service>/aws4_request.",
            ));
        }
        let (signed_headers, signature) = (part("SignedHeaders"), part("Signature"));
        Ok(Some(Self { access_key_id, date, region, service, signed_headers, signature }))
    }

    /// `20261124/us-east-1/kms/aws4_request`
    pub(super) fn scope(&self) -> String {
        format!("{}/{}/{}/{TERMINATOR}", self.date, self.region, self.service)
    }

    /// The signature is one for this service.
    pub(super) fn check_scope(&self, service: &str) -> Result<(), Refusal> {
        if self.service == service {
            return Ok(());
        }
        let message = format!("Credential should be scoped to correct service: '{service}'.");
        Err(Refusal::bad_request("InvalidSignatureException", message))
    }

    /// The scope names something that is not a Region.
    pub(super) fn other_region(&self) -> Refusal {
        let message = format!("Credential should be scoped to a valid Region, not '{}'.", self.region);
        Refusal::bad_request("InvalidSignatureException", message)
    }
}

/// Something that a signature needs is not there.
pub(super) fn incomplete(message: &str) -> Refusal {
    Refusal::bad_request("IncompleteSignatureException", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::AUTHORIZATION, text.parse().unwrap())])
    }

    #[test]
    fn with_and_without_spaces() {
        for text in [
            "AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-west-1/kms/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab",
            "AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-west-1/kms/aws4_request,SignedHeaders=host;x-amz-date,Signature=ab",
        ] {
            let headers = headers(text);
            let read = Authorization::of(&headers).unwrap().unwrap();
            assert_eq!((read.access_key_id, read.region, read.service), ("AKID", "eu-west-1", "kms"));
            assert_eq!((read.signed_headers, read.signature), ("host;x-amz-date", "ab"));
            assert_eq!(read.scope(), "20261124/eu-west-1/kms/aws4_request");
        }
    }

    #[test]
    fn other_schemes_are_no_signature_and_half_ones_are_refused() {
        assert_eq!(Authorization::of(&headers("Bearer abc")), Ok(None));
        assert_eq!(Authorization::of(&HeaderMap::new()), Ok(None));
        for text in ["AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=AKID/20261124/kms/aws4_request"] {
            let refusal = Authorization::of(&headers(text)).unwrap_err();
            assert_eq!(refusal.code, "IncompleteSignatureException", "{text}");
        }
    }
}
