//! Import and rotation of key material.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{TrackedOperation, wire_enum};
use crate::time::Timestamp;

#[skip_serializing_none]
/// One rotation of a key, or one of its materials.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct RotationsListEntry {
    /// The key ARN.
    pub key_id: String,
    /// The material: 64 hexadecimal digits.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_id: Option<String>,
    /// What was said about it at its import.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_description: Option<String>,
    /// Whether it is here; only of imported material.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub import_state: Option<ImportState>,
    /// Whether it encrypts now.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub key_material_state: Option<KeyMaterialState>,
    /// Whether it expires; only of imported material.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub expiration_model: Option<ExpirationModel>,
    /// When it expires.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub valid_to: Option<Timestamp>,
    /// When it became the current one; absent for the first and for one that waits.
    #[cfg_attr(feature = "typescript", tsify(type = "Date", optional))]
    pub rotation_date: Option<Timestamp>,
    /// How it became the current one.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub rotation_type: Option<RotationType>,
}

/// The last use of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct KeyLastUsageData {
    /// What was done.
    pub operation: TrackedOperation,
    /// When.
    #[cfg_attr(feature = "typescript", tsify(type = "Date"))]
    pub timestamp: Timestamp,
    /// The ID of its audit record.
    pub cloud_trail_event_id: String,
    /// The ID of its request.
    pub kms_request_id: String,
}

wire_enum! {
    /// Whether imported material expires.
    ExpirationModel {
        /// At `ValidTo`.
        KeyMaterialExpires = "KEY_MATERIAL_EXPIRES",
        /// Never.
        KeyMaterialDoesNotExpire = "KEY_MATERIAL_DOES_NOT_EXPIRE",
    }
}

wire_enum! {
    /// What is being imported.
    ImportType {
        /// A material that the key has not had before.
        NewKeyMaterial = "NEW_KEY_MATERIAL",
        /// A material that the key has had before.
        ExistingKeyMaterial = "EXISTING_KEY_MATERIAL",
    }
}

wire_enum! {
    /// Whether an imported material is here.
    ImportState {
        /// It is.
        Imported = "IMPORTED",
        /// It is not, and can be imported again.
        PendingImport = "PENDING_IMPORT",
    }
}

wire_enum! {
    /// Whether a material encrypts now.
    KeyMaterialState {
        /// It did; it only decrypts now.
        NonCurrent = "NON_CURRENT",
        /// It does.
        Current = "CURRENT",
        /// It will from the next rotation on demand on.
        PendingRotation = "PENDING_ROTATION",
        /// It will when it has been imported into every related key and the key is rotated.
        PendingMultiRegionImportAndRotation = "PENDING_MULTI_REGION_IMPORT_AND_ROTATION",
    }
}

wire_enum! {
    /// Why a key was rotated.
    RotationType {
        /// Because it was time.
        Automatic = "AUTOMATIC",
        /// Because somebody asked for it.
        OnDemand = "ON_DEMAND",
    }
}

wire_enum! {
    /// Which materials to list.
    IncludeKeyMaterial {
        /// All, also the first and one that waits for its rotation.
        AllKeyMaterial = "ALL_KEY_MATERIAL",
        /// Those that a rotation brought.
        RotationsOnly = "ROTATIONS_ONLY",
    }
}
