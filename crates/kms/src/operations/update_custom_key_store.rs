//! UpdateCustomKeyStore.

use waxseal_api::{
    operation::Nothing,
    operations::{UpdateCustomKeyStore, UpdateCustomKeyStoreInput},
    types::{ConnectionState, XksProxyConfiguration, XksProxyConnectivity},
};

use super::{Rule, key_store_members::Told};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    state::Backing,
};

const NOTHING: &str = "There is nothing to update.";
const OTHER_KIND: &str = "A custom key store cannot become one of the other type.";

impl Rule for UpdateCustomKeyStore {
    const REQUIRED: &'static [&'static str] = &["CustomKeyStoreId"];
    const RECORDED: &'static [&'static str] = &[
        "CloudHsmClusterId",
        "CustomKeyStoreId",
        "NewCustomKeyStoreName",
        "XksProxyConnectivity",
        "XksProxyUriEndpoint",
        "XksProxyUriPath",
        "XksProxyVpcEndpointServiceName",
        "XksProxyVpcEndpointServiceOwner",
    ];

    /// The name can change at any time, and of an external key store its credential and path; all else while the store
    /// is disconnected.
    fn run(cx: &mut Cx<'_>, input: UpdateCustomKeyStoreInput) -> Result<Nothing, Error> {
        let told = told(&input);
        let mut check = Constraints::default();
        check.text("customKeyStoreId", &input.custom_key_store_id, 1..=64);
        let connectivity = told.constrain(&mut check, "newCustomKeyStoreName");
        check.done()?;
        let account = cx.authorize_key_stores(Action::UpdateCustomKeyStore)?;
        let store = account.key_store(cx, &input.custom_key_store_id)?;
        if told.name.is_none() && !told.tells_of_a_cluster() && !told.tells_of_a_proxy() {
            return Err(Error::Validation(NOTHING));
        }
        if needs_disconnection(&told) {
            store.record().must_be(&[ConnectionState::Disconnected])?;
        }
        let backing = updated(&store.record().backing, &told, connectivity)?;
        let name = input.new_custom_key_store_name.unwrap_or_else(|| store.record().name.clone());
        store.update(cx, name, backing)?;
        Ok(Nothing {})
    }
}

fn told(input: &UpdateCustomKeyStoreInput) -> Told<'_> {
    Told {
        name: input.new_custom_key_store_name.as_deref(),
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

fn needs_disconnection(told: &Told<'_>) -> bool {
    told.tells_of_a_cluster()
        || told.uri_endpoint.is_some()
        || told.vpc_service_name.is_some()
        || told.vpc_service_owner.is_some()
        || told.connectivity.is_some()
}

fn updated(
    backing: &Backing,
    told: &Told<'_>,
    connectivity: Option<XksProxyConnectivity>,
) -> Result<Backing, Error> {
    match backing {
        Backing::CloudHsm { .. } if told.tells_of_a_proxy() => Err(Error::Validation(OTHER_KIND)),
        Backing::External(_) if told.tells_of_a_cluster() => Err(Error::Validation(OTHER_KIND)),
        Backing::CloudHsm { cluster_id, trust_anchor_certificate } => Ok(Backing::CloudHsm {
            cluster_id: told.cluster_id.unwrap_or(cluster_id).to_owned(),
            trust_anchor_certificate: trust_anchor_certificate.clone(),
        }),
        Backing::External(old) => Ok(Backing::External(proxy(old, told, connectivity))),
    }
}

fn proxy(
    old: &XksProxyConfiguration,
    told: &Told<'_>,
    connectivity: Option<XksProxyConnectivity>,
) -> XksProxyConfiguration {
    let connectivity = connectivity.unwrap_or(old.connectivity);
    let through_vpc = connectivity == XksProxyConnectivity::VpcEndpointService;
    let of_vpc = |new: Option<&str>, old: &Option<String>| {
        new.map(str::to_owned).or_else(|| old.clone()).filter(|_| through_vpc)
    };
    let access_key_id = told.credential.map_or(old.access_key_id.as_str(), |it| it.access_key_id.expose());
    XksProxyConfiguration {
        connectivity,
        access_key_id: access_key_id.to_owned(),
        uri_endpoint: told.uri_endpoint.unwrap_or(&old.uri_endpoint).to_owned(),
        uri_path: told.uri_path.unwrap_or(&old.uri_path).to_owned(),
        vpc_endpoint_service_name: of_vpc(told.vpc_service_name, &old.vpc_endpoint_service_name),
        vpc_endpoint_service_owner: of_vpc(told.vpc_service_owner, &old.vpc_endpoint_service_owner),
    }
}
