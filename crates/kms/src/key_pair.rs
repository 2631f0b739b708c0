//! Key pairs that take long to make.

use serde_json::Value;
use waxseal_api::{Service, types::KeySpec};
use waxseal_crypto::Spec;

use crate::{algorithms, members::Members};

/// The spec of the RSA key pair that a call makes, if it makes one and is not refused. That takes seconds: whoever has
/// calls take turns makes it before the turn, and hands it to [`handle_with`](crate::handle_with()).
pub fn key_pair_to_make(service: Service, operation: &str, body: &str) -> Option<Spec> {
    let names: &[&str] = match (service, operation) {
        (Service::Kms, "CreateKey") => &["KeySpec", "CustomerMasterKeySpec", "Origin"],
        (Service::Kms, "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext") => &["KeyPairSpec"],
        (Service::Kms, "GetParametersForImport") => &["WrappingKeySpec"],
        _ => return None,
    };
    let members = Members::read(body, names).ok()?;
    if members.get("Origin").and_then(Value::as_str) == Some("EXTERNAL") {
        return None;
    }
    let spec = names.iter().find_map(|name| members.get(name)?.as_str()?.parse::<KeySpec>().ok())?;
    Some(algorithms::spec(spec)).filter(|spec| spec.modulus_bits().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(operation: &str, body: &str, expect: Option<Spec>) {
        assert_eq!(key_pair_to_make(Service::Kms, operation, body), expect, "{operation} {body}");
    }

    #[test]
    fn calls_that_make_rsa_key_pairs() {
        check("CreateKey", r#"{"KeySpec":"RSA_4096"}"#, Some(Spec::Rsa4096));
        check("CreateKey", r#"{"CustomerMasterKeySpec":"RSA_2048"}"#, Some(Spec::Rsa2048));
        check("GenerateDataKeyPair", r#"{"KeyPairSpec":"RSA_3072"}"#, Some(Spec::Rsa3072));
        check("GenerateDataKeyPairWithoutPlaintext", r#"{"KeyPairSpec":"RSA_2048"}"#, Some(Spec::Rsa2048));
        check("GetParametersForImport", r#"{"WrappingKeySpec":"RSA_4096"}"#, Some(Spec::Rsa4096));
    }

    #[test]
    fn calls_that_make_none() {
        check("CreateKey", "{}", None);
        check("CreateKey", r#"{"KeySpec":"RSA_4096","Origin":"EXTERNAL"}"#, None);
        check("CreateKey", r#"{"KeySpec":"ECC_NIST_P256"}"#, None);
        check("CreateKey", r#"{"KeySpec":7}"#, None);
        check("CreateKey", "RSA_4096", None);
        check("Encrypt", r#"{"KeySpec":"RSA_4096"}"#, None);
        assert_eq!(key_pair_to_make(Service::Iam, "CreateKey", r#"{"KeySpec":"RSA_4096"}"#), None);
    }
}
