//! The operations, one a file, and the list of them.

mod cancel_key_deletion;
mod connect_custom_key_store;
mod create_alias;
mod create_custom_key_store;
mod create_grant;
mod create_key;
mod decapsulate;
mod decrypt;
mod delete_alias;
mod delete_custom_key_store;
mod delete_imported_key_material;
mod derive_shared_secret;
mod describe_custom_key_stores;
mod describe_key;
mod disable_key;
mod disable_key_rotation;
mod disconnect_custom_key_store;
mod enable_key;
mod enable_key_rotation;
mod encapsulate;
mod encrypt;
mod generate_data_key;
mod generate_data_key_pair;
mod generate_data_key_pair_without_plaintext;
mod generate_data_key_without_plaintext;
mod generate_mac;
mod generate_random;
mod get_key_last_usage;
mod get_key_policy;
mod get_key_rotation_status;
mod get_parameters_for_import;
mod get_public_key;
mod import_key_material;
mod list_aliases;
mod list_grants;
mod list_key_policies;
mod list_key_rotations;
mod list_keys;
mod list_resource_tags;
mod list_retirable_grants;
mod put_key_policy;
mod re_encrypt;
mod replicate_key;
mod retire_grant;
mod revoke_grant;
mod rotate_key_on_demand;
mod schedule_key_deletion;
mod sign;
mod tag_resource;
mod untag_resource;
mod update_alias;
mod update_custom_key_store;
mod update_key_description;
mod update_primary_region;
mod verify;
mod verify_mac;

pub use cancel_key_deletion::{CancelKeyDeletion, CancelKeyDeletionInput, CancelKeyDeletionOutput};
pub use connect_custom_key_store::{ConnectCustomKeyStore, ConnectCustomKeyStoreInput};
pub use create_alias::{CreateAlias, CreateAliasInput};
pub use create_custom_key_store::{
    CreateCustomKeyStore, CreateCustomKeyStoreInput, CreateCustomKeyStoreOutput,
};
pub use create_grant::{CreateGrant, CreateGrantInput, CreateGrantOutput};
pub use create_key::{CreateKey, CreateKeyInput, CreateKeyOutput};
pub use decapsulate::{Decapsulate, DecapsulateInput, DecapsulateOutput};
pub use decrypt::{Decrypt, DecryptInput, DecryptOutput};
pub use delete_alias::{DeleteAlias, DeleteAliasInput};
pub use delete_custom_key_store::{DeleteCustomKeyStore, DeleteCustomKeyStoreInput};
pub use delete_imported_key_material::{
    DeleteImportedKeyMaterial, DeleteImportedKeyMaterialInput, DeleteImportedKeyMaterialOutput,
};
pub use derive_shared_secret::{DeriveSharedSecret, DeriveSharedSecretInput, DeriveSharedSecretOutput};
pub use describe_custom_key_stores::{
    DescribeCustomKeyStores, DescribeCustomKeyStoresInput, DescribeCustomKeyStoresOutput,
};
pub use describe_key::{DescribeKey, DescribeKeyInput, DescribeKeyOutput};
pub use disable_key::{DisableKey, DisableKeyInput};
pub use disable_key_rotation::{DisableKeyRotation, DisableKeyRotationInput};
pub use disconnect_custom_key_store::{DisconnectCustomKeyStore, DisconnectCustomKeyStoreInput};
pub use enable_key::{EnableKey, EnableKeyInput};
pub use enable_key_rotation::{EnableKeyRotation, EnableKeyRotationInput};
pub use encapsulate::{Encapsulate, EncapsulateInput, EncapsulateOutput};
pub use encrypt::{Encrypt, EncryptInput, EncryptOutput};
pub use generate_data_key::{GenerateDataKey, GenerateDataKeyInput, GenerateDataKeyOutput};
pub use generate_data_key_pair::{GenerateDataKeyPair, GenerateDataKeyPairInput, GenerateDataKeyPairOutput};
pub use generate_data_key_pair_without_plaintext::{
    GenerateDataKeyPairWithoutPlaintext, GenerateDataKeyPairWithoutPlaintextInput,
    GenerateDataKeyPairWithoutPlaintextOutput,
};
pub use generate_data_key_without_plaintext::{
    GenerateDataKeyWithoutPlaintext, GenerateDataKeyWithoutPlaintextInput,
    GenerateDataKeyWithoutPlaintextOutput,
};
pub use generate_mac::{GenerateMac, GenerateMacInput, GenerateMacOutput};
pub use generate_random::{GenerateRandom, GenerateRandomInput, GenerateRandomOutput};
pub use get_key_last_usage::{GetKeyLastUsage, GetKeyLastUsageInput, GetKeyLastUsageOutput};
pub use get_key_policy::{GetKeyPolicy, GetKeyPolicyInput, GetKeyPolicyOutput};
pub use get_key_rotation_status::{
    GetKeyRotationStatus, GetKeyRotationStatusInput, GetKeyRotationStatusOutput,
};
pub use get_parameters_for_import::{
    GetParametersForImport, GetParametersForImportInput, GetParametersForImportOutput,
};
pub use get_public_key::{GetPublicKey, GetPublicKeyInput, GetPublicKeyOutput};
pub use import_key_material::{ImportKeyMaterial, ImportKeyMaterialInput, ImportKeyMaterialOutput};
pub use list_aliases::{ListAliases, ListAliasesInput, ListAliasesOutput};
pub use list_grants::{ListGrants, ListGrantsInput, ListGrantsOutput};
pub use list_key_policies::{ListKeyPolicies, ListKeyPoliciesInput, ListKeyPoliciesOutput};
pub use list_key_rotations::{ListKeyRotations, ListKeyRotationsInput, ListKeyRotationsOutput};
pub use list_keys::{ListKeys, ListKeysInput, ListKeysOutput};
pub use list_resource_tags::{ListResourceTags, ListResourceTagsInput, ListResourceTagsOutput};
pub use list_retirable_grants::{ListRetirableGrants, ListRetirableGrantsInput};
pub use put_key_policy::{PutKeyPolicy, PutKeyPolicyInput};
pub use re_encrypt::{ReEncrypt, ReEncryptInput, ReEncryptOutput};
pub use replicate_key::{ReplicateKey, ReplicateKeyInput, ReplicateKeyOutput};
pub use retire_grant::{RetireGrant, RetireGrantInput};
pub use revoke_grant::{RevokeGrant, RevokeGrantInput};
pub use rotate_key_on_demand::{RotateKeyOnDemand, RotateKeyOnDemandInput, RotateKeyOnDemandOutput};
pub use schedule_key_deletion::{ScheduleKeyDeletion, ScheduleKeyDeletionInput, ScheduleKeyDeletionOutput};
pub use sign::{Sign, SignInput, SignOutput};
pub use tag_resource::{TagResource, TagResourceInput};
pub use untag_resource::{UntagResource, UntagResourceInput};
pub use update_alias::{UpdateAlias, UpdateAliasInput};
pub use update_custom_key_store::{UpdateCustomKeyStore, UpdateCustomKeyStoreInput};
pub use update_key_description::{UpdateKeyDescription, UpdateKeyDescriptionInput};
pub use update_primary_region::{UpdatePrimaryRegion, UpdatePrimaryRegionInput};
pub use verify::{Verify, VerifyInput, VerifyOutput};
pub use verify_mac::{VerifyMac, VerifyMacInput, VerifyMacOutput};

/// The name of every operation, sorted.
pub const NAMES: &[&str] = &[
    "CancelKeyDeletion",
    "ConnectCustomKeyStore",
    "CreateAlias",
    "CreateCustomKeyStore",
    "CreateGrant",
    "CreateKey",
    "Decapsulate",
    "Decrypt",
    "DeleteAlias",
    "DeleteCustomKeyStore",
    "DeleteImportedKeyMaterial",
    "DeriveSharedSecret",
    "DescribeCustomKeyStores",
    "DescribeKey",
    "DisableKey",
    "DisableKeyRotation",
    "DisconnectCustomKeyStore",
    "EnableKey",
    "EnableKeyRotation",
    "Encapsulate",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "GenerateRandom",
    "GetKeyLastUsage",
    "GetKeyPolicy",
    "GetKeyRotationStatus",
    "GetParametersForImport",
    "GetPublicKey",
    "ImportKeyMaterial",
    "ListAliases",
    "ListGrants",
    "ListKeyPolicies",
    "ListKeyRotations",
    "ListKeys",
    "ListResourceTags",
    "ListRetirableGrants",
    "PutKeyPolicy",
    "ReEncrypt",
    "ReplicateKey",
    "RetireGrant",
    "RevokeGrant",
    "RotateKeyOnDemand",
    "ScheduleKeyDeletion",
    "Sign",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateCustomKeyStore",
    "UpdateKeyDescription",
    "UpdatePrimaryRegion",
    "Verify",
    "VerifyMac",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_without_repetition() {
        assert!(NAMES.is_sorted_by(|a, b| a < b));
    }
}
