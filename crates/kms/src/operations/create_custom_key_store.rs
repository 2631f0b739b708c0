//! CreateCustomKeyStore.

use waxseal_api::{
    operations::{CreateCustomKeyStore, CreateCustomKeyStoreInput, CreateCustomKeyStoreOutput},
    types::{CustomKeyStoreType, XksProxyConfiguration, XksProxyConnectivity},
};

use super::{Rule, key_store_members::Told};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    state::Backing,
};

const OF_A_CLUSTER: &str = "A store in an AWS CloudHSM cluster takes CloudHsmClusterId, KeyStorePassword and \
    TrustAnchorCertificate, and nothing of an external key store.";
const OF_A_PROXY: &str = "An external key store takes XksProxyUriEndpoint, XksProxyUriPath, XksProxyConnectivity and \
    XksProxyAuthenticationCredential, and nothing of an AWS CloudHSM cluster.";
const VPC_SERVICE: &str =
    "XksProxyVpcEndpointServiceName belongs to the connectivity VPC_ENDPOINT_SERVICE, and to no other.";
const CERTIFICATE_BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const CERTIFICATE_END: &str = "-----END CERTIFICATE-----";

impl Rule for CreateCustomKeyStore {
    const REQUIRED: &'static [&'static str] = &["CustomKeyStoreName"];
    const RECORDED: &'static [&'static str] = &[
        "CloudHsmClusterId",
        "CustomKeyStoreName",
        "CustomKeyStoreType",
        "TrustAnchorCertificate",
        "XksProxyConnectivity",
        "XksProxyUriEndpoint",
        "XksProxyUriPath",
        "XksProxyVpcEndpointServiceName",
        "XksProxyVpcEndpointServiceOwner",
    ];
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("CustomKeyStoreType", "AWS_CLOUDHSM")];

    fn run(cx: &mut Cx<'_>, input: CreateCustomKeyStoreInput) -> Result<CreateCustomKeyStoreOutput, Error> {
        let told = told(&input);
        let mut check = Constraints::default();
        let connectivity = told.constrain(&mut check, "customKeyStoreName");
        check.optional_text("trustAnchorCertificate", input.trust_anchor_certificate.as_deref(), 1..=5000);
        let kind = check.value("customKeyStoreType", input.custom_key_store_type.as_ref());
        check.done()?;
        let account = cx.authorize_key_stores(Action::CreateCustomKeyStore)?;
        let backing = match kind.unwrap_or(CustomKeyStoreType::AwsCloudHsm) {
            CustomKeyStoreType::AwsCloudHsm => cluster(&told, input.trust_anchor_certificate.as_deref())?,
            CustomKeyStoreType::ExternalKeyStore => {
                if input.trust_anchor_certificate.is_some() {
                    return Err(Error::Validation(OF_A_PROXY));
                }
                proxy(&told, connectivity)?
            }
        };
        let id = account.create_key_store(cx, input.custom_key_store_name, backing)?;
        Ok(CreateCustomKeyStoreOutput { custom_key_store_id: id })
    }
}

fn told(input: &CreateCustomKeyStoreInput) -> Told<'_> {
    Told {
        name: Some(&input.custom_key_store_name),
        cluster_id: input.cloud_hsm_cluster_id.as_deref(),
        password: input.key_store_password.as_ref(),
        uri_endpoint: input.xks_proxy_uri_endpoint.as_deref(),
        uri_path: input.xks_proxy_uri_path.as_deref(),
        vpc_service_name: input.xks_proxy_vpc_endpoint_service_name.as_deref(),
        vpc_service_owner: input.xks_proxy_vpc_endpoint_service_owner.as_deref(),
        credential: input.xks_proxy_authentication_credential.as_ref(),
        connectivity: input.xks_proxy_connectivity.as_ref(),
    }
}

fn cluster(told: &Told<'_>, certificate: Option<&str>) -> Result<Backing, Error> {
    let (Some(cluster_id), Some(_), Some(certificate), false) =
        (told.cluster_id, told.password, certificate, told.tells_of_a_proxy())
    else {
        return Err(Error::Validation(OF_A_CLUSTER));
    };
    let pem = certificate.trim();
    if !pem.starts_with(CERTIFICATE_BEGIN) || !pem.ends_with(CERTIFICATE_END) {
        return Err(Error::TrustAnchor);
    }
    let (cluster_id, trust_anchor_certificate) = (cluster_id.to_owned(), certificate.to_owned());
    Ok(Backing::CloudHsm { cluster_id, trust_anchor_certificate })
}

fn proxy(told: &Told<'_>, connectivity: Option<XksProxyConnectivity>) -> Result<Backing, Error> {
    let (Some(endpoint), Some(path), Some(credential), Some(connectivity), false) =
        (told.uri_endpoint, told.uri_path, told.credential, connectivity, told.tells_of_a_cluster())
    else {
        return Err(Error::Validation(OF_A_PROXY));
    };
    let through_vpc = connectivity == XksProxyConnectivity::VpcEndpointService;
    if through_vpc != told.vpc_service_name.is_some() {
        return Err(Error::Validation(VPC_SERVICE));
    }
    Ok(Backing::External(XksProxyConfiguration {
        connectivity,
        access_key_id: credential.access_key_id.expose().to_owned(),
        uri_endpoint: endpoint.to_owned(),
        uri_path: path.to_owned(),
        vpc_endpoint_service_name: told.vpc_service_name.map(str::to_owned),
        vpc_endpoint_service_owner: told.vpc_service_owner.map(str::to_owned),
    }))
}
