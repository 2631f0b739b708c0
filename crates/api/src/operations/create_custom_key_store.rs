//! CreateCustomKeyStore.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    blob::SecretText,
    operation::Operation,
    types::{CustomKeyStoreType, EnumValue, XksProxyAuthenticationCredential, XksProxyConnectivity},
};

/// Makes a store for keys that are kept elsewhere: in an AWS CloudHSM cluster or in an external key manager.
#[derive(Debug, Clone, Copy)]
pub struct CreateCustomKeyStore;

impl Operation for CreateCustomKeyStore {
    const NAME: &'static str = "CreateCustomKeyStore";
    const READ_ONLY: bool = false;
    type Input = CreateCustomKeyStoreInput;
    type Output = CreateCustomKeyStoreOutput;
}

/// What CreateCustomKeyStore takes.
#[skip_serializing_none]
#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CreateCustomKeyStoreInput {
    /// 1 to 256 characters, unique in its account and Region.
    pub custom_key_store_name: String,
    /// The AWS CloudHSM cluster behind the store.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub cloud_hsm_cluster_id: Option<String>,
    /// The certificate that the cluster was initialised with, as PEM text.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub trust_anchor_certificate: Option<String>,
    /// The password of the `kmsuser` in the cluster, 7 to 32 characters.
    #[cfg_attr(feature = "typescript", tsify(type = "string", optional))]
    pub key_store_password: Option<SecretText>,
    /// What kind of store; `AWS_CLOUDHSM` when absent.
    #[cfg_attr(feature = "typescript", tsify(type = "CustomKeyStoreType", optional))]
    pub custom_key_store_type: Option<EnumValue<CustomKeyStoreType>>,
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

/// What CreateCustomKeyStore returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CreateCustomKeyStoreOutput {
    /// The store's ID.
    pub custom_key_store_id: String,
}
