//! What is told of a key.

use waxseal_api::{
    Region,
    types::{
        ExpirationModel, KeyMetadata, KeySpec, KeyState, MultiRegionConfiguration, MultiRegionKey,
        MultiRegionKeyType, XksKeyConfiguration,
    },
};

use crate::algorithms::list;

use super::{Backing, Connection, Import, KeyRecord, KeyStoreRecord, MultiRegion, Status};

impl KeyRecord {
    /// What it may do, with its custom key store if it is in one.
    pub(crate) fn key_state(&self, store: Option<&KeyStoreRecord>) -> KeyState {
        let in_reach = store.is_none_or(|store| store.connection == Connection::Connected);
        match self.status.key_state() {
            KeyState::Enabled | KeyState::Disabled if !in_reach => KeyState::Unavailable,
            state => state,
        }
    }

    /// What DescribeKey says, with its custom key store if it is in one.
    pub(crate) fn metadata(&self, store: Option<&KeyStoreRecord>) -> KeyMetadata {
        let key_state = self.key_state(store);
        let import = self.current_import();
        let member = self.custom_key_store.as_ref();
        KeyMetadata {
            aws_account_id: self.arn.place.account.to_string(),
            key_id: self.arn.key_id.to_string(),
            arn: self.arn.to_string(),
            creation_date: self.creation_date,
            enabled: key_state == KeyState::Enabled,
            description: self.description.clone(),
            key_usage: self.key_usage,
            key_state,
            deletion_date: self.status.deletion_date(),
            valid_to: import.and_then(|import| import.valid_to),
            origin: self.origin,
            custom_key_store_id: member.map(|member| member.id.clone()),
            cloud_hsm_cluster_id: store.and_then(KeyStoreRecord::cluster_id),
            expiration_model: import.map(Import::expiration_model),
            key_manager: self.key_manager,
            customer_master_key_spec: self.key_spec,
            key_spec: self.key_spec,
            encryption_algorithms: list(self.encryption_algorithms()),
            signing_algorithms: list(self.signing_algorithms()),
            mac_algorithms: list(self.mac_algorithms()),
            key_agreement_algorithms: list(self.key_agreement_algorithms()),
            encapsulation_algorithms: list(self.encapsulation_algorithms()),
            multi_region: self.multi_region.is_some(),
            multi_region_configuration: self.multi_region.as_ref().map(|it| self.configuration(it)),
            pending_deletion_window_in_days: self.pending_window(),
            xks_key_configuration: member
                .and_then(|member| member.xks_key_id.clone())
                .map(|id| XksKeyConfiguration { id }),
            current_key_material_id: self
                .current_material()
                .filter(|_| self.key_spec == KeySpec::SymmetricDefault && key_state != KeyState::Creating)
                .map(|entry| entry.id.to_string()),
        }
    }

    /// The import of the current material, while that is here.
    fn current_import(&self) -> Option<&Import> {
        self.current_material()?.import.as_ref().filter(|import| import.present)
    }

    fn pending_window(&self) -> Option<u32> {
        match self.status {
            Status::PendingReplicaDeletion { window_in_days } => u32::try_from(window_in_days).ok(),
            _ => None,
        }
    }

    fn configuration(&self, regions: &MultiRegion) -> MultiRegionConfiguration {
        let key = |region: &Region| MultiRegionKey {
            arn: self.arn_in(region).to_string(),
            region: region.to_string(),
        };
        MultiRegionConfiguration {
            multi_region_key_type: if self.is_replica() {
                MultiRegionKeyType::Replica
            } else {
                MultiRegionKeyType::Primary
            },
            primary_key: key(&regions.primary),
            replica_keys: regions.replicas.iter().map(key).collect(),
        }
    }
}

impl Import {
    /// Whether it is dropped one day.
    pub(crate) fn expiration_model(&self) -> ExpirationModel {
        match self.valid_to {
            Some(_) => ExpirationModel::KeyMaterialExpires,
            None => ExpirationModel::KeyMaterialDoesNotExpire,
        }
    }
}

impl KeyStoreRecord {
    fn cluster_id(&self) -> Option<String> {
        match &self.backing {
            Backing::CloudHsm { cluster_id, .. } => Some(cluster_id.clone()),
            Backing::External(_) => None,
        }
    }
}
