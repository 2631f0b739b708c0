//! Custom key stores.

use serde::{Deserialize, Serialize};
use waxseal_api::{
    Place, Timestamp,
    types::{ConnectionErrorCode, ConnectionState, XksProxyConfiguration},
};

/// A custom key store. What it is connected with, a password or a credential, is not kept: nothing here would check it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyStoreRecord {
    pub(crate) place: Place,
    /// `cks-` and 17 hexadecimal digits.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) creation_date: Timestamp,
    pub(crate) connection: Connection,
    pub(crate) backing: Backing,
}

/// Whether a store is within reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Connection {
    Disconnected,
    Connecting { until: Timestamp },
    Connected,
    Disconnecting { until: Timestamp },
    Failed(ConnectionErrorCode),
}

/// What is behind a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Backing {
    CloudHsm { cluster_id: String, trust_anchor_certificate: String },
    External(XksProxyConfiguration),
}

/// In which store a key is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Membership {
    pub(crate) id: String,
    /// The key's name in the external key manager, for a store that is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) xks_key_id: Option<String>,
}

impl KeyStoreRecord {
    /// Its name in a store of records: `<Region>/<account>/<ID>`.
    pub(super) fn record_name(&self) -> String {
        Self::name_in(&self.place, &self.id)
    }

    pub(super) fn name_in(place: &Place, id: &str) -> String {
        format!("{}/{}/{id}", place.region, place.account)
    }
}

impl Connection {
    pub(crate) fn state(self) -> ConnectionState {
        match self {
            Self::Disconnected => ConnectionState::Disconnected,
            Self::Connecting { .. } => ConnectionState::Connecting,
            Self::Connected => ConnectionState::Connected,
            Self::Disconnecting { .. } => ConnectionState::Disconnecting,
            Self::Failed(_) => ConnectionState::Failed,
        }
    }

    /// When it changes by itself.
    pub(crate) fn end(self) -> Option<Timestamp> {
        match self {
            Self::Connecting { until } | Self::Disconnecting { until } => Some(until),
            Self::Disconnected | Self::Connected | Self::Failed(_) => None,
        }
    }

    /// What it changes to.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Connecting { .. } => Self::Connected,
            Self::Disconnecting { .. } => Self::Disconnected,
            other => other,
        }
    }
}
