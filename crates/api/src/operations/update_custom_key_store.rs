//! UpdateCustomKeyStore.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::SecretText,
    operation::{Nothing, Operation},
    types::{EnumValue, XksProxyAuthenticationCredential, XksProxyConnectivity},
};

/// Changes a disconnected custom key store.
#[derive(Debug, Clone, Copy)]
pub struct UpdateCustomKeyStore;

impl Operation for UpdateCustomKeyStore {
    const NAME: &'static str = "UpdateCustomKeyStore";
    const READ_ONLY: bool = false;
    type Input = UpdateCustomKeyStoreInput;
    type Output = Nothing;
}

/// What UpdateCustomKeyStore takes.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct UpdateCustomKeyStoreInput {
    /// The store's ID.
    pub custom_key_store_id: String,
    /// Its new name.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub new_custom_key_store_name: Option<String>,
    /// The password of the `kmsuser` in the cluster, 7 to 32 characters.
    #[cfg_attr(feature = "typescript", tsify(type = "string", optional))]
    pub key_store_password: Option<SecretText>,
    /// The AWS CloudHSM cluster behind the store.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub cloud_hsm_cluster_id: Option<String>,
    /// Where the external key store proxy is: `https://…`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub xks_proxy_uri_endpoint: Option<String>,
    /// The path of its API: `/…/kms/xks/v1`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub xks_proxy_uri_path: Option<String>,
    /// The VPC endpoint service that leads to the proxy.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub xks_proxy_vpc_endpoint_service_name: Option<String>,
    /// The account that owns that VPC endpoint service.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub xks_proxy_vpc_endpoint_service_owner: Option<String>,
    /// What requests to the proxy are signed with.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub xks_proxy_authentication_credential: Option<XksProxyAuthenticationCredential>,
    /// How the proxy is reached.
    #[cfg_attr(feature = "typescript", tsify(type = "XksProxyConnectivity", optional))]
    pub xks_proxy_connectivity: Option<EnumValue<XksProxyConnectivity>>,
}
