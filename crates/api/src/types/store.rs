//! Custom key stores.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::wire_enum;
use crate::{blob::SecretText, time::Timestamp};

/// One custom key store in a list.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct CustomKeyStoresListEntry {
    /// The store's ID.
    pub custom_key_store_id: String,
    /// Its name.
    pub custom_key_store_name: String,
    /// The AWS CloudHSM cluster behind it.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub cloud_hsm_cluster_id: Option<String>,
    /// The certificate that the cluster was initialised with, as PEM text.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub trust_anchor_certificate: Option<String>,
    /// Whether its keys can be used.
    pub connection_state: ConnectionState,
    /// Why it could not be connected; only in the state `FAILED`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub connection_error_code: Option<ConnectionErrorCode>,
    /// When it was made.
    #[cfg_attr(feature = "typescript", tsify(type = "Date"))]
    pub creation_date: Timestamp,
    /// What kind of store.
    pub custom_key_store_type: CustomKeyStoreType,
    /// How its proxy is reached; only of external key stores.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub xks_proxy_configuration: Option<XksProxyConfiguration>,
}

/// How an external key store proxy is reached.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct XksProxyConfiguration {
    /// How it is reached.
    pub connectivity: XksProxyConnectivity,
    /// The ID of the credential that requests are signed with.
    pub access_key_id: String,
    /// Where it is: `https://…`.
    pub uri_endpoint: String,
    /// The path of its API: `/…/kms/xks/v1`.
    pub uri_path: String,
    /// The VPC endpoint service that leads to it.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub vpc_endpoint_service_name: Option<String>,
    /// The account that owns that VPC endpoint service.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub vpc_endpoint_service_owner: Option<String>,
}

/// What requests to an external key store proxy are signed with.
#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct XksProxyAuthenticationCredential {
    /// 20 to 30 characters of `A-Z 2-7`.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub access_key_id: SecretText,
    /// 43 to 64 characters.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub raw_secret_access_key: SecretText,
}

/// The key behind a key of an external key store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct XksKeyConfiguration {
    /// Its name in the external key manager.
    pub id: String,
}

wire_enum! {
    /// What is behind a custom key store.
    CustomKeyStoreType {
        /// An AWS CloudHSM cluster.
        AwsCloudHsm = "AWS_CLOUDHSM",
        /// A key manager outside AWS.
        ExternalKeyStore = "EXTERNAL_KEY_STORE",
    }
}

wire_enum! {
    /// Whether the keys of a custom key store can be used.
    ConnectionState {
        /// They can.
        Connected = "CONNECTED",
        /// Not yet.
        Connecting = "CONNECTING",
        /// The connection could not be made.
        Failed = "FAILED",
        /// They cannot.
        Disconnected = "DISCONNECTED",
        /// Not any longer.
        Disconnecting = "DISCONNECTING",
    }
}

wire_enum! {
    /// How an external key store proxy is reached.
    XksProxyConnectivity {
        /// Over the internet.
        PublicEndpoint = "PUBLIC_ENDPOINT",
        /// Through a VPC endpoint service.
        VpcEndpointService = "VPC_ENDPOINT_SERVICE",
    }
}

wire_enum! {
    /// Why a custom key store could not be connected.
    ConnectionErrorCode {
        /// The password or credential is wrong.
        InvalidCredentials = "INVALID_CREDENTIALS",
        /// There is no such cluster.
        ClusterNotFound = "CLUSTER_NOT_FOUND",
        /// The network failed.
        NetworkErrors = "NETWORK_ERRORS",
        /// The service failed.
        InternalError = "INTERNAL_ERROR",
        /// The cluster has too few active HSMs.
        InsufficientCloudHsmHsms = "INSUFFICIENT_CLOUDHSM_HSMS",
        /// The `kmsuser` is locked out.
        UserLockedOut = "USER_LOCKED_OUT",
        /// There is no `kmsuser`.
        UserNotFound = "USER_NOT_FOUND",
        /// The `kmsuser` is logged in elsewhere.
        UserLoggedIn = "USER_LOGGED_IN",
        /// A subnet of the cluster is gone.
        SubnetNotFound = "SUBNET_NOT_FOUND",
        /// A subnet has no address left.
        InsufficientFreeAddressesInSubnet = "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET",
        /// The proxy refuses the requests.
        XksProxyAccessDenied = "XKS_PROXY_ACCESS_DENIED",
        /// The proxy cannot be reached.
        XksProxyNotReachable = "XKS_PROXY_NOT_REACHABLE",
        /// There is no such VPC endpoint service.
        XksVpcEndpointServiceNotFound = "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
        /// The proxy answers with something else.
        XksProxyInvalidResponse = "XKS_PROXY_INVALID_RESPONSE",
        /// The proxy is configured wrongly.
        XksProxyInvalidConfiguration = "XKS_PROXY_INVALID_CONFIGURATION",
        /// The VPC endpoint service is configured wrongly.
        XksVpcEndpointServiceInvalidConfiguration = "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        /// The proxy does not answer in time.
        XksProxyTimedOut = "XKS_PROXY_TIMED_OUT",
        /// TLS with the proxy fails.
        XksProxyInvalidTlsConfiguration = "XKS_PROXY_INVALID_TLS_CONFIGURATION",
    }
}
