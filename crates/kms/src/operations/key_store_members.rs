//! The members that describe what is behind a custom key store.

use waxseal_api::{
    EnumValue, SecretText,
    types::{XksProxyAuthenticationCredential, XksProxyConnectivity},
};

use crate::constraints::Constraints;

/// What is behind a store, as a request tells it.
pub(super) struct Told<'i> {
    pub(super) name: Option<&'i str>,
    pub(super) cluster_id: Option<&'i str>,
    pub(super) password: Option<&'i SecretText>,
    pub(super) uri_endpoint: Option<&'i str>,
    pub(super) uri_path: Option<&'i str>,
    pub(super) vpc_service_name: Option<&'i str>,
    pub(super) vpc_service_owner: Option<&'i str>,
    pub(super) credential: Option<&'i XksProxyAuthenticationCredential>,
    pub(super) connectivity: Option<&'i EnumValue<XksProxyConnectivity>>,
}

impl Told<'_> {
    /// Checks the constraints that creating and updating share; `name` is what the member of the store's name is called.
    pub(super) fn constrain(&self, check: &mut Constraints, name: &str) -> Option<XksProxyConnectivity> {
        check.optional_text(name, self.name, 1..=256);
        check.optional_text("cloudHsmClusterId", self.cluster_id, 19..=24);
        check_form(check, "cloudHsmClusterId", self.cluster_id, is_cluster_id, r"cluster-[2-7a-zA-Z]{11,16}");
        if let Some(password) = self.password {
            check.secret("keyStorePassword", password, 7..=32);
        }
        check.optional_text("xksProxyUriEndpoint", self.uri_endpoint, 10..=128);
        check_form(check, "xksProxyUriEndpoint", self.uri_endpoint, is_endpoint, r"^https://[a-zA-Z0-9.-]+$");
        check.optional_text("xksProxyUriPath", self.uri_path, 10..=128);
        let pattern = r"^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$";
        check_form(check, "xksProxyUriPath", self.uri_path, is_path, pattern);
        check.optional_text("xksProxyVpcEndpointServiceName", self.vpc_service_name, 20..=64);
        check.optional_text("xksProxyVpcEndpointServiceOwner", self.vpc_service_owner, 12..=12);
        if let Some(credential) = self.credential {
            let member = "xksProxyAuthenticationCredential.accessKeyId";
            check.secret(member, &credential.access_key_id, 20..=30);
            let member = "xksProxyAuthenticationCredential.rawSecretAccessKey";
            check.secret(member, &credential.raw_secret_access_key, 43..=64);
        }
        check.value("xksProxyConnectivity", self.connectivity)
    }

    /// Whether it tells anything of an AWS CloudHSM cluster.
    pub(super) fn tells_of_a_cluster(&self) -> bool {
        self.cluster_id.is_some() || self.password.is_some()
    }

    /// Whether it tells anything of an external key manager.
    pub(super) fn tells_of_a_proxy(&self) -> bool {
        let texts = [self.uri_endpoint, self.uri_path, self.vpc_service_name, self.vpc_service_owner];
        texts.iter().any(Option::is_some) || self.credential.is_some() || self.connectivity.is_some()
    }
}

fn check_form(
    check: &mut Constraints,
    member: &str,
    text: Option<&str>,
    fits: fn(&str) -> bool,
    pattern: &str,
) {
    if let Some(text) = text.filter(|text| !fits(text)) {
        check.pattern(member, text, pattern);
    }
}

fn is_cluster_id(text: &str) -> bool {
    let digits = text.strip_prefix("cluster-").unwrap_or_default();
    (11..=16).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_alphabetic() || (b'2'..=b'7').contains(&b))
}

fn is_endpoint(text: &str) -> bool {
    let host = text.strip_prefix("https://").unwrap_or_default();
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b))
}

fn is_path(text: &str) -> bool {
    let Some((prefix, version)) = text.rsplit_once("/kms/xks/v") else { return false };
    let digits = (1..=2).contains(&version.len()) && version.bytes().all(|b| b.is_ascii_digit());
    let body = prefix.strip_prefix('/').unwrap_or_default();
    let fits = body.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_-".contains(&b));
    digits && (prefix.is_empty() || (!body.is_empty() && fits))
}
